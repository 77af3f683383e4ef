package dev.assay.graph.op;

import ai.djl.ndarray.types.Shape;
import dev.assay.config.Config;
import dev.assay.config.Doc;
import dev.assay.config.Kind;
import jakarta.validation.constraints.Positive;
import java.util.List;

/** A trained vector for each whole number, as {@code torch.nn.Embedding}. */
@Config
@Kind("embedding")
@Doc("A trained vector for each whole number.")
public non-sealed interface Embedding extends OpConfig {
    @Doc("Number of vectors; the input is from 0 to below it.")
    @Positive int count();

    @Doc("Length of each vector.")
    @Positive int length();

    @Override
    default Shape shape(List<Shape> inputs) {
        return Shapes.only(inputs).add(length());
    }

    @Override
    default List<Weight> weights(List<Shape> inputs) {
        return List.of(Weight.trained("weight", new FirstValues.Normal(1), count(), length()));
    }

    @Override
    default String code(Call call) {
        return "torch.embedding(" + call.weight("weight") + ", " + call.input(0) + ")";
    }

    @Override
    default boolean keepsOutput() {
        return false;
    }
}
