package dev.assay.optimizer;

import ai.djl.ndarray.NDArray;
import dev.assay.engine.Scalars;
import java.util.Collection;

/** Length of all gradients taken as one vector. */
public final class GradientNorm {
    private static final double EPSILON = 1e-6;

    private GradientNorm() {}

    /** The Euclidean norm over all of {@code gradients}; not finite if one of their elements is not. */
    public static double of(Collection<NDArray> gradients) {
        double squares = 0;
        for (NDArray gradient : gradients) {
            try (NDArray norm = gradient.norm()) {
                double value = Scalars.value(norm);
                squares += value * value;
            }
        }
        return Math.sqrt(squares);
    }

    /**
     * Scales gradients in place so that their norm is at most {@code maximum}; as {@code torch.nn.utils.clip_grad_norm_} with
     * {@code error_if_nonfinite=False}: an infinite norm leaves zeros and, where a gradient was infinite, NaN; a NaN leaves NaN everywhere.
     *
     * @return the norm before
     */
    public static double clip(Collection<NDArray> gradients, double maximum) {
        double norm = of(gradients);
        double factor = Math.min(1, maximum / (norm + EPSILON));
        if (factor != 1) {
            scale(gradients, factor);
        }
        return norm;
    }

    private static void scale(Collection<NDArray> gradients, double factor) {
        if (gradients.isEmpty()) {
            return;
        }
        try (Arithmetic arithmetic = new Arithmetic(gradients.iterator().next().getManager())) {
            gradients.forEach(gradient -> arithmetic.scale(gradient, factor));
        }
    }
}
