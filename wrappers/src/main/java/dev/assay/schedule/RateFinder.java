package dev.assay.schedule;

import dev.assay.error.AssayException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The search for a learning rate (Smith 2017): a few steps with a rate that rises exponentially, until the loss explodes. It has the
 * arithmetic only: whoever trains asks for {@link #rate}, makes a step with it and tells the loss to {@link #observe}, while not
 * {@link #isFinished}. Smoothing and suggestions are those of fastai's {@code lr_find}. Not safe for use by several threads.
 */
public final class RateFinder {
    private static final double SMOOTHING = 0.98;
    private static final int LEFT_OUT_AT_BEGIN = 10;
    private static final int LEFT_OUT_AT_END = 5;

    private final Range range;
    private final double limit;
    private final List<Sample> samples = new ArrayList<>();
    private double average;
    private double best = Double.POSITIVE_INFINITY;
    private boolean isUnstable;

    /**
     * The rates that are tried.
     *
     * @param from rate of the first step
     * @param to rate of the last step
     * @param steps how many
     */
    public record Range(double from, double to, int steps) {
        /** @throws AssayException unless {@code 0 < from < to} and there are at least two steps */
        public Range {
            if (!(from > 0 && from < to && Double.isFinite(to) && steps > 1)) {
                throw new AssayException("The search for a learning rate from (" + from + ") to (" + to + ") in ("
                        + steps + ") steps must rise from above 0 in at least 2 steps.");
            }
        }

        double rate(int step) {
            return from * Math.pow(to / from, (double) step / (steps - 1));
        }
    }

    /**
     * One step.
     *
     * @param loss smoothed over this and the steps before
     */
    public record Sample(double rate, double loss) {}

    /** @param limit how many times the least smoothed loss the smoothed loss may be before the search ends; fastai has 4 */
    public RateFinder(Range range, double limit) {
        this.range = range;
        this.limit = limit;
    }

    /** The learning rate for the next step. */
    public double rate() {
        return range.rate(samples.size());
    }

    /** Takes the loss of a step that was made with {@link #rate}. A loss that is not finite ends the search and is no sample. */
    public void observe(double loss) {
        if (!Double.isFinite(loss)) {
            isUnstable = true;
            return;
        }
        double rate = rate();
        average = SMOOTHING * average + (1 - SMOOTHING) * loss;
        double smoothed = average / (1 - Math.pow(SMOOTHING, samples.size() + 1.0));
        samples.add(new Sample(rate, smoothed));
        best = Math.min(best, smoothed);
        isUnstable = smoothed > limit * best;
    }

    /** Whether all steps were made or the loss has exploded. */
    public boolean isFinished() {
        return isUnstable || samples.size() == range.steps();
    }

    /** All steps so far, in order. */
    public List<Sample> samples() {
        return List.copyOf(samples);
    }

    /** The rate at which the smoothed loss falls fastest by the logarithm of the rate; empty if too few steps were made. */
    public OptionalDouble steepest() {
        List<Sample> usable = usable();
        int steepest = 0;
        for (int i = 1; i < usable.size() - 1; i++) {
            if (slope(usable, i) < slope(usable, steepest)) {
                steepest = i;
            }
        }
        return usable.size() < 2
                ? OptionalDouble.empty()
                : OptionalDouble.of(usable.get(steepest).rate());
    }

    /**
     * The rate about half-way down the longest valley, which is as many samples long as the longest falling subsequence and ends where that
     * ends; empty if too few steps were made.
     */
    public OptionalDouble valley() {
        List<Sample> usable = usable();
        if (usable.isEmpty()) {
            return OptionalDouble.empty();
        }
        int[] lengths = fallingLengths(usable);
        int end = 0;
        for (int i = 1; i < lengths.length; i++) {
            end = lengths[i] > lengths[end] ? i : end;
        }
        int length = lengths[end];
        int middle = end - length + length / 3 + length / 6;
        return OptionalDouble.of(usable.get(Math.max(0, middle)).rate());
    }

    /** Without the beginning, where the smoothing has seen little, and the explosion at the end. */
    private List<Sample> usable() {
        int begin = range.steps() / LEFT_OUT_AT_BEGIN;
        int end = samples.size() - LEFT_OUT_AT_END;
        return begin < end ? samples.subList(begin, end) : List.of();
    }

    private static double slope(List<Sample> samples, int i) {
        Sample one = samples.get(i);
        Sample next = samples.get(i + 1);
        return (next.loss() - one.loss()) / (Math.log(next.rate()) - Math.log(one.rate()));
    }

    /** For each sample, the length of the longest falling subsequence that ends with it. */
    private static int[] fallingLengths(List<Sample> samples) {
        int[] lengths = new int[samples.size()];
        for (int i = 0; i < lengths.length; i++) {
            lengths[i] = 1;
            for (int j = 0; j < i; j++) {
                if (samples.get(i).loss() < samples.get(j).loss()) {
                    lengths[i] = Math.max(lengths[i], lengths[j] + 1);
                }
            }
        }
        return lengths;
    }
}
