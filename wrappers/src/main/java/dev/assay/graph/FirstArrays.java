package dev.assay.graph;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.assay.engine.Layout;
import dev.assay.graph.op.Weight;
import dev.assay.random.Seed;
import java.nio.Buffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;

/** First values of weights, which depend on the seed and the weight's name only. Arrays of four dimensions are channels-last. */
final class FirstArrays {
    private FirstArrays() {}

    static NDArray draw(String name, Weight weight, Seed seed, NDManager manager, DataType type) {
        double[] values = weight.first().draw((int) weight.shape().size(), seed.stream("initial weights/" + name));
        return Layout.create(manager, buffer(values, type), weight.shape(), type);
    }

    private static Buffer buffer(double[] values, DataType type) {
        if (type == DataType.FLOAT64) {
            return DoubleBuffer.wrap(values);
        }
        FloatBuffer floats = FloatBuffer.allocate(values.length);
        for (double value : values) {
            floats.put((float) value);
        }
        return floats.flip();
    }
}
