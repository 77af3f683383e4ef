package dev.assay.graph.op;

import ai.djl.ndarray.types.Shape;
import dev.assay.config.Config;
import dev.assay.config.Doc;
import dev.assay.config.Kind;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import java.util.List;
import org.immutables.value.Value;

/**
 * A trained array, the same for each example of the batch its input has, such as the class token or the positions of a vision transformer. Nothing
 * else of the input counts.
 */
@Config
@Kind("parameter")
@Doc("A trained array, the same for each example.")
public non-sealed interface Learned extends OpConfig {
    @Doc("Its shape, without the batch.")
    @NotEmpty List<@Positive Integer> size();

    @Doc("Standard deviation of its first values.")
    @PositiveOrZero @Value.Default
    default double deviation() {
        return 0.02;
    }

    @Override
    default Shape shape(List<Shape> inputs) {
        Shape output = new Shape(Shapes.only(inputs).get(0));
        for (int length : size()) {
            output = output.add(length);
        }
        return output;
    }

    @Override
    default List<Weight> weights(List<Shape> inputs) {
        long[] shape = size().stream().mapToLong(Integer::longValue).toArray();
        return List.of(Weight.trained("weight", new FirstValues.Normal(deviation()), shape));
    }

    @Override
    default String code(Call call) {
        String sizes = String.join(", ", size().stream().map(String::valueOf).toList());
        return "torch.expand(torch.unsqueeze(" + call.weight("weight") + ", 0), [torch.size(" + call.input(0) + ", 0), "
                + sizes + "])";
    }
}
