package dev.assay.activation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.assay.error.AssayException;
import dev.assay.similarity.Matrix;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Locale;

/** What counts as an example and what as a unit in a layer's values, whose first dimension is the example. */
public enum Units {
    /** Each value of an example is a unit. */
    ALL {
        @Override
        float[] reduced(FloatBuffer values, int examples, int channels, int positions) {
            float[] same = new float[values.remaining()];
            values.duplicate().get(same);
            return same;
        }
    },
    /** Each channel of a layer of shape (N, C, H, W) is a unit, by its mean over the positions; other layers as {@link #ALL}. */
    MEANS {
        @Override
        NDArray rows(NDArray values) {
            boolean isPicture = values.getShape().dimension() == PICTURE;
            return isPicture
                    ? values.reshape(values.getShape().get(0), values.getShape().get(1), -1)
                            .toType(DataType.FLOAT64, false)
                            .mean(new int[] {2})
                    : super.rows(values);
        }

        @Override
        float[] reduced(FloatBuffer values, int examples, int channels, int positions) {
            float[] means = new float[examples * channels];
            for (int i = 0; i < means.length; i++) {
                double sum = 0;
                for (int k = 0; k < positions; k++) {
                    sum += values.get(i * positions + k);
                }
                means[i] = (float) (sum / positions);
            }
            return means;
        }
    },
    /**
     * Each position of a layer of shape (N, C, H, W) is an example and each channel a unit, as a 1×1 convolution sees them; other layers as {@link
     * #ALL}.
     */
    POSITIONS {
        @Override
        NDArray rows(NDArray values) {
            boolean isPicture = values.getShape().dimension() == PICTURE;
            return isPicture
                    ? values.transpose(0, 2, 3, 1).reshape(-1, values.getShape().get(1))
                    : super.rows(values);
        }

        @Override
        float[] reduced(FloatBuffer values, int examples, int channels, int positions) {
            float[] rows = new float[values.remaining()];
            for (int i = 0; i < examples; i++) {
                for (int c = 0; c < channels; c++) {
                    for (int k = 0; k < positions; k++) {
                        rows[(i * positions + k) * channels + c] = values.get((i * channels + c) * positions + k);
                    }
                }
            }
            return rows;
        }

        @Override
        int rows(int examples, int positions) {
            return examples * positions;
        }
    };

    private static final int PICTURE = 4;

    /**
     * The choice of that name, such as {@code means}.
     *
     * @throws AssayException if there is none, with the names there are
     */
    public static Units parse(String name) {
        return Arrays.stream(values())
                .filter(units -> units.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssayException(
                        "There are no units (" + name + "); there are " + Arrays.toString(values()) + "."));
    }

    /** Values of a layer, examples × units. */
    public Matrix of(NDArray values) {
        try (NDArray floats = values.toType(DataType.FLOAT32, true)) {
            return of(floats.toByteBuffer().asFloatBuffer(), values.getShape());
        }
    }

    /**
     * Inner products of all pairs of a layer's examples, less their mean, in double precision: of {@link #of}, but computed by the engine.
     *
     * @return examples × examples
     */
    public Matrix products(NDArray values) {
        try (NDManager scratch = values.getManager().newSubManager()) {
            values.tempAttach(scratch);
            NDArray rows = rows(values).toType(DataType.FLOAT64, true);
            NDArray centred = rows.sub(rows.mean(new int[] {0}, true));
            NDArray products = centred.matMul(centred.transpose());
            int examples = (int) products.getShape().get(0);
            return Matrix.of(examples, examples, products.toDoubleArray());
        }
    }

    /** Examples × units, of the type they have. */
    NDArray rows(NDArray values) {
        return values.reshape(values.getShape().get(0), -1);
    }

    /**
     * The same of values in row-major order.
     *
     * @param shape theirs, the examples first
     */
    Matrix of(FloatBuffer values, Shape shape) {
        int examples = (int) shape.get(0);
        boolean isPicture = shape.dimension() == PICTURE;
        int channels = isPicture ? (int) shape.get(1) : (int) shape.slice(1).size();
        int positions = isPicture ? (int) shape.slice(2).size() : 1;
        float[] reduced = reduced(values, examples, channels, positions);
        double[] doubles = new double[reduced.length];
        Arrays.setAll(doubles, i -> reduced[i]);
        int rows = rows(examples, positions);
        return Matrix.of(rows, rows == 0 ? 0 : doubles.length / rows, doubles);
    }

    abstract float[] reduced(FloatBuffer values, int examples, int channels, int positions);

    int rows(int examples, int positions) {
        return examples;
    }

    /** Lower case. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
