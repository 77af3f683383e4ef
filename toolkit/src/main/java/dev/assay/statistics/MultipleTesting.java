package dev.assay.statistics;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Corrections of probabilities for the number of tests. Each takes p in any order and returns the corrected ones in the same, at most 1. */
public final class MultipleTesting {
    private MultipleTesting() {}

    /** Times the number of tests: the chance of any false finding is at most that asked for (Dunn 1961). */
    public static double[] bonferroni(double... p) {
        double[] corrected = checked(p).clone();
        for (int i = 0; i < p.length; i++) {
            corrected[i] = Math.min(1, p[i] * p.length);
        }
        return corrected;
    }

    /**
     * The same promise and more found: the smallest times n, the next times n − 1, and so on (Holm 1979, "A simple sequentially rejective
     * multiple test procedure").
     */
    public static double[] holm(double... p) {
        int[] order = ascending(checked(p));
        double[] corrected = new double[p.length];
        double before = 0;
        for (int i = 0; i < order.length; i++) {
            before = Math.max(before, Math.min(1, p[order[i]] * (p.length - i)));
            corrected[order[i]] = before;
        }
        return corrected;
    }

    /**
     * The expected share of false findings among the findings is at most that asked for, if tests are independent or positively dependent
     * (Benjamini and Hochberg 1995, "Controlling the false discovery rate").
     */
    public static double[] benjaminiHochberg(double... p) {
        int[] order = ascending(checked(p));
        double[] corrected = new double[p.length];
        double after = 1;
        for (int i = order.length - 1; i >= 0; i--) {
            after = Math.min(after, p[order[i]] * p.length / (i + 1));
            corrected[order[i]] = after;
        }
        return corrected;
    }

    private static int[] ascending(double[] p) {
        return IntStream.range(0, p.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> p[i]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static double[] checked(double[] p) {
        for (double each : p) {
            if (!(each >= 0 && each <= 1)) {
                throw new IllegalArgumentException("The probability (" + each + ") must be in [0, 1].");
            }
        }
        return p;
    }
}
