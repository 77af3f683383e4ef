package dev.assay.optimizer;

import ai.djl.ndarray.NDArray;
import java.util.List;

/** The direction of Adam with weight decay, as long as the parameter itself; where either has no length, as it is. */
record LambRule(double beta1, double beta2, double eps) implements Rule {
    @Override
    public void update(Weight weight, NDArray gradient) {
        double step = weight.nextStep();
        NDArray mean = weight.average("mean", gradient, beta1);
        NDArray square = weight.averageSquare("square", gradient, beta2);
        Arithmetic arithmetic = weight.arithmetic();
        double rootCorrection = Math.sqrt(1 - Math.pow(beta2, step));
        try (NDArray root = arithmetic.shift(arithmetic.scale(square.sqrt(), 1 / rootCorrection), eps);
                NDArray direction = mean.div(root)) {
            arithmetic.scale(direction, 1 / (1 - Math.pow(beta1, step)));
            if (weight.decay() != 0) {
                arithmetic.add(direction, weight.array(), weight.decay());
            }
            weight.move(direction, -weight.rate() * trust(weight.array(), direction));
        }
    }

    private static double trust(NDArray parameter, NDArray direction) {
        double length = GradientNorm.of(List.of(parameter));
        double step = GradientNorm.of(List.of(direction));
        return length > 0 && step > 0 ? length / step : 1;
    }
}
