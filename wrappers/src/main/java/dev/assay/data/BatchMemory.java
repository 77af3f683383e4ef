package dev.assay.data;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Map;

/** Memory outside the heap for the pictures and labels of one batch, written over and over and lent to arrays without a copy. */
final class BatchMemory {
    private final ImageFormat format;
    private final ByteBuffer pictureBytes;
    private final ByteBuffer labelBytes;
    private final FloatBuffer pictures;
    private final LongBuffer labels;

    BatchMemory(ImageFormat format, int examples) {
        this.format = format;
        this.pictureBytes = AlignedMemory.allocate((long) examples * format.bytes() * Float.BYTES);
        this.labelBytes = AlignedMemory.allocate((long) examples * Long.BYTES);
        this.pictures = pictureBytes.asFloatBuffer();
        this.labels = labelBytes.asLongBuffer();
    }

    void put(int example, float[] picture, int label) {
        pictures.put(example * format.bytes(), picture);
        labels.put(example, label);
    }

    /**
     * The first {@code examples} as arrays on {@code scope} that read this memory itself: {@code image} is a view in which the channels come
     * first though they lie side by side in memory, which is what the engine calls channels-last.
     */
    Batch lend(NDManager scope, int examples) {
        NDArray stored = scope.create(
                AlignedMemory.first(pictureBytes, examples * format.bytes() * Float.BYTES),
                new Shape(examples, format.height(), format.width(), format.channels()),
                DataType.FLOAT32);
        NDArray label = scope.create(
                AlignedMemory.first(labelBytes, examples * Long.BYTES), new Shape(examples), DataType.INT64);
        return Batch.of(
                examples, Map.of(ImagePartition.IMAGE, stored.transpose(0, 3, 1, 2), ImagePartition.LABEL, label));
    }
}
