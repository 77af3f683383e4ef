package dev.assay.training;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** Where the time of the steps since the last record went. */
final class StepTimes {
    private final Map<Phase, Long> nanos = new EnumMap<>(Phase.class);
    private final Hooks hooks;
    private long begin = System.nanoTime();
    private long examples;
    private long steps;

    StepTimes(Hooks hooks) {
        this.hooks = hooks;
    }

    /** Runs a part of a step; the time of hooks within it counts for them alone. */
    <T> T measure(Phase phase, Supplier<T> body) {
        long hooksBefore = hooks.nanos();
        long start = System.nanoTime();
        T result = body.get();
        long taken = System.nanoTime() - start - (hooks.nanos() - hooksBefore);
        nanos.merge(phase, taken, Long::sum);
        return result;
    }

    void countStep(long newExamples) {
        steps++;
        examples += newExamples;
    }

    /** Leaves out time that no step took, such as that of an evaluation which began at {@code since}. */
    void exclude(long since) {
        begin += System.nanoTime() - since;
    }

    /** Examples per second and milliseconds a step by phase that there was and by hook, since this was last asked for. */
    Map<String, Double> take() {
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put(Figures.EXAMPLES_PER_SECOND, examples / ((System.nanoTime() - begin) / 1e9));
        nanos.forEach((phase, taken) ->
                figures.put(Figures.milliseconds(phase.name().toLowerCase(Locale.ROOT)), perStep(taken)));
        hooks.takeNanos().forEach((name, taken) -> figures.put(Figures.milliseconds("hook." + name), perStep(taken)));
        nanos.clear();
        begin = System.nanoTime();
        examples = 0;
        steps = 0;
        return figures;
    }

    private double perStep(long taken) {
        return taken / 1e6 / Math.max(1, steps);
    }
}
