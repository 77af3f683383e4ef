package dev.assay.optimizer;

import ai.djl.ndarray.NDArray;

/** Both means are corrected for their start at zero, and eps is added after the correction. */
record AdamRule(double beta1, double beta2, double eps, boolean amsgrad) implements Rule {
    private static final String MAXIMUM = "maximum";

    @Override
    public void update(Weight weight, NDArray gradient) {
        double step = weight.nextStep();
        NDArray mean = weight.average("mean", gradient, beta1);
        NDArray square = weight.averageSquare("square", gradient, beta2);
        NDArray divisor = amsgrad ? largest(weight, square) : square;
        double meanCorrection = 1 - Math.pow(beta1, step);
        double rootCorrection = Math.sqrt(1 - Math.pow(beta2, step));
        Arithmetic arithmetic = weight.arithmetic();
        try (NDArray root = arithmetic.shift(arithmetic.scale(divisor.sqrt(), 1 / rootCorrection), eps);
                NDArray direction = mean.div(root)) {
            weight.move(direction, -weight.rate() / meanCorrection);
        }
    }

    private static NDArray largest(Weight weight, NDArray square) {
        return weight.memory().put(MAXIMUM, weight.remembered(MAXIMUM).maximum(square));
    }
}
