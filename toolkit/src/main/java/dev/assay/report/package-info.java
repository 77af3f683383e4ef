/** One self-contained HTML file that says what an experiment showed. */
@NullMarked
package dev.assay.report;

import org.jspecify.annotations.NullMarked;
