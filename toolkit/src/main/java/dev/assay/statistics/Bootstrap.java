package dev.assay.statistics;

import dev.assay.random.RandomStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * What a statistic comes to over samples drawn again, with replacement, from those there are (Efron and Tibshirani 1993, "An introduction to the
 * bootstrap"). With several samples each is drawn from by itself, which is the stratified bootstrap. Immutable.
 */
public final class Bootstrap {
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    private final Statistic statistic;
    private final double[][] strata;
    private final double estimate;
    private final double[] sorted;

    private Bootstrap(Statistic statistic, double[][] strata, double estimate, double[] sorted) {
        this.statistic = statistic;
        this.strata = strata;
        this.estimate = estimate;
        this.sorted = sorted;
    }

    /** What is estimated, a function of the samples in their order. */
    @FunctionalInterface
    public interface Statistic {
        /** The value for those samples, which it must not change. */
        double of(double[][] samples);
    }

    /** Of the mean of one sample. */
    public static Bootstrap ofMean(Sample sample, int resamples, RandomStream random) {
        return of(samples -> Sample.mean(samples[0]), List.of(sample), resamples, random);
    }

    /**
     * Draws the samples again.
     *
     * @param resamples how often; some thousands
     * @throws UnsuitableSampleException if no sample has two values that differ
     */
    public static Bootstrap of(Statistic statistic, List<Sample> samples, int resamples, RandomStream random) {
        if (samples.stream().allMatch(Sample::isConstant)) {
            throw new UnsuitableSampleException(
                    "No sample has two values that differ, but a bootstrap needs some.\nMaybe more replicates are needed.");
        }
        if (resamples < 1) {
            throw new IllegalArgumentException("The number of resamples (" + resamples + ") must be positive.");
        }
        double[][] strata = samples.stream().map(Sample::values).toArray(double[][]::new);
        double[][] drawn = new double[strata.length][];
        for (int s = 0; s < strata.length; s++) {
            drawn[s] = new double[strata[s].length];
        }
        double[] found = new double[resamples];
        for (int i = 0; i < resamples; i++) {
            for (int s = 0; s < strata.length; s++) {
                for (int j = 0; j < drawn[s].length; j++) {
                    drawn[s][j] = strata[s][random.nextInt(strata[s].length)];
                }
            }
            found[i] = statistic.of(drawn);
        }
        Arrays.sort(found);
        return new Bootstrap(statistic, strata, statistic.of(strata), found);
    }

    /** The statistic of the samples as they are. */
    public double estimate() {
        return estimate;
    }

    /** Between quantiles of what was found. */
    public Interval percentile(double level) {
        Interval.checkLevel(level);
        return new Interval(quantile((1 - level) / 2), quantile((1 + level) / 2), level);
    }

    /** The percentile interval turned around the estimate. */
    public Interval basic(double level) {
        Interval percentile = percentile(level);
        return new Interval(2 * estimate - percentile.high(), 2 * estimate - percentile.low(), level);
    }

    /**
     * Between quantiles corrected for bias and for a spread that changes with the value: Efron 1987, "Better bootstrap confidence intervals", with
     * the acceleration by leaving out one value at a time.
     *
     * @throws UnsuitableSampleException if all resamples lie on one side of the estimate
     */
    public Interval bca(double level) {
        Interval.checkLevel(level);
        double below = 0;
        for (double each : sorted) {
            below += each < estimate ? 1 : each == estimate ? 0.5 : 0;
        }
        double share = below / sorted.length;
        if (share == 0 || share == 1) {
            throw new UnsuitableSampleException("All resamples lie on one side of the estimate (" + estimate
                    + "), but a BCa interval needs some on each.\nMaybe take percentile intervals.");
        }
        double bias = NORMAL.inverseCumulativeProbability(share);
        double acceleration = acceleration();
        return new Interval(
                quantile(corrected((1 - level) / 2, bias, acceleration)),
                quantile(corrected((1 + level) / 2, bias, acceleration)),
                level);
    }

    private static double corrected(double fraction, double bias, double acceleration) {
        double z = bias + NORMAL.inverseCumulativeProbability(fraction);
        return NORMAL.cumulativeProbability(bias + z / (1 - acceleration * z));
    }

    /** From the empirical influence of each value; over several samples as Davison and Hinkley 1997 add them up, section 5.3. */
    private double acceleration() {
        double cubes = 0;
        double squares = 0;
        for (int s = 0; s < strata.length; s++) {
            double n = strata[s].length;
            double[] without = leftOut(s);
            double mean = Sample.mean(without);
            for (double each : without) {
                double influence = (n - 1) * (mean - each);
                cubes += influence * influence * influence / (n * n * n);
                squares += influence * influence / (n * n);
            }
        }
        return squares == 0 ? 0 : cubes / (6 * Math.pow(squares, 1.5));
    }

    /** The statistic without each value of a sample; where it is the only one, with it. */
    private double[] leftOut(int stratum) {
        double[] all = strata[stratum];
        double[][] samples = strata.clone();
        double[] found = new double[all.length];
        for (int i = 0; i < all.length; i++) {
            int left = i;
            samples[stratum] = all.length == 1
                    ? all
                    : IntStream.range(0, all.length)
                            .filter(j -> j != left)
                            .mapToDouble(j -> all[j])
                            .toArray();
            found[i] = statistic.of(samples);
        }
        return found;
    }

    private double quantile(double fraction) {
        double at = fraction * (sorted.length - 1);
        int low = (int) Math.floor(at);
        int high = Math.min(low + 1, sorted.length - 1);
        return sorted[low] + (at - low) * (sorted[high] - sorted[low]);
    }
}
