package dev.assay.store;

/** One metric of one trial over its training, ordered by step. Immutable; points are read by index, since there may be millions. */
public final class MetricSeries {
    private final String name;
    private final long[] steps;
    private final double[] epochs;
    private final double[] seconds;
    private final double[] values;

    /**
     * Takes ownership of the arrays, which must have one length.
     *
     * @param name such as {@code train.loss} or {@code val.accuracy}
     * @param steps optimizer steps done when each value was taken
     * @param epochs the same as passes over the training data, fractions included
     * @param seconds wall time since the trial began
     * @param values the values; may hold NaN and infinities
     */
    public MetricSeries(String name, long[] steps, double[] epochs, double[] seconds, double[] values) {
        int size = steps.length;
        if (epochs.length != size || seconds.length != size || values.length != size) {
            throw new IllegalArgumentException("The arrays of series (" + name + ") differ in length: " + size + ", "
                    + epochs.length + ", " + seconds.length + ", " + values.length + ".");
        }
        this.name = name;
        this.steps = steps;
        this.epochs = epochs;
        this.seconds = seconds;
        this.values = values;
    }

    public String name() {
        return name;
    }

    public int size() {
        return steps.length;
    }

    public long step(int i) {
        return steps[i];
    }

    public double epoch(int i) {
        return epochs[i];
    }

    public double seconds(int i) {
        return seconds[i];
    }

    public double value(int i) {
        return values[i];
    }
}
