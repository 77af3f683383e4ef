package dev.assay.metric;

/**
 * The values a metric can have. NaN, for what is undefined, is in every range.
 *
 * @param minimum the lowest, or minus infinity
 * @param maximum the highest, or infinity
 */
public record Range(double minimum, double maximum) {
    /** Without bounds. */
    public static final Range ALL = new Range(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

    public boolean contains(double value) {
        return Double.isNaN(value) || (value >= minimum && value <= maximum);
    }

    @Override
    public String toString() {
        return minimum + " to " + maximum;
    }
}
