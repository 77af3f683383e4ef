package dev.assay.optimizer;

import ai.djl.ndarray.NDArray;

/** While too few squares were seen for their mean to be relied upon, steps follow the mean gradient alone. */
record RAdamRule(double beta1, double beta2, double eps) implements Rule {
    private static final double ENOUGH = 5;

    @Override
    public void update(Weight weight, NDArray gradient) {
        double step = weight.nextStep();
        NDArray mean = weight.average("mean", gradient, beta1);
        NDArray square = weight.averageSquare("square", gradient, beta2);
        double rate = weight.rate() / (1 - Math.pow(beta1, step));
        double kept = Math.pow(beta2, step);
        double longest = 2 / (1 - beta2) - 1;
        double length = longest - 2 * step * kept / (1 - kept);
        if (length <= ENOUGH) {
            weight.move(mean, -rate);
            return;
        }
        try (NDArray root = weight.arithmetic().shift(square.sqrt(), eps);
                NDArray direction = mean.div(root)) {
            weight.move(direction, -rate * Math.sqrt(1 - kept) * rectification(length, longest));
        }
    }

    private static double rectification(double length, double longest) {
        return Math.sqrt((length - 4) * (length - 2) * longest / ((longest - 4) * (longest - 2) * length));
    }
}
