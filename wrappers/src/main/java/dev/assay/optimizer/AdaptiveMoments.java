package dev.assay.optimizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.assay.engine.Layout;
import java.util.Map;
import java.util.Objects;

/**
 * The arithmetic of {@code torch.optim.Adam} and {@code AdamW}: both moments are corrected for their start at zero, and eps is added after
 * the correction. Each parameter counts its own steps.
 */
final class AdaptiveMoments implements Optimizer {
    private static final String MEAN = "mean/";
    private static final String SQUARE = "square/";
    private static final String STEPS = "steps/";

    private final Coefficients coefficients;
    private final NDManager memory;
    private final State state;

    AdaptiveMoments(Coefficients coefficients, NDManager memory) {
        this.coefficients = coefficients;
        this.memory = memory;
        this.state = new State(memory);
    }

    /** The numbers of the config. */
    record Coefficients(double beta1, double beta2, double eps, double weightDecay, Decay decay) {
        static Coefficients of(Adam config) {
            return new Coefficients(config.beta1(), config.beta2(), config.eps(), config.weightDecay(), Decay.COUPLED);
        }

        static Coefficients of(AdamW config) {
            return new Coefficients(
                    config.beta1(), config.beta2(), config.eps(), config.weightDecay(), Decay.DECOUPLED);
        }
    }

    @Override
    public void update(Map<String, NDArray> parameters, Map<String, NDArray> gradients, double learningRate) {
        gradients.forEach(
                (name, gradient) -> update(name, Objects.requireNonNull(parameters.get(name)), gradient, learningRate));
    }

    @Override
    public Map<String, NDArray> state() {
        return state.view();
    }

    @Override
    public void restore(Map<String, NDArray> newState) {
        state.replace(newState);
    }

    private void update(String name, NDArray parameter, NDArray gradient, double learningRate) {
        double weightDecay = coefficients.weightDecay();
        if (weightDecay == 0) {
            move(name, parameter, gradient, learningRate);
        } else if (coefficients.decay() == Decay.DECOUPLED) {
            parameter.muli(1 - learningRate * weightDecay);
            move(name, parameter, gradient, learningRate);
        } else {
            try (NDArray penalized = parameter.mul(weightDecay).addi(gradient)) {
                move(name, parameter, penalized, learningRate);
            }
        }
    }

    private void move(String name, NDArray parameter, NDArray gradient, double learningRate) {
        NDArray mean = state.get(MEAN + name, () -> Layout.zerosLike(parameter, memory));
        NDArray square = state.get(SQUARE + name, () -> Layout.zerosLike(parameter, memory));
        double steps = nextStep(name);
        blend(mean, gradient, coefficients.beta1());
        try (NDArray squared = gradient.mul(gradient)) {
            blend(square, squared, coefficients.beta2());
        }
        double meanCorrection = 1 - Math.pow(coefficients.beta1(), steps);
        double squareCorrection = Math.sqrt(1 - Math.pow(coefficients.beta2(), steps));
        try (NDArray root = square.sqrt().divi(squareCorrection).addi(coefficients.eps());
                NDArray change = mean.div(root).muli(learningRate / meanCorrection)) {
            parameter.subi(change);
        }
    }

    private double nextStep(String name) {
        NDArray steps = state.get(STEPS + name, () -> memory.zeros(new Shape(), DataType.FLOAT64));
        return steps.addi(1).getDouble();
    }

    /** {@code moment · beta + value · (1 − beta)}, in place. */
    private static void blend(NDArray moment, NDArray value, double beta) {
        moment.muli(beta);
        try (NDArray part = value.mul(1 - beta)) {
            moment.addi(part);
        }
    }
}
