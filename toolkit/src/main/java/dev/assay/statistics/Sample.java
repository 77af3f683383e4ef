package dev.assay.statistics;

import java.util.Arrays;
import java.util.Collection;

/** Finite values, taken to be independent, such as a metric of each seed. There is one at least. Immutable and thread-safe. */
public final class Sample {
    private final double[] values;
    private final double[] sorted;

    private Sample(double[] values) {
        this.values = values;
        this.sorted = values.clone();
        Arrays.sort(sorted);
    }

    /**
     * A sample of those values, in their order.
     *
     * @throws UnsuitableSampleException if there is none, or one is NaN or infinite
     */
    public static Sample of(double... values) {
        if (values.length == 0) {
            throw new UnsuitableSampleException("The sample is empty but must have a value.");
        }
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                throw new UnsuitableSampleException("The values must be finite, but number " + (i + 1) + " of "
                        + values.length + " is " + values[i] + ".\nMaybe its trial diverged; leave it out and say so.");
            }
        }
        return new Sample(values.clone());
    }

    /** The same. */
    public static Sample of(Collection<Double> values) {
        return of(values.stream().mapToDouble(Double::doubleValue).toArray());
    }

    public int n() {
        return values.length;
    }

    /** A copy of the values in their order. */
    public double[] values() {
        return values.clone();
    }

    double value(int i) {
        return values[i];
    }

    double sorted(int i) {
        return sorted[i];
    }

    public double min() {
        return sorted[0];
    }

    public double max() {
        return sorted[sorted.length - 1];
    }

    public double mean() {
        return mean(values);
    }

    static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    public double median() {
        return quantile(0.5);
    }

    /**
     * The value below which a fraction of the sample lies, with linear interpolation between order statistics: type 7 of Hyndman and Fan 1996,
     * "Sample quantiles in statistical packages", which NumPy and R have by default.
     */
    public double quantile(double fraction) {
        if (!(fraction >= 0 && fraction <= 1)) {
            throw new IllegalArgumentException("The fraction (" + fraction + ") must be in [0, 1].");
        }
        double at = fraction * (sorted.length - 1);
        int below = (int) Math.floor(at);
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }

    /**
     * The interquartile mean: the mean of what is left when ⌊n / 4⌋ values are cut off at each end. More robust than the mean, more efficient
     * than the median (Agarwal et al. 2021, "Deep reinforcement learning at the edge of the statistical precipice").
     */
    public double interquartileMean() {
        int cut = sorted.length / 4;
        return mean(Arrays.copyOfRange(sorted, cut, sorted.length - cut));
    }

    /**
     * The unbiased estimate of the variance, with n − 1 below.
     *
     * @throws UnsuitableSampleException if there is one value only
     */
    public double variance() {
        atLeast(2, "a spread");
        double mean = mean();
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return squares / (values.length - 1);
    }

    /** The square root of {@link #variance()}. */
    public double deviation() {
        return Math.sqrt(variance());
    }

    /** The standard error of the mean: deviation / √n. */
    public double standardError() {
        return deviation() / Math.sqrt(values.length);
    }

    /** Whether all values are the same. */
    public boolean isConstant() {
        return min() == max();
    }

    /**
     * Student's interval of the mean: mean ± t(n − 1) · standard error ("The probable error of a mean", 1908). It takes the values for a sample
     * of a roughly normal population.
     *
     * @throws UnsuitableSampleException for fewer than two values, and if all are the same, which says nothing of their spread
     */
    public Interval meanInterval(double level) {
        return MeanDifference.ofOne(this).interval(level);
    }

    /**
     * The differences to another sample, value by value.
     *
     * @throws UnsuitableSampleException if they differ in size
     */
    public Sample minus(Sample other) {
        if (n() != other.n()) {
            throw new UnsuitableSampleException(
                    "Paired samples must be of one size, but these have " + n() + " and " + other.n() + " values.");
        }
        double[] differences = values.clone();
        for (int i = 0; i < differences.length; i++) {
            differences[i] -= other.values[i];
        }
        return new Sample(differences);
    }

    Sample atLeast(int least, String what) {
        if (n() < least) {
            throw new UnsuitableSampleException("The sample has " + (n() == 1 ? "1 value" : n() + " values") + ", but "
                    + what + " needs " + least + " at least.\nMaybe more replicates are needed.");
        }
        return this;
    }

    Sample withSpread(String what) {
        if (isConstant()) {
            throw new UnsuitableSampleException("All " + n() + " values of the sample are " + min() + ", but " + what
                    + " needs values that differ.\nMaybe the metric is too coarse, or does not depend on the seed.");
        }
        return this;
    }

    @Override
    public String toString() {
        return Arrays.toString(values);
    }
}
