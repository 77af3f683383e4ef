package dev.assay.metric;

/**
 * A metric as declared by the thing that is trained. Recorded values are named {@code partition.name}, such as {@code val.accuracy};
 * the declaration holds for every partition.
 *
 * @param name the name without partition, such as {@code accuracy}
 * @param direction which way is better
 * @param unit how a value is read: {@code ""} for a plain number, {@code "fraction"} for 0 to 1 shown as per cent, else a unit such as
 *     {@code "s"} or {@code "images/s"}
 */
public record Metric(String name, Direction direction, String unit) {
    public static Metric maximize(String name) {
        return new Metric(name, Direction.MAXIMIZE, "");
    }

    public static Metric minimize(String name) {
        return new Metric(name, Direction.MINIMIZE, "");
    }

    public Metric withUnit(String newUnit) {
        return new Metric(name, direction, newUnit);
    }
}
