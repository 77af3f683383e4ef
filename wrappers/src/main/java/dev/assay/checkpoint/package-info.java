/** Checkpoints and weights: lists of tensors by digest, which share the safetensors files that the bytes are in. */
@NullMarked
package dev.assay.checkpoint;

import org.jspecify.annotations.NullMarked;
