package dev.assay.graph;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.assay.graph.op.JavaOp;
import dev.assay.model.Mode;
import java.util.List;
import java.util.Map;

/** One more than its input; notes each call. */
record Counted(String name, List<String> calls) implements JavaOp {
    @Override
    public String kind() {
        return "counted";
    }

    @Override
    public Shape shape(List<Shape> inputs) {
        return inputs.get(0);
    }

    @Override
    public NDArray run(List<NDArray> inputs, Map<String, NDArray> weights, Mode mode, boolean isUpdating) {
        calls.add(name);
        return inputs.get(0).add(1);
    }
}
