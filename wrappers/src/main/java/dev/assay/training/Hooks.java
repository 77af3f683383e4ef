package dev.assay.training;

import ai.djl.ndarray.NDArray;
import dev.assay.checkpoint.Checkpoint;
import dev.assay.error.AssayException;
import dev.assay.metric.Metric;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The hooks of a trial, in order, with the time each has taken. */
final class Hooks {
    private static final List<String> STEP_POINTS = List.of("preForward", "postForward", "postBackward");

    private final List<Hook> hooks;
    private final Map<String, Long> nanos = new LinkedHashMap<>();
    private boolean hasFailed;

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

    /** Name of the first hook that is called between the phases of a step; empty if none is. */
    Optional<String> withinStep() {
        return hooks.stream()
                .filter(hook -> STEP_POINTS.stream().anyMatch(point -> Overrides.has(hook, Hook.class, point)))
                .map(Hook::name)
                .findFirst();
    }

    List<Metric> metrics() {
        List<Metric> metrics = new ArrayList<>();
        hooks.forEach(hook -> metrics.addAll(hook.metrics()));
        return metrics;
    }

    /** Whether a hook has thrown something, so that hooks and model may be in the middle of a change. */
    boolean haveFailed() {
        return hasFailed;
    }

    /** Calls each hook at a point, called so in errors. */
    void each(String point, Consumer<Hook> body) {
        for (Hook hook : hooks) {
            call(hook, point, () -> {
                body.accept(hook);
                return true;
            });
        }
    }

    /** Hands a value through the hooks. */
    <T> T fold(String point, T value, BiFunction<Hook, T, T> body) {
        T current = value;
        for (Hook hook : hooks) {
            T before = current;
            current = call(hook, point, () -> body.apply(hook, before));
        }
        return current;
    }

    /**
     * Runs an evaluation between two points. However it ends, the second is called for each hook whose first was, in reverse.
     *
     * @param metrics what the evaluation found; empty if it did not come to its end
     */
    void around(EvaluationContext evaluation, Runnable body, Supplier<Map<String, Double>> metrics) {
        Deque<Hook> begun = new ArrayDeque<>();
        Map<String, Double> found = Map.of();
        try {
            each("preEvaluation", hook -> {
                begun.push(hook);
                hook.preEvaluation(evaluation);
            });
            body.run();
            found = metrics.get();
        } finally {
            Map<String, Double> result = found;
            for (Hook hook : begun) {
                call(hook, "postEvaluation", () -> {
                    hook.postEvaluation(evaluation, result);
                    return true;
                });
            }
        }
    }

    private <T> T call(Hook hook, String point, Supplier<T> body) {
        long inner = nanos();
        long begin = System.nanoTime();
        try {
            return body.get();
        } catch (EndOfTraining e) {
            throw e;
        } catch (RuntimeException e) {
            hasFailed = true;
            throw new AssayException(
                    "Hook (" + hook.name() + ") failed in " + point + ": "
                            + (e instanceof AssayException ? e.getMessage() : e),
                    e);
        } finally {
            long taken = System.nanoTime() - begin - (nanos() - inner);
            nanos.merge(hook.name(), taken, Long::sum);
        }
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
