package dev.assay.optimizer;

import ai.djl.ndarray.NDArray;

/** How weight decay acts. */
public enum Decay {
    /** As part of the gradient (L2 penalty), so momentum carries it; what {@code torch.optim.SGD} does. */
    COUPLED,
    /** Directly on the weights: they shrink by {@code lr · weightDecay} before the step (Loshchilov and Hutter 2019). */
    DECOUPLED;

    /** A rule with weight decay before it. */
    Rule before(Rule rule) {
        return switch (this) {
            case COUPLED -> (weight, gradient) -> coupled(rule, weight, gradient);
            case DECOUPLED -> (weight, gradient) -> decoupled(rule, weight, gradient);
        };
    }

    private static void coupled(Rule rule, Weight weight, NDArray gradient) {
        if (weight.decay() == 0) {
            rule.update(weight, gradient);
            return;
        }
        try (NDArray penalized =
                weight.arithmetic().times(weight.array(), weight.decay()).addi(gradient)) {
            rule.update(weight, penalized);
        }
    }

    private static void decoupled(Rule rule, Weight weight, NDArray gradient) {
        if (weight.decay() != 0) {
            weight.arithmetic().scale(weight.array(), 1 - weight.rate() * weight.decay());
        }
        rule.update(weight, gradient);
    }
}
