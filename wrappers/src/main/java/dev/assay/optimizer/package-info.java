/** Optimizers with PyTorch's arithmetic whose state is named tensors. */
@NullMarked
package dev.assay.optimizer;

import org.jspecify.annotations.NullMarked;
