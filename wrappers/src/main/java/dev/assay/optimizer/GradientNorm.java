package dev.assay.optimizer;

import ai.djl.ndarray.NDArray;
import java.util.Collection;

/** Length of all gradients taken as one vector. */
public final class GradientNorm {
    private static final double EPSILON = 1e-6;

    private GradientNorm() {}

    /** The Euclidean norm over all of {@code gradients}. */
    public static double of(Collection<NDArray> gradients) {
        double squares = 0;
        for (NDArray gradient : gradients) {
            try (NDArray norm = gradient.norm()) {
                double value =
                        norm.toType(norm.getDataType(), false).toArray()[0].doubleValue();
                squares += value * value;
            }
        }
        return Math.sqrt(squares);
    }

    /**
     * Scales gradients in place so that their norm is at most {@code maximum}; as {@code torch.nn.utils.clip_grad_norm_}.
     *
     * @return the norm before
     */
    public static double clip(Collection<NDArray> gradients, double maximum) {
        double norm = of(gradients);
        double factor = Math.min(1, maximum / (norm + EPSILON));
        gradients.forEach(gradient -> gradient.muli(factor));
        return norm;
    }

    /** Limits each number to ±{@code maximum}, in place; as {@code torch.nn.utils.clip_grad_value_}. */
    public static void clipValue(Collection<NDArray> gradients, double maximum) {
        for (NDArray gradient : gradients) {
            try (NDArray clipped = gradient.clip(-maximum, maximum)) {
                gradient.subi(gradient).addi(clipped);
            }
        }
    }
}
