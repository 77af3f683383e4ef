/** Processes that are killed, frozen and cut off at random instants, and what is left of their trials. */
@NullMarked
package dev.assay.crashes;

import org.jspecify.annotations.NullMarked;
