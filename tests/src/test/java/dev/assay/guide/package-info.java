/** The code of the guides in {@code docs}, which are held to it: what a guide shows is compiled and run. */
@NullMarked
package dev.assay.guide;

import org.jspecify.annotations.NullMarked;
