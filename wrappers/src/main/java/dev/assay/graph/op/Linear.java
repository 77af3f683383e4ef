package dev.assay.graph.op;

import ai.djl.ndarray.types.Shape;
import dev.assay.config.Config;
import dev.assay.config.Doc;
import dev.assay.config.Kind;
import jakarta.validation.constraints.Positive;
import java.util.ArrayList;
import java.util.List;
import org.immutables.value.Value;

/** A linear map of the last dimension, as {@code torch.nn.Linear}. */
@Config
@Kind("linear")
@Doc("A linear map of the last dimension.")
public non-sealed interface Linear extends OpConfig {
    @Doc("Length of the output.")
    @Positive int units();

    @Doc("Whether a number is added to each unit.")
    @Value.Default
    default boolean bias() {
        return true;
    }

    @Override
    default Shape shape(List<Shape> inputs) {
        Shape input = Shapes.requireDimensions(Shapes.only(inputs), 2, 8, "(N, ..., values)");
        return Shapes.with(input, input.dimension() - 1, units());
    }

    @Override
    default List<Weight> weights(List<Shape> inputs) {
        Shape input = Shapes.only(inputs);
        long length = input.get(input.dimension() - 1);
        FirstValues first = FirstValues.kaiming(length);
        List<Weight> weights = new ArrayList<>(List.of(Weight.trained("weight", first, units(), length)));
        if (bias()) {
            weights.add(Weight.trained("bias", first, units()));
        }
        return weights;
    }

    @Override
    default long multiplyAdds(List<Shape> inputs) {
        return Shapes.perExample(Shapes.only(inputs)) * units();
    }

    @Override
    default String code(Call call) {
        return "torch.linear(" + call.input(0) + ", " + call.weight("weight") + ", "
                + (bias() ? call.weight("bias") : "None") + ")";
    }

    @Override
    default boolean keepsOutput() {
        return false;
    }
}
