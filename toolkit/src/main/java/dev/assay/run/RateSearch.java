package dev.assay.run;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What came of trying rising learning rates on a few steps.
 *
 * @param samples the steps, in order
 * @param valley rate in the middle of the longest fall of the loss; a careful choice, empty if too few steps were made
 * @param steepest rate at which the loss fell fastest; a bold one
 */
public record RateSearch(List<Sample> samples, OptionalDouble valley, OptionalDouble steepest) {
    public RateSearch {
        samples = List.copyOf(samples);
    }

    /**
     * One step.
     *
     * @param rate learning rate
     * @param loss smoothed over this and the steps before
     */
    public record Sample(double rate, double loss) {}

    /**
     * Which rates are tried.
     *
     * @param from rate of the first step
     * @param to rate of the last step, unless the loss explodes before
     * @param steps how many
     */
    public record Range(double from, double to, int steps) {}
}
