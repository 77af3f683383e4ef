/** The report of an experiment as a local web page that follows the experiment while it runs. It only reads. */
@NullMarked
package dev.assay.dashboard;

import org.jspecify.annotations.NullMarked;
