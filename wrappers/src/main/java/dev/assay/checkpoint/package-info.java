/** Weights as safetensors files and the digest over their content. */
@NullMarked
package dev.assay.checkpoint;

import org.jspecify.annotations.NullMarked;
