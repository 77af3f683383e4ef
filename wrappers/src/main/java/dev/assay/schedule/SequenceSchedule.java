package dev.assay.schedule;

import dev.assay.metric.Direction;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The runtime of {@link Sequence} and {@link WarmUp}. What is evaluated in the first part is no concern of the second. */
final class SequenceSchedule implements Schedule {
    private static final String OBSERVED = "observed";
    private static final String THEN = "then.";

    private final Schedule first;
    private final Span firstSpan;
    private final Change change;
    private final Schedule then;
    private long observed;

    /** When the second schedule begins. */
    record Change(long count, Unit unit) {}

    /** @param first follows no metric */
    SequenceSchedule(Schedule first, Span span, Change change, ScheduleConfig then) {
        this.first = first;
        this.firstSpan = span.first(change.count(), change.unit());
        this.change = change;
        this.then = then.over(span.without(firstSpan));
    }

    @Override
    public double factor(Progress at) {
        return change.unit().of(at) < change.count() ? first.factor(at) : then.factor(at.since(firstSpan));
    }

    @Override
    public Optional<String> metric() {
        return then.metric();
    }

    @Override
    public void observe(double value, Direction direction) {
        observed++;
        if (observed > firstSpan.evaluations()) {
            then.observe(value, direction);
        }
    }

    @Override
    public Map<String, Double> state() {
        if (metric().isEmpty()) {
            return Map.of();
        }
        Map<String, Double> state = new HashMap<>();
        state.put(OBSERVED, (double) observed);
        then.state().forEach((name, value) -> state.put(THEN + name, value));
        return state;
    }

    @Override
    public void restore(Map<String, Double> state) {
        observed = state.getOrDefault(OBSERVED, 0.0).longValue();
        Map<String, Double> rest = new HashMap<>();
        state.forEach((name, value) -> {
            if (name.startsWith(THEN)) {
                rest.put(name.substring(THEN.length()), value);
            }
        });
        if (!rest.isEmpty()) {
            then.restore(rest);
        }
    }
}
