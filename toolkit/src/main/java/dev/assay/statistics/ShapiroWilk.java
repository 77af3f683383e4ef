package dev.assay.statistics;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Whether a sample may come from a normal population: Shapiro and Wilk 1965, by the approximations of Royston 1995, "Remark AS R94: a remark on
 * algorithm AS 181: the W-test for normality".
 */
public final class ShapiroWilk {
    private static final int MOST = 5000;
    private static final double[] C1 = {0, 0.221157, -0.147981, -2.071190, 4.434685, -2.706056};
    private static final double[] C2 = {0, 0.042981, -0.293762, -1.752461, 5.682633, -3.582633};
    private static final double[] C3 = {0.5440, -0.39978, 0.025054, -0.0006714};
    private static final double[] C4 = {1.3822, -0.77857, 0.062767, -0.0020322};
    private static final double[] C5 = {-1.5861, -0.31082, -0.083751, 0.0038915};
    private static final double[] C6 = {-0.4803, -0.082676, 0.0030302};
    private static final double[] G = {-2.273, 0.459};
    private static final double SMALLEST_W_OF_THREE = 0.75;
    private static final double TINY = 1e-19;
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    private ShapiroWilk() {}

    /**
     * The test of a sample of 3 to 5,000 values.
     *
     * @return with the statistic W, at most 1
     * @throws UnsuitableSampleException for other sizes, and if all values are the same
     */
    public static TestResult of(Sample sample) {
        sample.atLeast(3, "a Shapiro–Wilk test").withSpread("a Shapiro–Wilk test");
        int n = sample.n();
        if (n > MOST) {
            throw new UnsuitableSampleException(
                    "The sample has " + n + " values, but a Shapiro–Wilk test is known for up to " + MOST + ".");
        }
        double short1 = oneMinusW(sample, weights(n));
        return new TestResult(1 - short1, n == 3 ? pOfThree(1 - short1) : p(short1, n));
    }

    /** Weights of the largest values downwards; those of the smallest are their negatives. */
    private static double[] weights(int n) {
        double[] a = new double[n / 2];
        if (n == 3) {
            a[0] = Math.sqrt(0.5);
            return a;
        }
        double squares = 0;
        for (int i = 0; i < a.length; i++) {
            a[i] = -NORMAL.inverseCumulativeProbability((i + 1 - 0.375) / (n + 0.25));
            squares += 2 * a[i] * a[i];
        }
        double root = 1 / Math.sqrt(n);
        double first = polynomial(C1, root) + a[0] / Math.sqrt(squares);
        double second = a.length > 1 ? polynomial(C2, root) + a[1] / Math.sqrt(squares) : 0;
        boolean two = n > 5;
        double rest = squares - 2 * a[0] * a[0] - (two ? 2 * a[1] * a[1] : 0);
        double scale = Math.sqrt(rest / (1 - 2 * first * first - (two ? 2 * second * second : 0)));
        for (int i = 0; i < a.length; i++) {
            a[i] = i == 0 ? first : i == 1 && two ? second : a[i] / scale;
        }
        return a;
    }

    /** 1 − W, computed as such since W is near 1. */
    private static double oneMinusW(Sample sample, double[] weights) {
        int n = sample.n();
        double range = sample.max() - sample.min();
        double mean = sample.mean();
        double squaresOfWeights = 0;
        double squares = 0;
        double products = 0;
        for (int i = 0; i < n; i++) {
            int mirrored = n - 1 - i;
            double weight = i == mirrored ? 0 : i < mirrored ? -weights[i] : weights[mirrored];
            double x = (sample.sorted(i) - mean) / range;
            squaresOfWeights += weight * weight;
            squares += x * x;
            products += weight * x;
        }
        double both = Math.sqrt(squaresOfWeights * squares);
        return (both - products) * (both + products) / (squaresOfWeights * squares);
    }

    private static double pOfThree(double w) {
        return w <= SMALLEST_W_OF_THREE ? 0 : Math.max(0, 1 - 6 / Math.PI * Math.acos(Math.sqrt(Math.min(1, w))));
    }

    private static double p(double oneMinusW, int n) {
        double y = Math.log(oneMinusW);
        double mean;
        double deviation;
        if (n <= 11) {
            double gamma = polynomial(G, n);
            if (y >= gamma) {
                return TINY;
            }
            y = -Math.log(gamma - y);
            mean = polynomial(C3, n);
            deviation = Math.exp(polynomial(C4, n));
        } else {
            mean = polynomial(C5, Math.log(n));
            deviation = Math.exp(polynomial(C6, Math.log(n)));
        }
        return NORMAL.survivalProbability((y - mean) / deviation);
    }

    private static double polynomial(double[] coefficients, double x) {
        double sum = 0;
        for (int i = coefficients.length - 1; i >= 0; i--) {
            sum = sum * x + coefficients[i];
        }
        return sum;
    }
}
