/** Charts for papers and slides, drawn once and written as SVG and PDF with real text and as PNG. Knows nothing of experiments. */
@NullMarked
package dev.assay.figure;

import org.jspecify.annotations.NullMarked;
