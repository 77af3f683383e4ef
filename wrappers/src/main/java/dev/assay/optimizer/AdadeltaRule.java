package dev.assay.optimizer;

import ai.djl.ndarray.NDArray;

/** Steps have the size of recent steps, and gradients are divided by that of recent gradients. */
record AdadeltaRule(double rho, double eps) implements Rule {
    private static final String STEP_SQUARE = "stepSquare";

    @Override
    public void update(Weight weight, NDArray gradient) {
        NDArray square = weight.averageSquare("square", gradient, rho);
        try (NDArray divisor = root(weight, square);
                NDArray direction = root(weight, weight.remembered(STEP_SQUARE))
                        .divi(divisor)
                        .muli(gradient)) {
            weight.averageSquare(STEP_SQUARE, direction, rho);
            weight.move(direction, -weight.rate());
        }
    }

    private NDArray root(Weight weight, NDArray square) {
        try (NDArray positive = weight.arithmetic().plus(square, eps)) {
            return positive.sqrt();
        }
    }
}
