/** One self-contained HTML file that says what an experiment showed. It is made from the store's contents alone and opens without a network. */
@NullMarked
package dev.assay.report;

import org.jspecify.annotations.NullMarked;
