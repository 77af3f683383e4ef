package dev.assay.statistics;

import org.apache.commons.statistics.distribution.TDistribution;

/**
 * The straight line of least squares, y = intercept + slope · x, for errors that are independent, normal and of one variance (Draper and Smith
 * 1998, "Applied regression analysis", chapter 1).
 *
 * @param n points
 * @param slope of the line
 * @param intercept value at x = 0
 * @param r Pearson's coefficient of correlation
 * @param slopeError standard error of the slope
 * @param meanX mean of x
 * @param squaresX sum of the squared differences of x from its mean
 */
public record LinearRegression(
        int n, double slope, double intercept, double r, double slopeError, double meanX, double squaresX) {

    /**
     * The line through those points.
     *
     * @throws UnsuitableSampleException if the samples differ in size, have fewer than three values, or one has no spread
     */
    public static LinearRegression of(Sample x, Sample y) {
        y.minus(x);
        x.atLeast(3, "a regression").withSpread("a regression");
        y.withSpread("a regression");
        double meanX = x.mean();
        double meanY = y.mean();
        double xx = x.variance() * (x.n() - 1);
        double yy = y.variance() * (y.n() - 1);
        double xy = 0;
        for (int i = 0; i < x.n(); i++) {
            xy += (x.value(i) - meanX) * (y.value(i) - meanY);
        }
        double r = Math.max(-1, Math.min(1, xy / Math.sqrt(xx * yy)));
        double error = Math.sqrt(Math.max(0, 1 - r * r) * yy / xx / (x.n() - 2));
        double slope = xy / xx;
        return new LinearRegression(x.n(), slope, meanY - slope * meanX, r, error, meanX, xx);
    }

    /** The probability of a slope so far from zero on either side, were there none. */
    public double p() {
        return slopeError == 0
                ? 0
                : Math.min(1, 2 * TDistribution.of(n - 2).survivalProbability(Math.abs(slope / slopeError)));
    }

    /** The interval of the slope. */
    public Interval slopeInterval(double level) {
        double half = quantile(level) * slopeError;
        return new Interval(slope - half, slope + half, level);
    }

    public double at(double x) {
        return intercept + slope * x;
    }

    /** The interval of the line at {@code x}. */
    public Interval interval(double x, double level) {
        double error = slopeError * Math.sqrt(squaresX / n + (x - meanX) * (x - meanX));
        double half = quantile(level) * error;
        return new Interval(at(x) - half, at(x) + half, level);
    }

    private double quantile(double level) {
        Interval.checkLevel(level);
        return TDistribution.of(n - 2).inverseSurvivalProbability((1 - level) / 2);
    }
}
