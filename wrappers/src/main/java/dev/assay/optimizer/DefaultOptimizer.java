package dev.assay.optimizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.assay.engine.Layout;
import dev.assay.error.AssayException;
import java.util.Map;
import java.util.TreeMap;

/** Applies a {@link Rule} to each parameter and keeps what it remembers. */
final class DefaultOptimizer implements Optimizer {
    private static final char SEPARATOR = '/';

    private final Rule rule;
    private final Groups groups;
    private final NDManager owner;
    private final Map<String, Memory> memories = new TreeMap<>();

    DefaultOptimizer(OptimizerConfig config, NDManager owner) {
        this.rule = config.rule();
        this.groups = new Groups(config);
        this.owner = owner;
    }

    @Override
    public void update(Map<String, NDArray> parameters, Map<String, NDArray> gradients, double learningRate) {
        groups.check(parameters.keySet());
        try (Arithmetic arithmetic = new Arithmetic(owner)) {
            gradients.forEach((name, gradient) -> {
                Groups.Settings settings = groups.of(name);
                double rate = learningRate * settings.rate();
                NDArray parameter = parameter(parameters, name);
                rule.update(new Weight(parameter, memory(name), rate, settings.weightDecay(), arithmetic), gradient);
            });
        }
    }

    @Override
    public Map<String, NDArray> state() {
        Map<String, NDArray> state = new TreeMap<>();
        memories.forEach((name, memory) -> memory.forEach((what, array) -> state.put(what + SEPARATOR + name, array)));
        return state;
    }

    @Override
    public void restore(Map<String, NDArray> state) {
        memories.values().forEach(Memory::close);
        memories.clear();
        state.forEach((key, array) -> {
            int end = key.indexOf(SEPARATOR);
            if (end < 0) {
                throw new AssayException("The state (" + key + ") of an optimizer must be named as what/parameter.");
            }
            memory(key.substring(end + 1)).put(key.substring(0, end), copy(array));
        });
    }

    private Memory memory(String name) {
        return memories.computeIfAbsent(name, n -> new Memory(owner));
    }

    /** A copy in the layout parameters have, whatever that of the given array, because sums depend on it in their last bits. */
    private NDArray copy(NDArray array) {
        return array.getShape().dimension() == 4 ? Layout.channelsLast(array, owner) : array.duplicate();
    }

    private static NDArray parameter(Map<String, NDArray> parameters, String name) {
        NDArray parameter = parameters.get(name);
        if (parameter == null) {
            throw new AssayException(
                    "The gradient (" + name + ") belongs to none of the parameters " + parameters.keySet() + ".");
        }
        return parameter;
    }
}
