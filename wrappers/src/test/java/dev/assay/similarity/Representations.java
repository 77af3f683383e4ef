package dev.assay.similarity;

import dev.assay.golden.Golden;
import dev.assay.random.RandomStream;
import java.util.Arrays;
import tools.jackson.databind.JsonNode;

/** Matrices to test with. */
final class Representations {
    private Representations() {}

    static Matrix golden(JsonNode rows) {
        double[] values = Golden.flat(rows);
        return Matrix.of(rows.size(), values.length / rows.size(), values);
    }

    /** Normal values. */
    static Matrix random(RandomStream random, int rows, int columns) {
        double[] values = new double[rows * columns];
        Arrays.setAll(values, i -> random.nextGaussian());
        return Matrix.of(rows, columns, values);
    }

    /** Rows {@code [from, to)}. */
    static Matrix rows(Matrix matrix, int from, int to) {
        int columns = matrix.columns();
        double[] values = new double[(to - from) * columns];
        System.arraycopy(matrix.toArray(), from * columns, values, 0, values.length);
        return Matrix.of(to - from, columns, values);
    }

    /** Every value times a factor plus an offset. */
    static Matrix changed(Matrix matrix, double factor, double offset) {
        double[] values = matrix.toArray();
        for (int i = 0; i < values.length; i++) {
            values[i] = values[i] * factor + offset;
        }
        return Matrix.of(matrix.rows(), matrix.columns(), values);
    }

    /** The sums over both, seen in batches of a few. */
    static JointMoments streamed(Matrix x, Matrix y, int batch) {
        JointMoments moments = JointMoments.of(x.columns(), y.columns());
        for (int i = 0; i < x.rows(); i += batch) {
            int end = Math.min(x.rows(), i + batch);
            moments.add(rows(x, i, end), rows(y, i, end));
        }
        return moments;
    }
}
