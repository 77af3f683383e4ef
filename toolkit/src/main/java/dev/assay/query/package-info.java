/**
 * Conditions on configs and trials, as they are written on the command line and in the {@code where} of a sweep: parsed by a grammar, checked against
 * the types of what they name, and evaluated as values; no part of one is ever text of another language. Nothing in them can be executed.
 */
@NullMarked
package dev.assay.query;

import org.jspecify.annotations.NullMarked;
