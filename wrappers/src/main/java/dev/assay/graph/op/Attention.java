package dev.assay.graph.op;

import ai.djl.ndarray.types.Shape;
import dev.assay.config.Config;
import dev.assay.config.Doc;
import dev.assay.config.Kind;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import java.util.ArrayList;
import java.util.List;
import org.immutables.value.Value;

/**
 * Self attention with several heads (Vaswani and others 2017) of arrays of shape (N, tokens, values), as {@code torch.nn.MultiheadAttention} with
 * {@code batch_first}; weights have its names and first values.
 */
@Config
@Kind("attention")
@Doc("Self attention with several heads.")
public non-sealed interface Attention extends OpConfig {
    @Doc("Number of heads, which share out the values.")
    @Positive int heads();

    @Doc("Whether numbers are added in the maps before and after.")
    @Value.Default
    default boolean bias() {
        return true;
    }

    @Doc("Part of the attention that is left out by chance.")
    @PositiveOrZero @DecimalMax(value = "1", inclusive = false) @Value.Default
    default double dropout() {
        return 0;
    }

    @Doc("Whether a token sees only those before it and itself.")
    @Value.Default
    default boolean causal() {
        return false;
    }

    @Override
    default Shape shape(List<Shape> inputs) {
        Shape input = Shapes.requireDimensions(Shapes.only(inputs), 3, 3, "(N, tokens, values)");
        if (input.get(2) % heads() != 0) {
            throw new ShapeMismatchException("Its " + heads() + " heads must divide the values of a token, "
                    + input.get(2) + " of " + input + ".");
        }
        return input;
    }

    @Override
    default List<Weight> weights(List<Shape> inputs) {
        long width = Shapes.only(inputs).get(2);
        List<Weight> weights = new ArrayList<>();
        weights.add(Weight.trained("in_proj_weight", FirstValues.xavier(width, 3 * width), 3 * width, width));
        if (bias()) {
            weights.add(Weight.trained("in_proj_bias", FirstValues.zeros(), 3 * width));
        }
        weights.add(Weight.trained("out_proj.weight", FirstValues.kaiming(width), width, width));
        if (bias()) {
            weights.add(Weight.trained("out_proj.bias", FirstValues.zeros(), width));
        }
        return weights;
    }

    @Override
    default long multiplyAdds(List<Shape> inputs) {
        long tokens = Shapes.only(inputs).get(1);
        long width = Shapes.only(inputs).get(2);
        return 4 * tokens * width * width + 2 * tokens * tokens * width;
    }

    @Override
    default String code(Call call) {
        long tokens = call.shapes().get(0).get(1);
        long width = call.shapes().get(0).get(2);
        String projected = call.local(
                "projected",
                "torch.linear(" + call.input(0) + ", " + call.weight("in_proj_weight") + ", "
                        + biasOf(call, "in_proj_bias") + ")");
        String split = call.local(
                "split",
                "torch.permute(torch.reshape(" + projected + ", [-1, " + tokens + ", 3, " + heads() + ", "
                        + width / heads() + "]), [2, 0, 3, 1, 4])");
        String attended = call.local(
                "attended",
                "torch.scaled_dot_product_attention(torch.select(" + split + ", 0, 0), torch.select(" + split
                        + ", 0, 1), torch.select(" + split + ", 0, 2), None, " + rate(call) + ", "
                        + Call.condition(causal()) + ")");
        return "torch.linear(torch.reshape(torch.transpose(" + attended + ", 1, 2), [-1, " + tokens + ", " + width
                + "]), " + call.weight("out_proj.weight") + ", " + biasOf(call, "out_proj.bias") + ")";
    }

    @Override
    default boolean keepsOutput() {
        return false;
    }

    private String biasOf(Call call, String name) {
        return bias() ? call.weight(name) : "None";
    }

    private String rate(Call call) {
        return dropout() == 0 ? "0.0" : Call.number(dropout()) + " if " + call.dropping() + " else 0.0";
    }
}
