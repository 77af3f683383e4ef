package dev.assay.optimizer;

/** How weight decay acts. */
public enum Decay {
    /** As part of the gradient (L2 penalty), so momentum carries it; what {@code torch.optim.SGD} does. */
    COUPLED,
    /** Directly on the weights: they shrink by {@code lr · weightDecay} before the step (Loshchilov and Hutter 2019). */
    DECOUPLED
}
