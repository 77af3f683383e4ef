package dev.assay.statistics;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.statistics.distribution.NormalDistribution;

/** How large a difference is, in terms that do not depend on the unit. */
public final class EffectSize {
    private EffectSize() {}

    /** The difference of the means in pooled standard deviations: Cohen 1988, "Statistical power analysis for the behavioral sciences". */
    public static double cohenD(Sample a, Sample b) {
        return (a.mean() - b.mean()) / pooledDeviation(List.of(a, b));
    }

    /**
     * Cohen's d without the bias of small samples, by the exact factor Γ(m/2) / (√(m/2) Γ((m−1)/2)): Hedges 1981, "Distribution theory for
     * Glass's estimator of effect size and related estimators".
     */
    public static double hedgesG(Sample a, Sample b) {
        return hedgesG(a.mean() - b.mean(), List.of(a, b));
    }

    /**
     * The same for a difference that is any weighted sum of the means of some samples.
     *
     * @throws UnsuitableSampleException if no sample has any spread
     */
    public static double hedgesG(double difference, List<Sample> samples) {
        if (freedom(samples) < 2) {
            throw new UnsuitableSampleException("The samples leave " + freedom(samples)
                    + " degrees of freedom, but Hedges' g needs 2 at least.\nMaybe more replicates are needed.");
        }
        return difference / pooledDeviation(samples) * unbiasing(freedom(samples));
    }

    static double pooledDeviation(List<Sample> samples) {
        double squares = 0;
        for (Sample sample : samples) {
            squares += sample.n() < 2 ? 0 : sample.variance() * (sample.n() - 1);
        }
        if (squares == 0) {
            throw new UnsuitableSampleException("No sample has two values that differ, but an effect size needs some"
                    + " spread to hold the difference against.\nMaybe more replicates are needed.");
        }
        return Math.sqrt(squares / freedom(samples));
    }

    private static int freedom(List<Sample> samples) {
        return samples.stream().mapToInt(sample -> sample.n() - 1).sum();
    }

    /** The quotient of gammas goes up in steps: r(m) r(m + 1) = (m − 1) / 2, r(2) = 1 / √π. */
    private static double unbiasing(int freedom) {
        double quotient = 1 / Math.sqrt(Math.PI);
        for (int m = 2; m < freedom; m++) {
            quotient = (m - 1) / 2.0 / quotient;
        }
        return quotient / Math.sqrt(freedom / 2.0);
    }

    /**
     * How much more often a value of {@code a} is the larger one of a pair than the smaller one, −1 to 1: Cliff 1993, "Dominance statistics:
     * ordinal analyses to answer ordinal questions".
     */
    public static double cliffsDelta(Sample a, Sample b) {
        double sum = 0;
        for (int i = 0; i < a.n(); i++) {
            for (int j = 0; j < b.n(); j++) {
                sum += Math.signum(a.value(i) - b.value(j));
            }
        }
        return sum / ((double) a.n() * b.n());
    }

    /**
     * The probability that a value of {@code a} is larger than one of {@code b}, equal ones by half: Agarwal et al. 2021, "Deep reinforcement
     * learning at the edge of the statistical precipice".
     */
    public static double probabilityOfImprovement(Sample a, Sample b) {
        return (cliffsDelta(a, b) + 1) / 2;
    }

    /**
     * The interval of {@link #probabilityOfImprovement}: method 5 of Newcombe 2006, "Confidence intervals for an effect size measure based on the
     * Mann–Whitney statistic. Part 2". Unlike a bootstrap it does not shrink to a point where two small samples do not overlap.
     */
    public static Interval improvementInterval(Sample a, Sample b, double level) {
        Interval.checkLevel(level);
        double found = probabilityOfImprovement(a, b);
        double z = NormalDistribution.of(0, 1).inverseSurvivalProbability((1 - level) / 2);
        DoubleUnaryOperator reach = truth -> z * Math.sqrt(variance(truth, a.n(), b.n()));
        double low = found == 0 ? 0 : root(truth -> truth + reach.applyAsDouble(truth) - found, 0, found);
        double high = found == 1 ? 1 : root(truth -> truth - reach.applyAsDouble(truth) - found, found, 1);
        return new Interval(low, high, level);
    }

    /** Of the estimate if {@code truth} were true: that of Hanley and McNeil 1982 with both sizes replaced by their mean. */
    private static double variance(double truth, int m, int n) {
        double more = (m + n) / 2.0 - 1;
        return truth * (1 - truth) * (1 + more * ((1 - truth) / (2 - truth) + truth / (1 + truth))) / ((double) m * n);
    }

    /** Where the function, negative or zero at {@code low} and positive or zero at {@code high}, crosses zero. */
    private static double root(DoubleUnaryOperator function, double low, double high) {
        double from = low;
        double to = high;
        for (int i = 0; i < 100; i++) {
            double middle = (from + to) / 2;
            if (function.applyAsDouble(middle) < 0) {
                from = middle;
            } else {
                to = middle;
            }
        }
        return (from + to) / 2;
    }
}
