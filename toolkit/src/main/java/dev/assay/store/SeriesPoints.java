package dev.assay.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Points of a series in memory, in the order of their steps, each step once. Grows at its end in constant time. */
final class SeriesPoints {
    private static final int FIRST_SIZE = 64;

    private int size;
    private long[] steps = new long[FIRST_SIZE];
    private double[] epochs = new double[FIRST_SIZE];
    private double[] seconds = new double[FIRST_SIZE];
    private double[] values = new double[FIRST_SIZE];

    /** Takes a point in; it replaces one of the same step. */
    void put(MetricPoint point) {
        put(point.step(), point.epoch(), point.seconds(), point.value());
    }

    private void put(long step, double epoch, double second, double value) {
        int at = size == 0 || step > steps[size - 1] ? size : Arrays.binarySearch(steps, 0, size, step);
        if (at < 0) {
            at = -at - 1;
            insert(at);
        } else if (at == size) {
            insert(size);
        }
        steps[at] = step;
        epochs[at] = epoch;
        seconds[at] = second;
        values[at] = value;
    }

    private void insert(int at) {
        reserve(size + 1);
        System.arraycopy(steps, at, steps, at + 1, size - at);
        System.arraycopy(epochs, at, epochs, at + 1, size - at);
        System.arraycopy(seconds, at, seconds, at + 1, size - at);
        System.arraycopy(values, at, values, at + 1, size - at);
        size++;
    }

    private void reserve(int wanted) {
        if (wanted > steps.length) {
            int length = Math.max(wanted, 2 * steps.length);
            steps = Arrays.copyOf(steps, length);
            epochs = Arrays.copyOf(epochs, length);
            seconds = Arrays.copyOf(seconds, length);
            values = Arrays.copyOf(values, length);
        }
    }

    /** Takes in the points of a chunk, all of which come after those here. */
    void putAll(SeriesChunk chunk) {
        reserve(size + chunk.points());
        chunk.unpack(steps, epochs, seconds, values, size);
        size += chunk.points();
    }

    void putAll(SeriesPoints other) {
        for (int i = 0; i < other.size; i++) {
            put(other.steps[i], other.epochs[i], other.seconds[i], other.values[i]);
        }
    }

    /** Step of the first point. */
    long first() {
        return steps[0];
    }

    /** Drops the points after that step. */
    void cut(long step) {
        while (size > 0 && steps[size - 1] > step) {
            size--;
        }
    }

    List<SeriesChunk> chunks() {
        List<SeriesChunk> chunks = new ArrayList<>();
        int from = 0;
        for (int to = 1; to <= size; to++) {
            boolean isFull = to - from == SeriesChunk.MOST_POINTS;
            if (to == size || isFull || steps[to] - steps[from] > SeriesChunk.LONGEST) {
                chunks.add(SeriesChunk.of(steps, epochs, seconds, values, from, to));
                from = to;
            }
        }
        return chunks;
    }
}
