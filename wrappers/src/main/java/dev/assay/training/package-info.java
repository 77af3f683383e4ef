/** The training loop and the class users subclass to change any of it. */
@NullMarked
package dev.assay.training;

import org.jspecify.annotations.NullMarked;
