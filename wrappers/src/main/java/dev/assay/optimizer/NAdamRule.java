package dev.assay.optimizer;

import ai.djl.ndarray.NDArray;

/** Momentum rises with the steps; the direction blends the gradient with the mean gradient one step ahead. */
record NAdamRule(double beta1, double beta2, double eps, double momentumDecay) implements Rule {
    private static final double WARMING = 0.96;

    @Override
    public void update(Weight weight, NDArray gradient) {
        double step = weight.nextStep();
        double momentum = momentum(step);
        // PyTorch keeps the product in single precision.
        double product = weight.memory().next("momentumProduct", 1, before -> (float) before * (float) momentum);
        double ahead = momentum(step + 1);
        NDArray mean = weight.average("mean", gradient, beta1);
        NDArray square = weight.averageSquare("square", gradient, beta2);
        Arithmetic arithmetic = weight.arithmetic();
        double rootCorrection = Math.sqrt(1 - Math.pow(beta2, step));
        try (NDArray root = arithmetic.shift(arithmetic.scale(square.sqrt(), 1 / rootCorrection), eps);
                NDArray direction = arithmetic.times(gradient, (1 - momentum) / (1 - product))) {
            arithmetic.add(direction, mean, ahead / (1 - product * ahead));
            weight.move(direction.divi(root), -weight.rate());
        }
    }

    private double momentum(double step) {
        return beta1 * (1 - 0.5 * Math.pow(WARMING, step * momentumDecay));
    }
}
