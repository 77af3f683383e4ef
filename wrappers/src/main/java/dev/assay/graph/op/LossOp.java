package dev.assay.graph.op;

import ai.djl.ndarray.types.Shape;
import dev.assay.config.Config;
import dev.assay.config.Doc;
import dev.assay.config.Kind;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import java.util.List;
import org.immutables.value.Value;

/** Losses: a scalar of what the model gives and of what is wanted, in this order; the mean, with PyTorch's arithmetic. */
public sealed interface LossOp extends OpConfig {
    @Override
    default boolean isLoss() {
        return true;
    }

    @Override
    default boolean keepsOutput() {
        return false;
    }

    /** A loss of two arrays of one shape. */
    sealed interface Compared extends LossOp {
        @Override
        default Shape shape(List<Shape> inputs) {
            List<Shape> two = Shapes.require(inputs, 2);
            if (!two.get(0).equals(two.get(1))) {
                throw new ShapeMismatchException("What the model gives, " + two.get(0) + ", and what is wanted, "
                        + two.get(1) + ", must have one shape.");
            }
            return new Shape();
        }
    }

    /**
     * Cross entropy, as {@code torch.nn.functional.cross_entropy}: of unnormalised scores of shape (N, classes, ...) and true classes, whole numbers
     * of shape (N, ...), or probabilities of the shape of the scores.
     */
    @Config
    @Kind("cross-entropy")
    @Doc("Cross entropy of scores and true classes.")
    non-sealed interface CrossEntropy extends LossOp {
        @Doc("Part of the target that is spread evenly over all classes.")
        @PositiveOrZero @DecimalMax("1") @Value.Default
        default double smoothing() {
            return 0;
        }

        @Doc("How much each class counts; all the same, if left out.")
        List<@PositiveOrZero Double> classWeights();

        @Override
        default Shape shape(List<Shape> inputs) {
            Shape scores = Shapes.requireDimensions(Shapes.require(inputs, 2).get(0), 2, 5, "(N, classes, places)");
            Shape target = inputs.get(1);
            if (!target.equals(scores) && !target.equals(scores.slice(0, 1).addAll(scores.slice(2)))) {
                throw new ShapeMismatchException("The true classes, " + target + ", must have the shape of the scores, "
                        + scores + ", without their second dimension, or all of it for probabilities.");
            }
            if (!classWeights().isEmpty() && classWeights().size() != scores.get(1)) {
                throw new ShapeMismatchException("It has " + classWeights().size() + " class weights and the scores "
                        + scores + " are of " + scores.get(1) + " classes.");
            }
            return new Shape();
        }

        @Override
        default List<Weight> weights(List<Shape> inputs) {
            return classWeights().isEmpty()
                    ? List.of()
                    : List.of(Weight.kept(
                            "weight",
                            new FirstValues.Given(classWeights()),
                            classWeights().size()));
        }

        @Override
        default String code(Call call) {
            boolean isWhole = !call.shapes().get(0).equals(call.shapes().get(1));
            String target = isWhole ? "torch.to(" + call.input(1) + ", 4)" : call.input(1);
            return "torch.cross_entropy_loss(" + call.input(0) + ", " + target + ", "
                    + (classWeights().isEmpty() ? "None" : call.weight("weight")) + ", 1, -100, "
                    + Call.number(smoothing()) + ")";
        }
    }

    /** Mean squared error, as {@code torch.nn.functional.mse_loss}. */
    @Config
    @Kind("mse")
    @Doc("Mean squared error.")
    non-sealed interface MeanSquaredError extends Compared {
        @Override
        default String code(Call call) {
            return "torch.mse_loss(" + call.input(0) + ", " + call.input(1) + ", 1)";
        }
    }

    /** Mean absolute error, as {@code torch.nn.functional.l1_loss}. */
    @Config
    @Kind("l1")
    @Doc("Mean absolute error.")
    non-sealed interface MeanAbsoluteError extends Compared {
        @Override
        default String code(Call call) {
            return "torch.l1_loss(" + call.input(0) + ", " + call.input(1) + ", 1)";
        }
    }

    /** Huber's loss (1964), as {@code torch.nn.functional.huber_loss}. */
    @Config
    @Kind("huber")
    @Doc("Half the squared error where it is small, a line where it is large.")
    non-sealed interface Huber extends Compared {
        @Doc("Error from which on it is a line.")
        @Positive @Value.Default
        default double delta() {
            return 1;
        }

        @Override
        default String code(Call call) {
            return "torch.huber_loss(" + call.input(0) + ", " + call.input(1) + ", 1, " + Call.number(delta()) + ")";
        }
    }

    /**
     * Binary cross entropy of scores, as {@code torch.nn.functional.binary_cross_entropy_with_logits}, or of probabilities, as
     * {@code binary_cross_entropy}.
     */
    @Config
    @Kind("bce")
    @Doc("Binary cross entropy of scores, or of probabilities.")
    non-sealed interface BinaryCrossEntropy extends Compared {
        @Doc("Whether the model gives unnormalised scores; otherwise it gives probabilities.")
        @Value.Default
        default boolean logits() {
            return true;
        }

        @Override
        default String code(Call call) {
            String both = call.input(0) + ", " + call.input(1);
            return logits()
                    ? "torch.binary_cross_entropy_with_logits(" + both + ", None, None, 1)"
                    : "torch.binary_cross_entropy(" + both + ", None, 1)";
        }
    }

    /**
     * Kullback and Leibler's divergence of the wanted distribution from the given one, of which the model gives log-probabilities: the sum for each
     * example, as {@code torch.nn.functional.kl_div} with {@code batchmean}.
     */
    @Config
    @Kind("kl")
    @Doc("Divergence of the wanted probabilities from the model's log-probabilities.")
    non-sealed interface KullbackLeibler extends Compared {
        @Override
        default String code(Call call) {
            return "torch.div(torch.kl_div(" + call.input(0) + ", " + call.input(1) + ", 2), torch.size("
                    + call.input(0) + ", 0))";
        }
    }
}
