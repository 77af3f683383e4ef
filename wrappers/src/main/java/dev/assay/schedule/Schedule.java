package dev.assay.schedule;

import dev.assay.metric.Direction;
import java.util.Map;
import java.util.Optional;

/**
 * What the optimizer's learning rate is multiplied by, at each point of a training. Most schedules are functions of the point alone; one that
 * follows a metric also depends on what was observed, and keeps that as its {@link #state}. Those are not safe for use by several threads.
 */
@FunctionalInterface
public interface Schedule {

    /**
     * A schedule at the beginning of a training.
     *
     * @param span how long the training is
     */
    static Schedule of(ScheduleConfig config, Span span) {
        return config.over(span);
    }

    /** The factor for the next step, after so much of the training; beyond its end, that of the end. */
    double factor(Progress at);

    /** The metric it follows, such as {@code val.loss}, if it follows one. */
    default Optional<String> metric() {
        return Optional.empty();
    }

    /**
     * Tells it the value of its metric; to be called once after each evaluation.
     *
     * @param direction in which values of that metric are better
     */
    default void observe(double value, Direction direction) {}

    /** All it knows from what it observed. */
    default Map<String, Double> state() {
        return Map.of();
    }

    /** Takes over what {@link #state} of a schedule of the same config gave. */
    default void restore(Map<String, Double> state) {}
}
