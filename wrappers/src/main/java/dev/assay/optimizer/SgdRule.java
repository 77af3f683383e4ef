package dev.assay.optimizer;

import ai.djl.ndarray.NDArray;

/** The learning rate is outside the momentum, and the first gradient enters it undampened. */
record SgdRule(double momentum, double dampening, boolean nesterov) implements Rule {
    private static final String MOMENTUM = "momentum";

    @Override
    public void update(Weight weight, NDArray gradient) {
        if (momentum == 0) {
            weight.move(gradient, -weight.rate());
            return;
        }
        NDArray direction = direction(weight, gradient);
        if (nesterov) {
            try (NDArray ahead = weight.arithmetic().times(direction, momentum).addi(gradient)) {
                weight.move(ahead, -weight.rate());
            }
        } else {
            weight.move(direction, -weight.rate());
        }
    }

    private NDArray direction(Weight weight, NDArray gradient) {
        boolean first = !weight.memory().has(MOMENTUM);
        NDArray direction = weight.remembered(MOMENTUM);
        if (first) {
            return direction.addi(gradient);
        }
        weight.arithmetic().scale(direction, momentum);
        weight.arithmetic().add(direction, gradient, 1 - dampening);
        return direction;
    }
}
