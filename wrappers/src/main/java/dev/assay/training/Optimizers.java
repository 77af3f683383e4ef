package dev.assay.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.assay.checkpoint.Checkpoint;
import dev.assay.error.AssayException;
import dev.assay.model.NamePattern;
import dev.assay.optimizer.Optimizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The optimizers of a training and the parameters of each. */
final class Optimizers {
    private final Map<String, Assigned> byName = new LinkedHashMap<>();

    private record Assigned(OptimizerAssignment assignment, List<String> parameters, Optimizer optimizer) {
        void update(Map<String, NDArray> all, Map<String, NDArray> gradients, double factor) {
            Map<String, NDArray> mine = new LinkedHashMap<>();
            for (String name : parameters) {
                NDArray gradient = gradients.get(name);
                if (gradient != null) {
                    mine.put(name, gradient);
                }
            }
            optimizer.update(all, mine, assignment.config().lr() * factor);
        }
    }

    Optimizers(List<OptimizerAssignment> assignments, Collection<String> parameters, NDManager memory) {
        Map<String, String> owner = new LinkedHashMap<>();
        for (OptimizerAssignment each : assignments) {
            List<String> mine = NamePattern.parse(each.parameters()).among(parameters);
            mine.forEach(name -> requireOne(name, owner.put(name, each.name()), each.name()));
            byName.put(each.name(), new Assigned(each, mine, Optimizer.of(each.config(), memory)));
        }
        List<String> left = new ArrayList<>(parameters);
        left.removeAll(owner.keySet());
        if (!left.isEmpty()) {
            throw new AssayException("No optimizer is for parameters " + left + "; there are " + assignments + ".");
        }
    }

    private static void requireOne(String parameter, @Nullable String before, String now) {
        if (before != null) {
            throw new AssayException("Parameter (" + parameter + ") is for optimizers (" + before + ") and (" + now
                    + "); it must be one.");
        }
    }

    /** The learning rate of the first optimizer at a factor of the schedule. */
    double learningRate(double factor) {
        return byName.values().iterator().next().assignment().config().lr() * factor;
    }

    /** The learning rates at a factor of the schedule, as they are recorded: that of the first optimizer and, of several, each by its name. */
    Map<String, Double> learningRates(double factor) {
        Map<String, Double> rates = new LinkedHashMap<>();
        rates.put(Figures.LEARNING_RATE, learningRate(factor));
        if (byName.size() > 1) {
            byName.forEach((name, each) -> rates.put(
                    Figures.LEARNING_RATE + "." + name,
                    each.assignment().config().lr() * factor));
        }
        return rates;
    }

    /**
     * A method {@code update(p, d, s, f)} of TorchScript that runs all optimizers; see {@link Optimizer#code}.
     *
     * @param names of the parameters that change, in their order
     */
    String code(List<String> names) {
        StringBuilder methods = new StringBuilder();
        StringBuilder calls = new StringBuilder();
        int arrays = 0;
        int factors = 0;
        for (Assigned each : byName.values()) {
            List<Integer> places = places(each, names);
            String method = "update" + methods.length();
            Optimizer.Code code = each.optimizer().code(method);
            methods.append(code.text());
            int moreArrays = arrays + places.size() * code.arrays();
            int moreFactors = factors + places.size() * code.factors();
            calls.append("  _0 = (self).%s(False, %s, %s, %s, %s)\n"
                    .formatted(
                            method,
                            elements("p", places.stream().mapToInt(i -> i), "Tensor"),
                            elements("d", places.stream().mapToInt(i -> i), "Tensor"),
                            elements("s", IntStream.range(arrays, moreArrays), "Tensor"),
                            elements("f", IntStream.range(factors, moreFactors), "float")));
            arrays = moreArrays;
            factors = moreFactors;
        }
        return methods
                + "def update(self, p: List[Tensor], d: List[Tensor], s: List[Tensor], f: List[float]) -> NoneType:\n"
                + calls + "  return None\n";
    }

    private static String elements(String list, IntStream places, String type) {
        return places.mapToObj(i -> list + "[" + i + "]")
                .collect(Collectors.joining(", ", "annotate(List[" + type + "], [", "])"));
    }

    private static List<Integer> places(Assigned each, List<String> names) {
        return IntStream.range(0, names.size())
                .filter(i -> each.parameters().contains(names.get(i)))
                .boxed()
                .toList();
    }

    /**
     * What {@link #code} needs for the next update, which is counted as made.
     *
     * @param parameters by name
     */
    Optimizer.Arguments arguments(Map<String, NDArray> parameters, List<String> names, double factor) {
        List<NDArray> remembered = new ArrayList<>();
        List<Double> factors = new ArrayList<>();
        for (Assigned each : byName.values()) {
            List<String> mine =
                    names.stream().filter(each.parameters()::contains).toList();
            Optimizer.Arguments arguments = each.optimizer()
                    .arguments(parameters, mine, each.assignment().config().lr() * factor);
            remembered.addAll(arguments.remembered());
            factors.addAll(arguments.factors());
        }
        return new Optimizer.Arguments(remembered, factors);
    }

    void update(Map<String, NDArray> parameters, Map<String, NDArray> gradients, double factor) {
        byName.values().forEach(each -> each.update(parameters, gradients, factor));
    }

    void update(String name, Map<String, NDArray> parameters, Map<String, NDArray> gradients, double factor) {
        Assigned assigned = byName.get(name);
        if (assigned == null) {
            throw new AssayException("There is no optimizer (" + name + "); there are " + byName.keySet() + ".");
        }
        assigned.update(parameters, gradients, factor);
    }

    Map<String, NDArray> tensors() {
        Map<String, NDArray> tensors = new TreeMap<>();
        byName.forEach(
                (name, each) -> Checkpoint.put(name + "/", each.optimizer().state(), tensors));
        return tensors;
    }

    void restore(Map<String, NDArray> tensors) {
        byName.forEach((name, each) -> each.optimizer().restore(Checkpoint.below(name + "/", tensors)));
    }
}
