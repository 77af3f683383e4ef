package dev.assay.statistics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/**
 * Treatments compared over blocks by their ranks within each: Friedman 1937, "The use of ranks to avoid the assumption of normality implicit in
 * the analysis of variance", with Nemenyi's comparisons of all pairs as Demšar 2006 has them, "Statistical comparisons of classifiers over
 * multiple data sets". Immutable.
 */
public final class Friedman {
    private final double[] meanRanks;
    private final int blocks;
    private final TestResult test;

    private Friedman(double[] meanRanks, int blocks, TestResult test) {
        this.meanRanks = meanRanks;
        this.blocks = blocks;
        this.test = test;
    }

    /**
     * The comparison of those values, of which higher ones are better: the best of a block has rank 1.
     *
     * @param values block by treatment: a row a seed, a column a cell
     * @throws UnsuitableSampleException if there are fewer than two blocks or three treatments, rows differ in length, or all values of each
     *     block are the same
     */
    public static Friedman of(double[][] values) {
        check(values);
        int treatments = values[0].length;
        double n = values.length;
        double[] sums = new double[treatments];
        double ties = 0;
        for (double[] block : values) {
            double[] negated = new double[treatments];
            for (int j = 0; j < treatments; j++) {
                negated[j] = -block[j];
            }
            double[] ranks = Ranks.of(negated);
            for (int j = 0; j < treatments; j++) {
                sums[j] += ranks[j];
            }
            ties += Ranks.ties(negated);
        }
        return of(sums, n, ties);
    }

    private static Friedman of(double[] sums, double n, double ties) {
        double k = sums.length;
        double correction = 1 - ties / (k * (k * k - 1) * n);
        if (correction <= 0) {
            throw new UnsuitableSampleException(
                    "All values of each block are the same, but ranks need some that differ.");
        }
        double squares = 0;
        for (double sum : sums) {
            squares += sum * sum;
        }
        double statistic = (12 / (k * n * (k + 1)) * squares - 3 * n * (k + 1)) / correction;
        double p = ChiSquaredDistribution.of(k - 1).survivalProbability(Math.max(0, statistic));
        double[] means = new double[sums.length];
        for (int j = 0; j < means.length; j++) {
            means[j] = sums[j] / n;
        }
        return new Friedman(means, (int) n, new TestResult(statistic, p));
    }

    private static void check(double[][] values) {
        if (values.length < 2 || values[0].length < 3) {
            throw new UnsuitableSampleException(
                    "A Friedman test needs two blocks and three treatments at least, but there are " + values.length
                            + " blocks" + (values.length == 0 ? "." : " of " + values[0].length + " treatments."));
        }
        for (double[] block : values) {
            if (block.length != values[0].length) {
                throw new UnsuitableSampleException("Every block must have a value of each treatment, but they have "
                        + values[0].length + " and " + block.length + ".");
            }
            Sample.of(block);
        }
    }

    /** The mean rank of each treatment; 1 is the best. */
    public double[] meanRanks() {
        return meanRanks.clone();
    }

    /** Whether any treatment differs: the chi-squared statistic, corrected for values that are equal. */
    public TestResult test() {
        return test;
    }

    /** How far mean ranks must lie apart, by Nemenyi's test, for two treatments to differ at {@code alpha} over all pairs. */
    public double criticalDifference(double alpha) {
        return new StudentizedRange(meanRanks.length).quantile(alpha) / Math.sqrt(2) * standardError();
    }

    /** By Nemenyi's test, the probability of ranks so far apart, were all treatments alike, corrected for the number of pairs. */
    public double p(int one, int other) {
        return one == other
                ? 1
                : new StudentizedRange(meanRanks.length)
                        .survival(Math.abs(meanRanks[one] - meanRanks[other]) / standardError() * Math.sqrt(2));
    }

    private double standardError() {
        double k = meanRanks.length;
        return Math.sqrt(k * (k + 1) / (6.0 * blocks));
    }

    /**
     * The bars of a critical-difference diagram: the longest runs of treatments, best first, whose mean ranks lie within the critical difference.
     *
     * @return indices of treatments; those that stand alone are in none
     */
    public List<List<Integer>> indistinct(double alpha) {
        double critical = criticalDifference(alpha);
        List<Integer> order = IntStream.range(0, meanRanks.length)
                .boxed()
                .sorted(Comparator.comparingDouble(j -> meanRanks[j]))
                .toList();
        List<List<Integer>> groups = new ArrayList<>();
        int reached = 0;
        for (int first = 0; first < order.size(); first++) {
            int last = first;
            while (last + 1 < order.size()
                    && meanRanks[order.get(last + 1)] - meanRanks[order.get(first)] <= critical) {
                last++;
            }
            if (last > first && last + 1 > reached) {
                groups.add(order.subList(first, last + 1));
                reached = last + 1;
            }
        }
        return groups;
    }
}
