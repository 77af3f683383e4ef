/** Reference values from PyTorch. */
@NullMarked
package dev.assay.golden;

import org.jspecify.annotations.NullMarked;
