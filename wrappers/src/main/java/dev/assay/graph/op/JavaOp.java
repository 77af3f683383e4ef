package dev.assay.graph.op;

import ai.djl.ndarray.NDArray;
import dev.assay.model.Mode;
import java.util.List;
import java.util.Map;

/** An op whose arithmetic is Java on DJL's arrays. A graph that has one is run node by node, never compiled. */
public non-sealed interface JavaOp extends Op {

    /**
     * The output; recorded for gradients where the mode says so.
     *
     * @param inputs in order
     * @param weights by the names in {@link #weights}
     * @param isUpdating whether statistics move, which they do not in any mode while they are frozen
     */
    NDArray run(List<NDArray> inputs, Map<String, NDArray> weights, Mode mode, boolean isUpdating);
}
