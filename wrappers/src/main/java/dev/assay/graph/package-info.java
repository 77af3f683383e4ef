/** Models as graphs of named nodes, to be looked into, operated on, drawn and run. */
@NullMarked
package dev.assay.graph;

import org.jspecify.annotations.NullMarked;
