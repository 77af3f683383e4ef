package dev.assay.statistics;

import java.util.List;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * A difference of means with its standard error, from which the t test and its interval follow.
 *
 * @param difference first mean minus second
 * @param standardError of the difference, positive
 * @param freedom degrees of freedom
 */
public record MeanDifference(double difference, double standardError, double freedom) {

    /** The mean of one sample, as its difference from zero. */
    static MeanDifference ofOne(Sample sample) {
        sample.atLeast(2, "an interval of the mean").withSpread("an interval of the mean");
        return new MeanDifference(sample.mean(), sample.standardError(), sample.n() - 1);
    }

    /**
     * For samples whose variances may differ: Welch 1947, "The generalization of 'Student's' problem when several different population
     * variances are involved", with Satterthwaite's degrees of freedom.
     *
     * @throws UnsuitableSampleException if a sample has fewer than two values or neither has any spread
     */
    public static MeanDifference welch(Sample a, Sample b) {
        return contrast(List.of(a, b), 1, -1);
    }

    /** For samples of one variance: Student's test with a pooled variance. */
    public static MeanDifference student(Sample a, Sample b) {
        double error = EffectSize.pooledDeviation(List.of(a, b)) * Math.sqrt(1.0 / a.n() + 1.0 / b.n());
        return new MeanDifference(a.mean() - b.mean(), error, a.n() + b.n() - 2);
    }

    /**
     * For samples whose values belong together one to one, such as trials of the same seeds: Student's test of the differences.
     *
     * @throws UnsuitableSampleException if the samples differ in size, have fewer than two values, or all differences are the same
     */
    public static MeanDifference paired(Sample a, Sample b) {
        return ofOne(a.minus(b));
    }

    /**
     * A weighted sum of the means of several samples whose variances may differ, such as the difference of two differences; degrees of freedom are
     * Satterthwaite's. With the weights 1 and −1 it is Welch's.
     *
     * @throws UnsuitableSampleException if a sample has fewer than two values or none has any spread
     */
    public static MeanDifference contrast(List<Sample> samples, double... weights) {
        double sum = 0;
        double variance = 0;
        double squares = 0;
        for (int i = 0; i < weights.length; i++) {
            Sample sample = samples.get(i);
            double part = weights[i] * weights[i] * sample.variance() / sample.n();
            sum += weights[i] * sample.mean();
            variance += part;
            squares += part * part / (sample.n() - 1);
        }
        if (variance == 0) {
            throw new UnsuitableSampleException("No sample has any spread, but a difference of means needs some to be"
                    + " held against.\nMaybe the metric is too coarse, or does not depend on the seed.");
        }
        return new MeanDifference(sum, Math.sqrt(variance), variance * variance / squares);
    }

    /** The t statistic: difference / standard error. */
    public double statistic() {
        return difference / standardError;
    }

    /** The probability, were the means equal, of a difference this far from zero on either side. */
    public double p() {
        return Math.min(1, 2 * TDistribution.of(freedom).survivalProbability(Math.abs(statistic())));
    }

    /** The interval of the difference. */
    public Interval interval(double level) {
        Interval.checkLevel(level);
        double half = TDistribution.of(freedom).inverseSurvivalProbability((1 - level) / 2) * standardError;
        return new Interval(difference - half, difference + half, level);
    }
}
