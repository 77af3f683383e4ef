package dev.assay.training;

import dev.assay.metric.Direction;
import java.util.Map;

/** Watches one metric and says when a training has gone on for long enough without progress. */
final class Patience implements Part {
    private final EarlyStopConfig config;
    private final Direction direction;
    private double best = Double.NaN;
    private int waited;
    private int rounds;

    /** What an evaluation means for the training. */
    enum Verdict {
        GO_ON,
        /** Go on from the best state at a lower rate. */
        DECAY,
        STOP
    }

    Patience(EarlyStopConfig config, Direction direction) {
        this.config = config;
        this.direction = direction;
    }

    Verdict observe(double value) {
        if (isProgress(value)) {
            best = value;
            waited = 0;
            return Verdict.GO_ON;
        }
        waited++;
        if (waited < config.patience()) {
            return Verdict.GO_ON;
        }
        if (rounds == config.rounds()) {
            return Verdict.STOP;
        }
        rounds++;
        waited = 0;
        return Verdict.DECAY;
    }

    /** What the learning rate is multiplied by after the rounds so far. */
    double rateFactor() {
        return Math.pow(config.decay(), rounds);
    }

    @Override
    public Map<String, Double> numbers() {
        return Map.of("best", best, "waited", (double) waited, "rounds", (double) rounds);
    }

    @Override
    public void restore(Map<String, Double> numbers) {
        best = numbers.getOrDefault("best", Double.NaN);
        waited = numbers.getOrDefault("waited", 0.0).intValue();
        rounds = numbers.getOrDefault("rounds", 0.0).intValue();
    }

    private boolean isProgress(double value) {
        if (Double.isNaN(best)) {
            return !Double.isNaN(value);
        }
        return switch (direction) {
            case MAXIMIZE -> value > best + config.minDelta();
            case MINIMIZE -> value < best - config.minDelta();
        };
    }
}
