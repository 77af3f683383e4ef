/** Starting workers on this machine, and what starts them elsewhere. */
@NullMarked
package dev.assay.launch;

import org.jspecify.annotations.NullMarked;
