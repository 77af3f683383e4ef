package dev.assay.graph.op;

import ai.djl.ndarray.types.Shape;
import dev.assay.config.Config;
import dev.assay.config.Doc;
import dev.assay.config.Kind;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.immutables.value.Value;

/**
 * Convolution, as {@code torch.nn.Conv1d}, {@code Conv2d} and {@code Conv3d}: over one to three places, by the dimensions of its input (N, C,
 * places). Kernel, stride, padding and dilation are the same along each.
 */
@Config
@Kind("conv")
@Doc("A convolution.")
public non-sealed interface Conv extends OpConfig {
    @Doc("Channels of the output.")
    @Positive int filters();

    @Doc("Length of the kernel along each place.")
    @Positive int kernel();

    @Doc("Step from one place of the kernel to the next.")
    @Positive @Value.Default
    default int stride() {
        return 1;
    }

    @Doc("Zeros that are added on each side.")
    @PositiveOrZero @Value.Default
    default int padding() {
        return 0;
    }

    @Doc("Distance between neighbours under the kernel.")
    @Positive @Value.Default
    default int dilation() {
        return 1;
    }

    @Doc("Parts the channels are split into, each convolved on its own.")
    @Positive @Value.Default
    default int groups() {
        return 1;
    }

    @Doc("Whether a number is added to each channel.")
    @Value.Default
    default boolean bias() {
        return true;
    }

    @Override
    default Shape shape(List<Shape> inputs) {
        Shape input = Shapes.requireDimensions(Shapes.only(inputs), 3, 5, "(N, C, places)");
        if (input.get(1) % groups() != 0 || filters() % groups() != 0) {
            throw new ShapeMismatchException("Its " + groups() + " groups must divide the channels of its input, "
                    + input.get(1) + " of " + input + ", and its filters, " + filters() + ".");
        }
        Window window = new Window(kernel(), stride(), padding(), dilation());
        return Shapes.with(window.over(input), 1, filters());
    }

    @Override
    default List<Weight> weights(List<Shape> inputs) {
        Shape input = Shapes.only(inputs);
        long[] shape = new long[input.dimension()];
        Arrays.fill(shape, kernel());
        shape[0] = filters();
        shape[1] = input.get(1) / groups();
        FirstValues first = FirstValues.kaiming(new Shape(shape).size() / filters());
        List<Weight> weights = new ArrayList<>(List.of(Weight.trained("weight", first, shape)));
        if (bias()) {
            weights.add(Weight.trained("bias", first, filters()));
        }
        return weights;
    }

    @Override
    default long multiplyAdds(List<Shape> inputs) {
        Shape weight = weights(inputs).get(0).shape();
        return Shapes.perExample(shape(inputs)) * (weight.size() / filters());
    }

    @Override
    default String code(Call call) {
        int places = call.shapes().get(0).dimension() - 2;
        return "torch.conv" + places + "d(" + call.input(0) + ", " + call.weight("weight") + ", "
                + (bias() ? call.weight("bias") : "None") + ", " + Call.repeat(stride(), places) + ", "
                + Call.repeat(padding(), places) + ", " + Call.repeat(dilation(), places) + ", " + groups() + ")";
    }

    @Override
    default boolean keepsOutput() {
        return false;
    }
}
