package dev.assay.statistics;

import dev.assay.random.RandomStream;
import java.util.Arrays;

/**
 * Whether paired differences lie around zero, by flipping their signs: each pattern of signs is as likely as any other if neither side of a pair
 * is better (Fisher 1935, "The design of experiments"). It asks for no distribution but that differences are symmetric about zero then.
 */
public final class SignFlipTest {
    /** Up to so many differences all patterns are gone through. */
    private static final int ALL_UP_TO = 16;

    /** Sums that differ by rounding only are the same. */
    private static final double SAME = 1e-12;

    private SignFlipTest() {}

    /**
     * The two-sided test: over all patterns for up to 16 differences, else over {@code drawn} random ones, the one seen counted among them
     * (Phipson and Smyth 2010, "Permutation p-values should never be zero").
     *
     * @param drawn random patterns
     * @return with the mean difference as the statistic
     */
    public static TestResult of(Sample differences, int drawn, RandomStream random) {
        double[] values = differences.values();
        double seen = Math.abs(Arrays.stream(values).sum());
        double least = seen - SAME * Arrays.stream(values).map(Math::abs).sum();
        int n = values.length;
        double p;
        if (n <= ALL_UP_TO) {
            int asFar = 0;
            for (int signs = 0; signs < 1 << n; signs++) {
                asFar += Math.abs(flipped(values, signs)) >= least ? 1 : 0;
            }
            p = (double) asFar / (1 << n);
        } else {
            int asFar = 0;
            for (int i = 0; i < drawn; i++) {
                asFar += Math.abs(flipped(values, random)) >= least ? 1 : 0;
            }
            p = (asFar + 1.0) / (drawn + 1.0);
        }
        return new TestResult(differences.mean(), p);
    }

    private static double flipped(double[] values, int signs) {
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += (signs >> i & 1) == 0 ? values[i] : -values[i];
        }
        return sum;
    }

    private static double flipped(double[] values, RandomStream random) {
        double sum = 0;
        long signs = 0;
        for (int i = 0; i < values.length; i++) {
            signs = i % Long.SIZE == 0 ? random.nextLong() : signs >>> 1;
            sum += (signs & 1) == 0 ? values[i] : -values[i];
        }
        return sum;
    }
}
