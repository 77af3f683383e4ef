/** Hooks that are ready to be listed by a wrapper: noise, averaged weights, flat minima, and learning from a teacher. */
@NullMarked
package dev.assay.hook;

import org.jspecify.annotations.NullMarked;
