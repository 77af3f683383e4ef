package dev.assay.graph.op;

import ai.djl.ndarray.types.Shape;
import dev.assay.config.Config;
import dev.assay.config.Doc;
import dev.assay.config.Kind;
import java.util.List;
import org.immutables.value.Value;

/** Ops that make one array of several. */
public sealed interface Junction extends OpConfig {

    /** The sum of two or more arrays, by PyTorch's broadcasting. */
    @Config
    @Kind("add")
    @Doc("The sum of two or more arrays.")
    non-sealed interface Add extends Junction {
        @Override
        default Shape shape(List<Shape> inputs) {
            return broadcast(inputs);
        }

        @Override
        default String code(Call call) {
            return nested("torch.add", call.inputs());
        }

        @Override
        default boolean keepsOutput() {
            return false;
        }
    }

    /** The product of two or more arrays, by PyTorch's broadcasting. */
    @Config
    @Kind("multiply")
    @Doc("The product of two or more arrays, value by value.")
    non-sealed interface Multiply extends Junction {
        @Override
        default Shape shape(List<Shape> inputs) {
            return broadcast(inputs);
        }

        @Override
        default String code(Call call) {
            return nested("torch.mul", call.inputs());
        }

        @Override
        default boolean keepsOutput() {
            return false;
        }
    }

    /** Arrays one after the other along a dimension, as {@code torch.cat}. */
    @Config
    @Kind("concat")
    @Doc("Arrays one after the other.")
    non-sealed interface Concat extends Junction {
        @Doc(
                "The dimension along which they are put, from 0 or, below 0, from the end; that of the channels, if nothing is said.")
        @Value.Default
        default int dimension() {
            return 1;
        }

        @Override
        default Shape shape(List<Shape> inputs) {
            Shape first = Shapes.requireAtLeast(inputs, 1).get(0);
            int at = Shapes.dimension(first, dimension());
            if (at == 0) {
                throw new ShapeMismatchException("It joins along a dimension of each example, not along the batch.");
            }
            long length = 0;
            for (Shape input : inputs) {
                if (input.dimension() != first.dimension()
                        || !Shapes.with(input, at, first.get(at)).equals(first)) {
                    throw new ShapeMismatchException(
                            "The shapes " + first + " and " + input + " must be equal but for dimension " + at + ".");
                }
                length += input.get(at);
            }
            return Shapes.with(first, at, length);
        }

        @Override
        default String code(Call call) {
            return "torch.cat([" + String.join(", ", call.inputs()) + "], " + dimension() + ")";
        }

        @Override
        default boolean keepsOutput() {
            return false;
        }
    }

    private static Shape broadcast(List<Shape> inputs) {
        return Shapes.requireAtLeast(inputs, 2).stream()
                .reduce(Shapes::broadcast)
                .orElseThrow();
    }

    /** A function of two, applied to many from the left. */
    private static String nested(String function, List<String> inputs) {
        return inputs.stream()
                .reduce((left, right) -> function + "(" + left + ", " + right + ")")
                .orElseThrow();
    }
}
