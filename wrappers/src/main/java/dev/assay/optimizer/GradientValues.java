package dev.assay.optimizer;

import ai.djl.ndarray.NDArray;
import java.util.Collection;

/** The single elements of gradients. */
public final class GradientValues {
    private GradientValues() {}

    /**
     * Brings each element of the gradients, in place, to the nearest value from {@code -maximum} to {@code maximum}; as
     * {@code torch.nn.utils.clip_grad_value_}. A NaN stays one.
     */
    public static void clip(Collection<NDArray> gradients, double maximum) {
        if (gradients.isEmpty()) {
            return;
        }
        try (Arithmetic arithmetic = new Arithmetic(gradients.iterator().next().getManager())) {
            gradients.forEach(gradient -> clip(gradient, maximum, arithmetic));
        }
    }

    private static void clip(NDArray gradient, double maximum, Arithmetic arithmetic) {
        try (NDArray below = arithmetic.atMost(gradient, maximum);
                NDArray clipped = arithmetic.atLeast(below, -maximum)) {
            arithmetic.assign(gradient, clipped);
        }
    }
}
