package dev.assay.schedule;

import dev.assay.metric.Direction;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** The runtime of {@link WarmUp}. What is evaluated while the rate rises is no concern of the schedule after it. */
final class WarmUpSchedule implements Schedule {
    private static final String OBSERVED = "observed";
    private static final String THEN = "then/";

    private final WarmUp config;
    private final Span rise;
    private final Schedule then;
    private long observed;

    WarmUpSchedule(WarmUp config, Span span) {
        this.config = config;
        this.rise = span.first(config.steps(), config.per());
        this.then = config.then().over(span.without(rise));
    }

    @Override
    public double factor(Progress at) {
        long count = config.per().of(at);
        return count < config.steps()
                ? config.from() + (1 - config.from()) * count / config.steps()
                : then.factor(at.since(rise));
    }

    @Override
    public Optional<String> metric() {
        return then.metric();
    }

    @Override
    public void observe(double value, Direction direction) {
        observed++;
        if (observed > rise.evaluations()) {
            then.observe(value, direction);
        }
    }

    @Override
    public Map<String, Double> state() {
        if (metric().isEmpty()) {
            return Map.of();
        }
        Map<String, Double> state = new TreeMap<>();
        then.state().forEach((name, value) -> state.put(THEN + name, value));
        state.put(OBSERVED, (double) observed);
        return state;
    }

    @Override
    public void restore(Map<String, Double> state) {
        if (metric().isEmpty()) {
            return;
        }
        Map<String, Double> rest = new TreeMap<>();
        state.forEach((name, value) -> rest.put(name.replaceFirst(THEN, ""), value));
        observed = Objects.requireNonNull(state.get(OBSERVED)).longValue();
        then.restore(rest);
    }
}
