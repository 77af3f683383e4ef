/** The roots of Assay's exceptions. Each feature has its own below them. */
@NullMarked
package dev.assay.error;

import org.jspecify.annotations.NullMarked;
