package dev.assay.optimizer;

import ai.djl.ndarray.NDArray;

/** The sign is taken of a blend that gives the gradient more than the mean keeps of it. */
record LionRule(double beta1, double beta2) implements Rule {
    private static final String MEAN = "mean";

    @Override
    public void update(Weight weight, NDArray gradient) {
        Arithmetic arithmetic = weight.arithmetic();
        NDArray mean = weight.remembered(MEAN);
        try (NDArray blend = arithmetic.times(mean, beta1)) {
            arithmetic.add(blend, gradient, 1 - beta1);
            try (NDArray sign = blend.sign()) {
                weight.move(sign, -weight.rate());
            }
        }
        arithmetic.blend(mean, gradient, beta2);
    }
}
