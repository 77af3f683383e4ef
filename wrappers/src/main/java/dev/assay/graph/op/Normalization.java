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

/** Ops that bring values to mean 0 and variance 1 and then scale and shift them by what is trained. */
public sealed interface Normalization extends OpConfig {
    @Doc("Added to the variance.")
    @Positive @Value.Default
    default double eps() {
        return 1e-5;
    }

    @Doc("Whether values are scaled and shifted by what is trained.")
    @Value.Default
    default boolean affine() {
        return true;
    }

    /** A trained weight of ones and a trained bias of zeros. */
    private static List<Weight> scaleAndShift(Normalization norm, long length) {
        return norm.affine()
                ? List.of(
                        Weight.trained("weight", FirstValues.ones(), length),
                        Weight.trained("bias", FirstValues.zeros(), length))
                : List.of();
    }

    private static String scaleAndShift(Normalization norm, Call call) {
        return norm.affine() ? call.weight("weight") + ", " + call.weight("bias") : "None, None";
    }

    /**
     * Over all dimensions but the second (Ioffe and Szegedy 2015), as {@code torch.nn.BatchNorm2d} and its like. While statistics are updated it
     * normalises by the batch and moves them; else it normalises by them.
     */
    @Config
    @Kind("batch-norm")
    @Doc("Batch normalisation over all dimensions but the second.")
    non-sealed interface BatchNorm extends Normalization {
        @Doc("Part of the way that statistics move towards those of a batch, as in PyTorch.")
        @PositiveOrZero @DecimalMax("1") @Value.Default
        default double momentum() {
            return 0.1;
        }

        @Override
        default Shape shape(List<Shape> inputs) {
            return Shapes.requireDimensions(Shapes.only(inputs), 2, 5, "(N, C, places)");
        }

        @Override
        default List<Weight> weights(List<Shape> inputs) {
            long channels = Shapes.only(inputs).get(1);
            List<Weight> weights = new ArrayList<>(scaleAndShift(this, channels));
            weights.add(Weight.kept("running_mean", FirstValues.zeros(), channels));
            weights.add(Weight.kept("running_var", FirstValues.ones(), channels));
            return weights;
        }

        @Override
        default String code(Call call) {
            return "torch.batch_norm(" + call.input(0) + ", " + scaleAndShift(this, call) + ", "
                    + call.weight("running_mean") + ", " + call.weight("running_var") + ", " + call.updating() + ", "
                    + Call.number(momentum()) + ", " + Call.number(eps()) + ", True)";
        }

        @Override
        default boolean keepsOutput() {
            return false;
        }
    }

    /** Over groups of channels (Wu and He 2018), as {@code torch.nn.GroupNorm}. */
    @Config
    @Kind("group-norm")
    @Doc("Normalisation over groups of channels, for each example.")
    non-sealed interface GroupNorm extends Normalization {
        @Doc("Number of groups the channels are split into.")
        @Positive int groups();

        @Override
        default Shape shape(List<Shape> inputs) {
            Shape input = Shapes.requireDimensions(Shapes.only(inputs), 2, 5, "(N, C, places)");
            if (input.get(1) % groups() != 0) {
                throw new ShapeMismatchException("Its " + groups() + " groups must divide the channels of its input, "
                        + input.get(1) + " of " + input + ".");
            }
            return input;
        }

        @Override
        default List<Weight> weights(List<Shape> inputs) {
            return scaleAndShift(this, Shapes.only(inputs).get(1));
        }

        @Override
        default String code(Call call) {
            return "torch.group_norm(" + call.input(0) + ", " + groups() + ", " + scaleAndShift(this, call) + ", "
                    + Call.number(eps()) + ", True)";
        }

        @Override
        default boolean keepsOutput() {
            return false;
        }
    }

    /** Over the last dimension (Ba, Kiros and Hinton 2016), as {@code torch.nn.LayerNorm}. */
    @Config
    @Kind("layer-norm")
    @Doc("Normalisation over the last dimension.")
    non-sealed interface LayerNorm extends Normalization {
        @Override
        default Shape shape(List<Shape> inputs) {
            return Shapes.requireDimensions(Shapes.only(inputs), 2, 8, "(N, ..., values)");
        }

        @Override
        default List<Weight> weights(List<Shape> inputs) {
            return scaleAndShift(this, length(Shapes.only(inputs)));
        }

        @Override
        default String code(Call call) {
            return "torch.layer_norm(" + call.input(0) + ", ["
                    + length(call.shapes().get(0)) + "], " + scaleAndShift(this, call) + ", " + Call.number(eps())
                    + ", True)";
        }

        @Override
        default boolean keepsOutput() {
            return false;
        }

        private static long length(Shape input) {
            return input.get(input.dimension() - 1);
        }
    }
}
