package dev.assay.graph.op;

import ai.djl.ndarray.types.Shape;
import dev.assay.config.Config;
import dev.assay.config.Doc;
import dev.assay.config.Kind;
import java.util.List;
import org.immutables.value.Value;

/** Positive values whose sum is 1, or their logarithms, as {@code torch.nn.Softmax} and {@code LogSoftmax}. */
@Config
@Kind("softmax")
@Doc("Positive values whose sum is 1.")
public non-sealed interface Softmax extends OpConfig {
    @Doc("The dimension along which the sum is 1, from 0 or, below 0, from the end.")
    @Value.Default
    default int dimension() {
        return 1;
    }

    @Doc("Whether their logarithms are wanted.")
    @Value.Default
    default boolean log() {
        return false;
    }

    @Override
    default Shape shape(List<Shape> inputs) {
        Shape input = Shapes.only(inputs);
        Shapes.dimension(input, dimension());
        return input;
    }

    @Override
    default String code(Call call) {
        return (log() ? "torch.log_softmax(" : "torch.softmax(") + call.input(0) + ", " + dimension() + ")";
    }
}
