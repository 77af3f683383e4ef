package dev.assay.optimizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.assay.engine.Layout;
import dev.assay.engine.TorchScript;
import dev.assay.error.AssayException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Applies a {@link Rule} to all parameters in one call of the engine and keeps what it remembers. */
final class DefaultOptimizer implements Optimizer {
    private static final char SEPARATOR = '/';
    private static final String UPDATE = "update";

    private final Rule rule;
    private final Groups groups;
    private final NDManager owner;
    private final UpdateCode code;
    private final TorchScript script;
    private final Map<String, Memory> memories = new TreeMap<>();

    DefaultOptimizer(OptimizerConfig config, NDManager owner) {
        this.rule = config.rule();
        this.groups = new Groups(config);
        this.owner = owner;
        this.code = new UpdateCode(rule);
        this.script = TorchScript.compile(code.text(UPDATE)).attach(owner);
    }

    @Override
    public void update(Map<String, NDArray> parameters, Map<String, NDArray> gradients, double learningRate) {
        Arguments arguments = arguments(parameters, gradients.keySet(), learningRate);
        List<NDArray> changed = arrays(parameters, gradients.keySet());
        script.call(owner, UPDATE, changed, gradients.values(), arguments.remembered(), arguments.factors());
    }

    @Override
    public Code code(String method) {
        return new Code(code.text(method), code.arrays().size(), rule.factors().size());
    }

    @Override
    public Arguments arguments(Map<String, NDArray> parameters, Collection<String> names, double learningRate) {
        groups.check(parameters.keySet());
        List<NDArray> changed = arrays(parameters, names);
        List<Double> factors = factors(names, changed, learningRate);
        return new Arguments(remembered(names, changed), factors);
    }

    private static List<NDArray> arrays(Map<String, NDArray> parameters, Collection<String> names) {
        List<NDArray> arrays = new ArrayList<>();
        names.forEach(name -> arrays.add(parameter(parameters, name)));
        return arrays;
    }

    private List<Double> factors(Iterable<String> names, List<NDArray> parameters, double learningRate) {
        List<Double> factors = new ArrayList<>();
        int i = 0;
        for (String name : names) {
            Groups.Settings settings = groups.of(name);
            double rate = learningRate * settings.rate();
            Occasion occasion =
                    new Occasion(name, parameters.get(i++).getShape(), memory(name), rate, settings.weightDecay());
            for (double factor : rule.factors(occasion)) {
                factors.add(factor);
            }
        }
        return factors;
    }

    private List<NDArray> remembered(Iterable<String> names, List<NDArray> parameters) {
        List<NDArray> remembered = new ArrayList<>();
        int i = 0;
        for (String name : names) {
            NDArray parameter = parameters.get(i++);
            for (String what : code.arrays()) {
                double initial = Objects.requireNonNull(rule.arrays().get(what));
                remembered.add(memory(name).array(what, parameter, initial));
            }
        }
        return remembered;
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
