/**
 * How alike two representations of the same examples are, and the linear maps from one to the other. Everything is computed in double precision from
 * sums over batches, without the native engine.
 */
@NullMarked
package dev.assay.similarity;

import org.jspecify.annotations.NullMarked;
