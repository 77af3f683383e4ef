package dev.assay.statistics;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.apache.commons.statistics.inference.ContinuityCorrection;
import org.apache.commons.statistics.inference.MannWhitneyUTest;
import org.apache.commons.statistics.inference.PValueMethod;
import org.apache.commons.statistics.inference.WilcoxonSignedRankTest;

/** Tests that look at the order of the values only, two-sided. */
public final class RankTests {
    /** Up to so many values, exact probabilities are found in a moment. */
    private static final int EXACT_UP_TO = 50;

    private RankTests() {}

    /** How the probability is found. */
    public enum Method {
        /**
         * By counting all arrangements of the ranks that were seen, also where values are equal (Streitberg and Röhmel 1986, "Exact
         * distributions for permutation and rank tests").
         */
        EXACT,
        /** By the normal distribution, with the variance corrected for values that are equal. */
        ASYMPTOTIC
    }

    /**
     * Whether values of one population tend to be larger than those of another: Mann and Whitney 1947, "On a test of whether one of two random
     * variables is stochastically larger than the other". The exact one for up to 50 values.
     *
     * @return with the statistic U: pairs in which {@code a} has the larger value, equal ones by half
     */
    public static TestResult mannWhitney(Sample a, Sample b) {
        return mannWhitney(a, b, a.n() + b.n() <= EXACT_UP_TO ? Method.EXACT : Method.ASYMPTOTIC);
    }

    /** The same by a method; the asymptotic one with a correction for continuity. */
    public static TestResult mannWhitney(Sample a, Sample b, Method method) {
        double[] all = Ranks.joined(a.values(), b.values());
        Sample.of(all).withSpread("a Mann–Whitney test");
        double[] ranks = Ranks.of(all);
        double u = sum(Arrays.copyOf(ranks, a.n())) - a.n() * (a.n() + 1) / 2.0;
        if (method == Method.EXACT && Ranks.ties(all) > 0) {
            return new TestResult(u, RankSums.ofChosen(ranks, a.n()).twoSided(sum(Arrays.copyOf(ranks, a.n()))));
        }
        return new TestResult(
                u,
                MannWhitneyUTest.withDefaults()
                        .with(of(method))
                        .with(ContinuityCorrection.ENABLED)
                        .test(a.values(), b.values())
                        .getPValue());
    }

    /**
     * Whether paired differences lie around zero: Wilcoxon 1945, "Individual comparisons by ranking methods". Differences of zero are left
     * out, as he did. The exact one for up to 50 pairs.
     *
     * @return with the statistic T: the smaller of the sums of the positive and of the negative differences' ranks
     * @throws UnsuitableSampleException if the samples differ in size or all differences are zero
     */
    public static TestResult wilcoxon(Sample a, Sample b) {
        return wilcoxon(a, b, a.n() <= EXACT_UP_TO ? Method.EXACT : Method.ASYMPTOTIC);
    }

    /** The same by a method; the asymptotic one without a correction for continuity. */
    public static TestResult wilcoxon(Sample a, Sample b, Method method) {
        double[] differences =
                Arrays.stream(a.minus(b).values()).filter(d -> d != 0).toArray();
        if (differences.length == 0) {
            throw new UnsuitableSampleException(
                    "All " + a.n() + " pairs are equal, but a Wilcoxon test needs pairs that differ.");
        }
        double[] sizes = Arrays.stream(differences).map(Math::abs).toArray();
        double[] ranks = Ranks.of(sizes);
        double positive = 0;
        for (int i = 0; i < ranks.length; i++) {
            positive += differences[i] > 0 ? ranks[i] : 0;
        }
        double smaller = Math.min(positive, sum(ranks) - positive);
        if (method == Method.EXACT && Ranks.ties(sizes) > 0) {
            return new TestResult(smaller, RankSums.ofAny(ranks).twoSided(positive));
        }
        return new TestResult(
                smaller,
                WilcoxonSignedRankTest.withDefaults()
                        .with(of(method))
                        .with(ContinuityCorrection.DISABLED)
                        .test(differences)
                        .getPValue());
    }

    /**
     * Whether several populations lie alike: Kruskal and Wallis 1952, "Use of ranks in one-criterion variance analysis", by the chi-squared
     * distribution, corrected for values that are equal.
     *
     * @throws UnsuitableSampleException if there are fewer than two samples or all values are the same
     */
    public static TestResult kruskalWallis(List<Sample> samples) {
        double[] all = GroupTests.pooled(samples, "a Kruskal–Wallis test");
        Sample.of(all).withSpread("a Kruskal–Wallis test");
        double[] ranks = Ranks.of(all);
        double n = all.length;
        double h = 0;
        int at = 0;
        for (Sample sample : samples) {
            double sum = sum(Arrays.copyOfRange(ranks, at, at + sample.n()));
            h += sum * sum / sample.n();
            at += sample.n();
        }
        double statistic = (12 / (n * (n + 1)) * h - 3 * (n + 1)) / (1 - Ranks.ties(all) / (n * n * n - n));
        return new TestResult(
                statistic, ChiSquaredDistribution.of(samples.size() - 1).survivalProbability(Math.max(0, statistic)));
    }

    private static PValueMethod of(Method method) {
        return switch (method) {
            case EXACT -> PValueMethod.EXACT;
            case ASYMPTOTIC -> PValueMethod.ASYMPTOTIC;
        };
    }

    private static double sum(double[] values) {
        return Arrays.stream(values).sum();
    }
}
