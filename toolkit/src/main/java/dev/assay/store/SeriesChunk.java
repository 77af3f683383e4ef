package dev.assay.store;

import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * Some points of a series as a row has them. All numbers are big-endian.
 *
 * @param firstStep step of the first point
 * @param lastStep of the last
 * @param points how many there are
 * @param steps those of all points less the first, 4 bytes each, without sign
 * @param epochs 8 bytes each, as the two others
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, and gone as soon as written or read.
record SeriesChunk(
        long firstStep, long lastStep, int points, byte[] steps, byte[] epochs, byte[] seconds, byte[] numbers) {
    static final int MOST_POINTS = 512;
    /** How far apart the first and last step of a chunk may be. */
    static final long LONGEST = 0xFFFFFFFFL;

    static SeriesChunk of(ResultSet row) throws SQLException {
        byte[] steps = row.getBytes("steps");
        long first = row.getLong("first_step");
        int points = steps.length / Integer.BYTES;
        return new SeriesChunk(
                first,
                first + Integer.toUnsignedLong(ByteBuffer.wrap(steps).getInt(steps.length - Integer.BYTES)),
                points,
                steps,
                row.getBytes("epochs"),
                row.getBytes("seconds"),
                row.getBytes("numbers"));
    }

    /** Packs the points from one index until before another. */
    static SeriesChunk of(long[] steps, double[] epochs, double[] seconds, double[] values, int from, int to) {
        ByteBuffer packed = ByteBuffer.allocate((to - from) * Integer.BYTES);
        for (int i = from; i < to; i++) {
            packed.putInt((int) (steps[i] - steps[from]));
        }
        return new SeriesChunk(
                steps[from],
                steps[to - 1],
                to - from,
                packed.array(),
                packed(epochs, from, to),
                packed(seconds, from, to),
                packed(values, from, to));
    }

    private static byte[] packed(double[] values, int from, int to) {
        ByteBuffer packed = ByteBuffer.allocate((to - from) * Double.BYTES);
        packed.asDoubleBuffer().put(values, from, to - from);
        return packed.array();
    }

    void unpack(long[] allSteps, double[] allEpochs, double[] allSeconds, double[] allValues, int at) {
        ByteBuffer packed = ByteBuffer.wrap(steps);
        for (int i = 0; i < points; i++) {
            allSteps[at + i] = firstStep + Integer.toUnsignedLong(packed.getInt());
        }
        ByteBuffer.wrap(epochs).asDoubleBuffer().get(allEpochs, at, points);
        ByteBuffer.wrap(seconds).asDoubleBuffer().get(allSeconds, at, points);
        ByteBuffer.wrap(numbers).asDoubleBuffer().get(allValues, at, points);
    }

    /** The series that these are all the chunks of, in their order. */
    static MetricSeries joined(String name, List<SeriesChunk> chunks) {
        int size = chunks.stream().mapToInt(SeriesChunk::points).sum();
        long[] steps = new long[size];
        double[] epochs = new double[size];
        double[] seconds = new double[size];
        double[] values = new double[size];
        int at = 0;
        for (SeriesChunk chunk : chunks) {
            chunk.unpack(steps, epochs, seconds, values, at);
            at += chunk.points();
        }
        return new MetricSeries(name, steps, epochs, seconds, values);
    }
}
