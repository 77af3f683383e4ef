/** What the nodes of a graph compute: each op once, as shapes, weights and TorchScript, and the config that chooses it. */
@NullMarked
package dev.assay.graph.op;

import org.jspecify.annotations.NullMarked;
