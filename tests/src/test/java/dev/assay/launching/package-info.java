/** Workers started on every backend that can be had here. */
@NullMarked
package dev.assay.launching;

import org.jspecify.annotations.NullMarked;
