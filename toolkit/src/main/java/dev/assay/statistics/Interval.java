package dev.assay.statistics;

/**
 * An interval that covers the true value at a stated rate over many samples, or, where that is said, holds it with that probability.
 *
 * @param low lower end
 * @param high upper end, at least {@code low}
 * @param level rate of coverage, such as 0.95
 */
public record Interval(double low, double high, double level) {
    public Interval {
        if (!(low <= high)) {
            throw new IllegalArgumentException("The interval (" + low + " to " + high + ") must not be upside down.");
        }
        checkLevel(level);
    }

    static void checkLevel(double level) {
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException(
                    "The level (" + level + ") must be in (0, 1).\nMaybe it was given in percent.");
        }
    }

    public boolean contains(double value) {
        return low <= value && value <= high;
    }
}
