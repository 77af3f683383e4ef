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

    int count() {
        return byName.size();
    }

    /** The only optimizer there is. */
    Optimizer only() {
        return byName.values().iterator().next().optimizer();
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
