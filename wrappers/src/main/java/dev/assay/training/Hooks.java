package dev.assay.training;

import ai.djl.ndarray.NDArray;
import dev.assay.checkpoint.Checkpoint;
import dev.assay.error.AssayException;
import dev.assay.metric.Metric;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** The hooks of a trial, in order, with the time each has taken. */
final class Hooks {
    private final List<Hook> hooks;
    private final Map<String, Long> nanos = new LinkedHashMap<>();

    Hooks(List<Hook> hooks) {
        this.hooks = List.copyOf(hooks);
        Set<String> names = new HashSet<>();
        for (Hook hook : hooks) {
            if (!names.add(hook.name())) {
                throw new AssayException(
                        "There are two hooks called (" + hook.name() + "); each needs a name of its own.");
            }
        }
    }

    boolean isEmpty() {
        return hooks.isEmpty();
    }

    List<Metric> metrics() {
        List<Metric> metrics = new ArrayList<>();
        hooks.forEach(hook -> metrics.addAll(hook.metrics()));
        return metrics;
    }

    /** Calls each hook at a point, called so in errors. */
    void each(String point, Consumer<Hook> body) {
        fold(point, true, (hook, value) -> {
            body.accept(hook);
            return value;
        });
    }

    /** Hands a value through the hooks. */
    <T> T fold(String point, T value, BiFunction<Hook, T, T> body) {
        T current = value;
        for (Hook hook : hooks) {
            long begin = System.nanoTime();
            try {
                current = body.apply(hook, current);
            } catch (EndOfTraining e) {
                throw e;
            } catch (RuntimeException e) {
                throw new AssayException(
                        "Hook (" + hook.name() + ") failed in " + point + ": "
                                + (e instanceof AssayException ? e.getMessage() : e),
                        e);
            }
            nanos.merge(hook.name(), System.nanoTime() - begin, Long::sum);
        }
        return current;
    }

    /** Time of each hook since this was last asked for, in nanoseconds by name. */
    Map<String, Long> takeNanos() {
        Map<String, Long> taken = new LinkedHashMap<>(nanos);
        nanos.clear();
        return taken;
    }

    /** All nanoseconds so far that {@link #takeNanos} has not told yet. */
    long nanos() {
        return nanos.values().stream().mapToLong(Long::longValue).sum();
    }

    Map<String, NDArray> tensors() {
        Map<String, NDArray> tensors = new TreeMap<>();
        hooks.forEach(hook -> Checkpoint.put(hook.name() + "/", hook.tensors(), tensors));
        return tensors;
    }

    Map<String, Double> numbers() {
        Map<String, Double> numbers = new TreeMap<>();
        hooks.forEach(hook -> Checkpoint.put(hook.name() + "/", hook.numbers(), numbers));
        return numbers;
    }

    void restore(Map<String, NDArray> tensors, Map<String, Double> numbers) {
        each(
                "restore",
                hook -> hook.restore(
                        Checkpoint.below(hook.name() + "/", tensors), Checkpoint.below(hook.name() + "/", numbers)));
    }
}
