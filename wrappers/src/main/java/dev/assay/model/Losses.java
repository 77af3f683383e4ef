package dev.assay.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.List;
import java.util.function.BinaryOperator;

/** The usual losses, each the mean over the batch, with PyTorch's arithmetic. */
public final class Losses {
    private Losses() {}

    /** Cross entropy without label smoothing; see {@link #crossEntropy(String, String, double)}. */
    public static Loss crossEntropy(String logits, String label) {
        return crossEntropy(logits, label, 0);
    }

    /**
     * Cross entropy, as {@code torch.nn.functional.cross_entropy}.
     *
     * @param logits name of the unnormalised scores, of shape (N, classes)
     * @param label name of the true classes, whole numbers of shape (N)
     * @param labelSmoothing part of the target that is spread evenly over all classes, 0 to 1
     */
    public static Loss crossEntropy(String logits, String label, double labelSmoothing) {
        return new Pair(logits, label, (scores, classes) -> crossEntropy(scores, classes, labelSmoothing));
    }

    /** Mean squared error, as {@code torch.nn.functional.mse_loss}. */
    public static Loss meanSquaredError(String output, String target) {
        return new Pair(
                output,
                target,
                (actual, expected) -> actual.sub(expected).square().mean());
    }

    /** Mean absolute error, as {@code torch.nn.functional.l1_loss}. */
    public static Loss meanAbsoluteError(String output, String target) {
        return new Pair(
                output, target, (actual, expected) -> actual.sub(expected).abs().mean());
    }

    private static NDArray crossEntropy(NDArray logits, NDArray label, double labelSmoothing) {
        NDArray logProbabilities = logits.logSoftmax(1);
        NDArray index = label.toType(DataType.INT64, false).reshape(-1, 1);
        NDArray ofLabel = logProbabilities.gather(index, 1).mean();
        if (labelSmoothing == 0) {
            return ofLabel.neg();
        }
        NDArray ofAll = logProbabilities.mean();
        return ofLabel.mul(labelSmoothing - 1).sub(ofAll.mul(labelSmoothing));
    }

    private record Pair(String output, String target, BinaryOperator<NDArray> function) implements Loss {
        @Override
        public List<String> arguments() {
            return List.of(output, target);
        }

        @Override
        public NDArray of(List<NDArray> values) {
            return function.apply(values.get(0), values.get(1));
        }
    }
}
