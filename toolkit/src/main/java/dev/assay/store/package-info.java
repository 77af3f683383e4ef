/** The bookkeeping: trials unique by content, their states, metrics and weights, in plain SQL. Any number of processes may use one store at once. */
@NullMarked
package dev.assay.store;

import org.jspecify.annotations.NullMarked;
