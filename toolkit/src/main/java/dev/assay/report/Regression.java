package dev.assay.report;

import org.apache.commons.statistics.distribution.TDistribution;

/**
 * A straight line through points by least squares, with what its 95 % confidence band needs: at {@code x} the band reaches
 * {@code t · s · √(1/n + (x − x̄)²/Sxx)} to both sides of the line (Draper and Smith, Applied Regression Analysis, 3rd ed. 1998, section 3.1).
 *
 * @param n number of points
 * @param slope of the line
 * @param intercept its value at zero
 * @param deviation s, the standard deviation of the residuals on n − 2 degrees of freedom
 * @param center x̄, the mean of x
 * @param spread Sxx, the sum of squared differences from it
 * @param t the 0.975 quantile of Student's distribution on n − 2 degrees of freedom
 * @param fit R², the part of the variance that the line explains
 */
record Regression(
        int n, double slope, double intercept, double deviation, double center, double spread, double t, double fit) {

    /** The line through three points at least that do not all have one {@code x}; else one whose {@link #isKnown} is false. */
    static Regression of(double[] x, double[] y) {
        int n = x.length;
        double meanX = mean(x);
        double meanY = mean(y);
        double xx = products(x, meanX, x, meanX);
        double yy = products(y, meanY, y, meanY);
        double xy = products(x, meanX, y, meanY);
        if (n < 3 || xx == 0) {
            return new Regression(n, Double.NaN, Double.NaN, Double.NaN, meanX, xx, Double.NaN, Double.NaN);
        }
        double slope = xy / xx;
        double residual = Math.max(0, yy - slope * xy);
        double t = TDistribution.of(n - 2.0).inverseCumulativeProbability(0.975);
        double fit = yy == 0 ? 0 : 1 - residual / yy;
        return new Regression(n, slope, meanY - slope * meanX, Math.sqrt(residual / (n - 2)), meanX, xx, t, fit);
    }

    boolean isKnown() {
        return !Double.isNaN(slope);
    }

    double at(double x) {
        return intercept + slope * x;
    }

    /** Half the width of the band. */
    double half(double x) {
        return t * deviation * Math.sqrt(1.0 / n + (x - center) * (x - center) / spread);
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static double products(double[] a, double meanA, double[] b, double meanB) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (a[i] - meanA) * (b[i] - meanB);
        }
        return sum;
    }
}
