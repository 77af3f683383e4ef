package dev.assay.metric;

/**
 * A metric as declared by the thing that is trained. Recorded values are named {@code partition.name}, such as {@code val.accuracy};
 * the declaration holds for every partition. Immutable.
 *
 * @param name the name without partition, such as {@code accuracy}
 * @param direction which way is better
 * @param unit how a value is read: {@code ""} for a plain number, {@code "fraction"} for 0 to 1 shown as per cent, else a unit such as
 *     {@code "s"} or {@code "images/s"}
 * @param range the values it can have
 * @param aggregation which of the values of a training is the final one
 */
public record Metric(String name, Direction direction, String unit, Range range, Aggregation aggregation) {
    public static Metric maximize(String name) {
        return new Metric(name, Direction.MAXIMIZE, "", Range.ALL, Aggregation.LAST);
    }

    public static Metric minimize(String name) {
        return new Metric(name, Direction.MINIMIZE, "", Range.ALL, Aggregation.LAST);
    }

    public Metric withUnit(String newUnit) {
        return new Metric(name, direction, newUnit, range, aggregation);
    }

    /** The same, for values from {@code minimum} to {@code maximum}, both included. */
    public Metric withRange(double minimum, double maximum) {
        return new Metric(name, direction, unit, new Range(minimum, maximum), aggregation);
    }

    public Metric withAggregation(Aggregation newAggregation) {
        return new Metric(name, direction, unit, range, newAggregation);
    }

    /** A part of a whole, 0 to 1, shown as per cent. */
    public Metric asFraction() {
        return withUnit("fraction").withRange(0, 1);
    }

    /** The declared name of a recorded one: {@code accuracy} for {@code val.accuracy}. */
    public static String withoutPartition(String recorded) {
        return recorded.substring(recorded.indexOf('.') + 1);
    }
}
