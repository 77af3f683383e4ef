package dev.assay.analysis;

import dev.assay.statistics.Interval;
import dev.assay.statistics.MeanDifference;
import dev.assay.statistics.Sample;
import java.util.Collection;

/**
 * A mean, or a difference of means, with its 95 % confidence interval by Student's t, which takes the values for a sample of a roughly normal
 * population.
 *
 * @param n number of values
 * @param mean their mean; NaN for none
 * @param deviation sample standard deviation; NaN for fewer than two, and for a difference
 * @param low lower end of the interval; NaN where there is none
 * @param high upper end
 */
public record Estimate(int n, double mean, double deviation, double low, double high) {
    static final double LEVEL = 0.95;

    /** The estimate from independent values. If all are the same, the interval is the point. */
    public static Estimate of(Collection<Double> values) {
        if (values.isEmpty()) {
            return point(0, Double.NaN);
        }
        Sample sample = Sample.of(values);
        if (sample.n() < 2) {
            return point(1, sample.mean());
        }
        if (sample.isConstant()) {
            return new Estimate(sample.n(), sample.min(), 0, sample.min(), sample.min());
        }
        Interval interval = sample.meanInterval(LEVEL);
        return new Estimate(sample.n(), sample.mean(), sample.deviation(), interval.low(), interval.high());
    }

    static Estimate of(MeanDifference difference, int n) {
        Interval interval = difference.interval(LEVEL);
        return new Estimate(n, difference.difference(), Double.NaN, interval.low(), interval.high());
    }

    /** A value without an interval. */
    static Estimate point(int n, double value) {
        return new Estimate(n, value, Double.NaN, Double.NaN, Double.NaN);
    }

    Estimate negated() {
        return new Estimate(n, -mean, deviation, -high, -low);
    }

    /** Whether there is an interval, that is, whether there were two values at least. */
    public boolean hasInterval() {
        return !Double.isNaN(low);
    }

    /** Whether zero lies outside the interval. */
    public boolean excludesZero() {
        return hasInterval() && (low > 0 || high < 0);
    }
}
