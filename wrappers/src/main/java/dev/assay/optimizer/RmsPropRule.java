package dev.assay.optimizer;

import ai.djl.ndarray.NDArray;

/** The mean square begins at zero and is not corrected for that; eps is added to its root. */
record RmsPropRule(double alpha, double eps, double momentum, boolean centered) implements Rule {
    private static final String MOMENTUM = "momentum";

    @Override
    public void update(Weight weight, NDArray gradient) {
        NDArray square = weight.averageSquare("square", gradient, alpha);
        Arithmetic arithmetic = weight.arithmetic();
        try (NDArray root = arithmetic.shift(centered ? deviation(weight, square, gradient) : square.sqrt(), eps);
                NDArray direction = gradient.div(root)) {
            if (momentum == 0) {
                weight.move(direction, -weight.rate());
            } else {
                NDArray kept = arithmetic.scale(weight.remembered(MOMENTUM), momentum);
                weight.move(kept.addi(direction), -weight.rate());
            }
        }
    }

    /** Rounding may take the variance of a steady gradient below zero, where PyTorch's root is no number; here it is zero. */
    private NDArray deviation(Weight weight, NDArray square, NDArray gradient) {
        NDArray mean = weight.average("mean", gradient, alpha);
        try (NDArray meanSquare = mean.mul(mean);
                NDArray variance = square.sub(meanSquare);
                NDArray positive = weight.arithmetic().atLeast(variance, 0)) {
            return positive.sqrt();
        }
    }
}
