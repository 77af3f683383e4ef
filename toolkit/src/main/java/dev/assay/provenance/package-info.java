/**
 * Where a result comes from: the state of the code, the class path by digests, the Java and the engine, the machine, and those variables of the environment
 * that may change results. It is a record of what was there and no part of what a trial is.
 */
@NullMarked
package dev.assay.provenance;

import org.jspecify.annotations.NullMarked;
