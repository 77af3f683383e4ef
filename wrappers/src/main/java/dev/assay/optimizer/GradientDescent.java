package dev.assay.optimizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.assay.error.AssayException;
import java.util.Map;
import java.util.Objects;

/**
 * The arithmetic of {@code torch.optim.SGD}: the learning rate is outside the momentum buffer, and the first gradient enters the buffer
 * undampened.
 */
final class GradientDescent implements Optimizer {
    private static final String MOMENTUM = "momentum/";

    private final Sgd config;
    private final State state;

    GradientDescent(Sgd config, NDManager memory) {
        if (config.nesterov() && (config.momentum() == 0 || config.dampening() != 0)) {
            throw new AssayException(
                    "Optimizer (sgd) with nesterov has momentum (" + config.momentum() + ") and dampening ("
                            + config.dampening() + "); nesterov needs a momentum above 0 and a dampening of 0.");
        }
        this.config = config;
        this.state = new State(memory);
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
        if (config.weightDecay() == 0) {
            move(name, parameter, gradient, learningRate);
        } else if (config.decay() == Decay.DECOUPLED) {
            parameter.muli(1 - learningRate * config.weightDecay());
            move(name, parameter, gradient, learningRate);
        } else {
            try (NDArray penalized = parameter.mul(config.weightDecay()).addi(gradient)) {
                move(name, parameter, penalized, learningRate);
            }
        }
    }

    private void move(String name, NDArray parameter, NDArray gradient, double learningRate) {
        if (config.momentum() == 0) {
            subtract(parameter, gradient, learningRate);
            return;
        }
        NDArray momentum = momentum(name, gradient);
        if (config.nesterov()) {
            try (NDArray ahead = momentum.mul(config.momentum()).addi(gradient)) {
                subtract(parameter, ahead, learningRate);
            }
        } else {
            subtract(parameter, momentum, learningRate);
        }
    }

    private NDArray momentum(String name, NDArray gradient) {
        String key = MOMENTUM + name;
        if (!state.has(key)) {
            return state.get(key, gradient::duplicate);
        }
        NDArray momentum = state.get(key, gradient::duplicate).muli(config.momentum());
        if (config.dampening() == 0) {
            return momentum.addi(gradient);
        }
        try (NDArray dampened = gradient.mul(1 - config.dampening())) {
            return momentum.addi(dampened);
        }
    }

    private static void subtract(NDArray parameter, NDArray direction, double learningRate) {
        try (NDArray change = direction.mul(learningRate)) {
            parameter.subi(change);
        }
    }
}
