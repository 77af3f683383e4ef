package dev.assay.optimizer;

import ai.djl.ndarray.NDArray;

/** Squares are summed up for ever. */
record AdagradRule(double lrDecay, double initial, double eps) implements Rule {
    private static final String SUM = "sum";

    @Override
    public void update(Weight weight, NDArray gradient) {
        double step = weight.nextStep();
        Arithmetic arithmetic = weight.arithmetic();
        NDArray sum = sum(weight);
        try (NDArray square = gradient.mul(gradient)) {
            sum.addi(square);
        }
        try (NDArray root = arithmetic.shift(sum.sqrt(), eps);
                NDArray direction = gradient.div(root)) {
            weight.move(direction, -weight.rate() / (1 + (step - 1) * lrDecay));
        }
    }

    private NDArray sum(Weight weight) {
        boolean first = !weight.memory().has(SUM);
        NDArray sum = weight.remembered(SUM);
        return first && initial > 0 ? weight.arithmetic().shift(sum, initial) : sum;
    }
}
