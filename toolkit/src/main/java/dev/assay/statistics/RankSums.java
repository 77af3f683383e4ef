package dev.assay.statistics;

import java.util.Arrays;

/** How often each sum of ranks comes about over all arrangements, by the shift algorithm of Streitberg and Röhmel 1986. */
final class RankSums {
    /** Index: twice the sum, since ranks that are shared may be halves. */
    private final double[] counts;

    private RankSums(double[] counts) {
        this.counts = counts;
    }

    /** Of all ways to choose {@code size} of the ranks. */
    static RankSums ofChosen(double[] ranks, int size) {
        int[] doubled = doubled(ranks);
        int most = Arrays.stream(doubled).sum();
        double[][] ways = new double[size + 1][most + 1];
        ways[0][0] = 1;
        for (int rank : doubled) {
            for (int chosen = size; chosen > 0; chosen--) {
                for (int sum = most; sum >= rank; sum--) {
                    ways[chosen][sum] += ways[chosen - 1][sum - rank];
                }
            }
        }
        return new RankSums(ways[size]);
    }

    /** Of all ways to choose any of the ranks. */
    static RankSums ofAny(double[] ranks) {
        int[] doubled = doubled(ranks);
        double[] ways = new double[Arrays.stream(doubled).sum() + 1];
        ways[0] = 1;
        for (int rank : doubled) {
            for (int sum = ways.length - 1; sum >= rank; sum--) {
                ways[sum] += ways[sum - rank];
            }
        }
        return new RankSums(ways);
    }

    private static int[] doubled(double[] ranks) {
        return Arrays.stream(ranks).mapToInt(rank -> (int) Math.round(2 * rank)).toArray();
    }

    /** Twice the smaller tail, at most 1. */
    double twoSided(double sum) {
        int at = (int) Math.round(2 * sum);
        double below = 0;
        double above = 0;
        double all = 0;
        for (int i = 0; i < counts.length; i++) {
            all += counts[i];
            below += i <= at ? counts[i] : 0;
            above += i >= at ? counts[i] : 0;
        }
        return Math.min(1, 2 * Math.min(below, above) / all);
    }
}
