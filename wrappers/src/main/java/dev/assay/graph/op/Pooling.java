package dev.assay.graph.op;

import ai.djl.ndarray.types.Shape;
import dev.assay.config.Config;
import dev.assay.config.Doc;
import dev.assay.config.Kind;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import java.util.List;
import org.immutables.value.Value;

/** Ops that put one value in place of the values of a window, of arrays of shape (N, C, H, W). */
public sealed interface Pooling extends OpConfig {
    @Override
    default boolean keepsOutput() {
        return false;
    }

    /** Pooling by a window that moves. */
    sealed interface Moving extends Pooling {
        @Doc("Length of the window along each place.")
        @Positive int kernel();

        @Doc("Step from one window to the next; as the window is long, if left out.")
        @Positive @Value.Default
        default int stride() {
            return kernel();
        }

        @Doc("Places that are added on each side.")
        @PositiveOrZero @Value.Default
        default int padding() {
            return 0;
        }

        @Override
        default Shape shape(List<Shape> inputs) {
            Shape input = Shapes.requireDimensions(Shapes.only(inputs), 4, 4, "(N, C, H, W)");
            return new Window(kernel(), stride(), padding(), 1).over(input);
        }

        /** Kernel, stride and padding as arguments. */
        private static String window(Moving pool) {
            return Call.repeat(pool.kernel(), 2) + ", " + Call.repeat(pool.stride(), 2) + ", "
                    + Call.repeat(pool.padding(), 2);
        }
    }

    /** Pooling by windows that share out the places. */
    sealed interface Adaptive extends Pooling {
        @Doc("Places of the output along each dimension.")
        @Positive @Value.Default
        default int places() {
            return 1;
        }

        @Override
        default Shape shape(List<Shape> inputs) {
            Shape input = Shapes.requireDimensions(Shapes.only(inputs), 4, 4, "(N, C, H, W)");
            return Shapes.withPlaces(input, places(), places());
        }
    }

    /** The greatest of each window, as {@code torch.nn.MaxPool2d}. */
    @Config
    @Kind("max-pool")
    @Doc("The greatest value of each window.")
    non-sealed interface MaxPool extends Moving {
        @Override
        default String code(Call call) {
            return "torch.max_pool2d(" + call.input(0) + ", " + Moving.window(this) + ", [1, 1], False)";
        }
    }

    /** The mean of each window, added places counting as 0, as {@code torch.nn.AvgPool2d}. */
    @Config
    @Kind("average-pool")
    @Doc("The mean of each window.")
    non-sealed interface AveragePool extends Moving {
        @Override
        default String code(Call call) {
            return "torch.avg_pool2d(" + call.input(0) + ", " + Moving.window(this) + ", False, True, None)";
        }
    }

    /** As {@code torch.nn.AdaptiveAvgPool2d}. */
    @Config
    @Kind("adaptive-average-pool")
    @Doc("The mean of windows that share out the places; of all places, if nothing is said.")
    non-sealed interface AdaptiveAveragePool extends Adaptive {
        @Override
        default String code(Call call) {
            return "torch.adaptive_avg_pool2d(" + call.input(0) + ", " + Call.repeat(places(), 2) + ")";
        }
    }

    /** As {@code torch.nn.AdaptiveMaxPool2d}. */
    @Config
    @Kind("adaptive-max-pool")
    @Doc("The greatest value of windows that share out the places; of all places, if nothing is said.")
    non-sealed interface AdaptiveMaxPool extends Adaptive {
        @Override
        default String code(Call call) {
            return "(torch.adaptive_max_pool2d(" + call.input(0) + ", " + Call.repeat(places(), 2) + "))[0]";
        }
    }
}
