package dev.assay.schedule;

import dev.assay.metric.Direction;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** The runtime of {@link Plateau}, with the arithmetic of {@code ReduceLROnPlateau} apart from its limit for very small changes. */
final class PlateauSchedule implements Schedule {
    private static final String FACTOR = "factor";
    private static final String WAITED = "waited";
    private static final String COOLDOWN = "cooldown";
    private static final String BEST = "best";

    private final Plateau config;
    private double factor = 1;
    private int waited;
    private int cooldown;
    private OptionalDouble best = OptionalDouble.empty();

    PlateauSchedule(Plateau config) {
        this.config = config;
    }

    @Override
    public double factor(Progress at) {
        return factor;
    }

    @Override
    public Optional<String> metric() {
        return Optional.of(config.metric());
    }

    @Override
    public void observe(double value, Direction direction) {
        if (isProgress(value, direction)) {
            best = OptionalDouble.of(value);
            waited = 0;
        } else {
            waited++;
        }
        if (cooldown > 0) {
            cooldown--;
            waited = 0;
        }
        if (waited > config.patience()) {
            factor = Math.max(factor * config.factor(), config.min());
            cooldown = config.cooldown();
            waited = 0;
        }
    }

    @Override
    public Map<String, Double> state() {
        Map<String, Double> state = new TreeMap<>();
        state.put(FACTOR, factor);
        state.put(WAITED, (double) waited);
        state.put(COOLDOWN, (double) cooldown);
        best.ifPresent(value -> state.put(BEST, value));
        return state;
    }

    @Override
    public void restore(Map<String, Double> state) {
        factor = Objects.requireNonNull(state.get(FACTOR));
        waited = Objects.requireNonNull(state.get(WAITED)).intValue();
        cooldown = Objects.requireNonNull(state.get(COOLDOWN)).intValue();
        Double known = state.get(BEST);
        best = known == null ? OptionalDouble.empty() : OptionalDouble.of(known);
    }

    /** A value that is no number is none. */
    private boolean isProgress(double value, Direction direction) {
        double sign = direction == Direction.MAXIMIZE ? 1 : -1;
        double reference = best.orElse(-sign * Double.POSITIVE_INFINITY);
        double bar = config.thresholdMode() == ThresholdMode.RELATIVE
                ? reference * (1 + sign * config.threshold())
                : reference + sign * config.threshold();
        return direction.isBetter(value, bar);
    }
}
