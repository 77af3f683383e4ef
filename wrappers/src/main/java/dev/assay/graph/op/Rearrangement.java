package dev.assay.graph.op;

import ai.djl.ndarray.types.Shape;
import dev.assay.config.Config;
import dev.assay.config.Doc;
import dev.assay.config.Kind;
import jakarta.validation.constraints.NotEmpty;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.immutables.value.Value;

/** Ops that take, order or shape values otherwise. */
public sealed interface Rearrangement extends OpConfig {

    /** Makes one dimension of several, as {@code torch.nn.Flatten}. */
    @Config
    @Kind("flatten")
    @Doc("Makes one dimension of several; of all but the batch, if nothing is said.")
    non-sealed interface Flatten extends Rearrangement {
        @Doc("First dimension, from 0.")
        @Value.Default
        default int first() {
            return 1;
        }

        @Doc("Last dimension; -1 is the last there is.")
        @Value.Default
        default int last() {
            return -1;
        }

        @Override
        default Shape shape(List<Shape> inputs) {
            Shape input = Shapes.only(inputs);
            if (input.dimension() <= first()) {
                return input;
            }
            int from = Shapes.dimension(input, first());
            int to = Shapes.dimension(input, last());
            if (from == 0 || to < from) {
                throw new ShapeMismatchException("Dimensions " + first() + " to " + last() + " of " + input
                        + " cannot be made one; they must go up, and the batch is none of them.");
            }
            return input.slice(0, from).add(input.slice(from, to + 1).size()).addAll(input.slice(to + 1));
        }

        @Override
        default String code(Call call) {
            Shape input = call.shapes().get(0);
            return input.dimension() <= first()
                    ? call.input(0)
                    : "torch.flatten(" + call.input(0) + ", " + first() + ", " + last() + ")";
        }
    }

    /** Another shape for each example. */
    @Config
    @Kind("reshape")
    @Doc("Another shape for each example.")
    non-sealed interface Reshape extends Rearrangement {
        @Doc("The shape without the batch; one size may be -1, which is what is left.")
        @NotEmpty List<Integer> shape();

        @Override
        default Shape shape(List<Shape> inputs) {
            Shape input = Shapes.only(inputs);
            long values = Shapes.perExample(input);
            long known = 1;
            for (int size : shape()) {
                known *= size == -1 ? 1 : size;
            }
            boolean isWhole = known > 0 && (shape().contains(-1) ? values % known == 0 : values == known);
            if (!isWhole || shape().indexOf(-1) != shape().lastIndexOf(-1)) {
                throw new ShapeMismatchException("An example of " + input + " has " + values
                        + " values, which cannot have the shape " + shape() + ".");
            }
            Shape output = new Shape(input.get(0));
            for (int size : shape()) {
                output = output.add(size == -1 ? values / known : size);
            }
            return output;
        }

        @Override
        default String code(Call call) {
            Shape output = shape(call.shapes());
            List<Long> sizes = new ArrayList<>(List.of(-1L));
            for (int i = 1; i < output.dimension(); i++) {
                sizes.add(output.get(i));
            }
            return "torch.reshape(" + call.input(0) + ", " + sizes + ")";
        }
    }

    /** The dimensions in another order, as {@code torch.permute}. */
    @Config
    @Kind("permute")
    @Doc("The dimensions in another order.")
    non-sealed interface Permute extends Rearrangement {
        @Doc(
                "For each dimension of the output, which of the input it is, the batch included: [0, 2, 1] swaps the last two.")
        @NotEmpty List<Integer> order();

        @Override
        default Shape shape(List<Shape> inputs) {
            Shape input = Shapes.only(inputs);
            List<Integer> sorted = order().stream().sorted().toList();
            if (!sorted.equals(IntStream.range(0, input.dimension()).boxed().toList())) {
                throw new ShapeMismatchException(
                        "The order " + order() + " must name each dimension of " + input + " once, from 0.");
            }
            return new Shape(order().stream().mapToLong(input::get).toArray());
        }

        @Override
        default String code(Call call) {
            return "torch.permute(" + call.input(0) + ", " + order() + ")";
        }
    }

    /** One place of a dimension, as {@code torch.select}; a class token is the first of the second dimension. */
    @Config
    @Kind("select")
    @Doc("One place of a dimension, which is no more; the first of the second, if nothing is said.")
    non-sealed interface Select extends Rearrangement {
        @Doc("The dimension, from 0 or, below 0, from the end.")
        @Value.Default
        default int dimension() {
            return 1;
        }

        @Doc("The place, from 0 or, below 0, from the end.")
        @Value.Default
        default int place() {
            return 0;
        }

        @Override
        default Shape shape(List<Shape> inputs) {
            Shape input = Shapes.only(inputs);
            int at = Shapes.dimension(input, dimension());
            if (at == 0 || place() >= input.get(at) || place() < -input.get(at)) {
                throw new ShapeMismatchException(
                        "Dimension " + dimension() + " of " + input + " has no place " + place() + " to be selected.");
            }
            return input.slice(0, at).addAll(input.slice(at + 1));
        }

        @Override
        default String code(Call call) {
            return "torch.select(" + call.input(0) + ", " + dimension() + ", " + place() + ")";
        }
    }

    /** The mean over a dimension, as {@code torch.mean}; over the tokens of a transformer, if nothing is said. */
    @Config
    @Kind("mean")
    @Doc("The mean over a dimension, which is no more; over the second, if nothing is said.")
    non-sealed interface Mean extends Rearrangement {
        @Doc("The dimension, from 0 or, below 0, from the end.")
        @Value.Default
        default int dimension() {
            return 1;
        }

        @Override
        default Shape shape(List<Shape> inputs) {
            Shape input = Shapes.only(inputs);
            int at = Shapes.dimension(input, dimension());
            if (at == 0) {
                throw new ShapeMismatchException("The mean over the batch of " + input + " is no value of an example.");
            }
            return input.slice(0, at).addAll(input.slice(at + 1));
        }

        @Override
        default String code(Call call) {
            return "torch.mean(" + call.input(0) + ", [" + dimension() + "], False)";
        }

        @Override
        default boolean keepsOutput() {
            return false;
        }
    }
}
