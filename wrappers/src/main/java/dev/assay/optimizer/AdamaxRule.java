package dev.assay.optimizer;

import ai.djl.ndarray.NDArray;

/** Divides by the largest gradient, which fades by beta2 with each step. */
record AdamaxRule(double beta1, double beta2, double eps) implements Rule {
    private static final String LARGEST = "largest";

    @Override
    public void update(Weight weight, NDArray gradient) {
        double step = weight.nextStep();
        NDArray mean = weight.average("mean", gradient, beta1);
        try (NDArray direction = mean.div(largest(weight, gradient))) {
            weight.move(direction, -weight.rate() / (1 - Math.pow(beta1, step)));
        }
    }

    private NDArray largest(Weight weight, NDArray gradient) {
        Arithmetic arithmetic = weight.arithmetic();
        NDArray faded = arithmetic.scale(weight.remembered(LARGEST), beta2);
        try (NDArray size = arithmetic.shift(gradient.abs(), eps)) {
            return weight.memory().put(LARGEST, faded.maximum(size));
        }
    }
}
