package dev.assay.metric;

/** Which way a metric is better. */
public enum Direction {
    MAXIMIZE,
    MINIMIZE;

    /** Whether {@code a} is better than {@code b}; a NaN is never better. */
    public boolean isBetter(double a, double b) {
        return switch (this) {
            case MAXIMIZE -> a > b || (Double.isNaN(b) && !Double.isNaN(a));
            case MINIMIZE -> a < b || (Double.isNaN(b) && !Double.isNaN(a));
        };
    }
}
