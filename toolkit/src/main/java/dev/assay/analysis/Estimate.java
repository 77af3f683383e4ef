package dev.assay.analysis;

import java.util.Collection;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * A mean with its 95 % confidence interval, by Student's t: mean ± t(0.975, n − 1) · s / √n, where s is the sample standard deviation. It
 * takes the values for a sample of a roughly normal population.
 *
 * @param n number of values
 * @param mean their mean; NaN for none
 * @param deviation sample standard deviation; NaN for fewer than two
 * @param low lower end of the interval; NaN for fewer than two values
 * @param high upper end
 */
public record Estimate(int n, double mean, double deviation, double low, double high) {
    static final double LEVEL = 0.95;

    /** The estimate from independent values. */
    public static Estimate of(Collection<Double> values) {
        int n = values.size();
        double mean = values.stream().mapToDouble(Double::doubleValue).sum() / n;
        if (n < 2) {
            return new Estimate(n, n == 0 ? Double.NaN : mean, Double.NaN, Double.NaN, Double.NaN);
        }
        double squares =
                values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
        double deviation = Math.sqrt(squares / (n - 1));
        return around(n, mean, deviation, deviation / Math.sqrt(n), n - 1);
    }

    /** A mean with a standard error of {@code error} on {@code freedom} degrees of freedom. */
    static Estimate around(int n, double mean, double deviation, double error, double freedom) {
        // No spread at all: the interval is the point, and t has nothing to say.
        double half = error == 0 ? 0 : TDistribution.of(freedom).inverseCumulativeProbability((1 + LEVEL) / 2) * error;
        return new Estimate(n, mean, deviation, mean - half, mean + half);
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
