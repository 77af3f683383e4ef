/** Graphs for people: as a table, in Graphviz's language, and drawn. */
@NullMarked
package dev.assay.graph.picture;

import org.jspecify.annotations.NullMarked;
