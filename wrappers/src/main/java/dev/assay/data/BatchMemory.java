package dev.assay.data;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Map;

/**
 * Memory outside the heap for the pictures and labels of one batch, written over and over and lent to arrays without a copy. Arrays over it are
 * made once, since the engine takes long over them, and lent as views.
 */
final class BatchMemory implements AutoCloseable {
    private final ImageFormat format;
    private final int examples;
    private final FloatBuffer pictures;
    private final LongBuffer labels;
    private final NDManager owner;
    private final NDArray image;
    private final NDArray label;

    BatchMemory(ImageFormat format, int examples) {
        this.format = format;
        this.examples = examples;
        ByteBuffer pictureBytes = AlignedMemory.allocate((long) examples * format.bytes() * Float.BYTES);
        ByteBuffer labelBytes = AlignedMemory.allocate((long) examples * Long.BYTES);
        this.pictures = pictureBytes.asFloatBuffer();
        this.labels = labelBytes.asLongBuffer();
        this.owner = NDManager.newBaseManager();
        Shape stored = new Shape(examples, format.height(), format.width(), format.channels());
        this.image = owner.create(
                        AlignedMemory.first(pictureBytes, examples * format.bytes() * Float.BYTES),
                        stored,
                        DataType.FLOAT32)
                .transpose(0, 3, 1, 2);
        this.label = owner.create(
                AlignedMemory.first(labelBytes, examples * Long.BYTES), new Shape(examples), DataType.INT64);
    }

    void put(int example, float[] picture, int label) {
        pictures.put(example * format.bytes(), picture);
        labels.put(example, label);
    }

    /**
     * The first {@code count} as arrays that read this memory itself: {@code image} is a view in which the channels come first though they
     * lie side by side in memory, which is what the engine calls channels-last.
     */
    Batch batch(int count) {
        return Batch.of(
                count, Map.of(ImagePartition.IMAGE, view(image, count), ImagePartition.LABEL, view(label, count)));
    }

    private NDArray view(NDArray array, int count) {
        // An array without its gradient is a view, and quicker to be had than a slice of all.
        return count == examples ? array.stopGradient() : array.get(new NDIndex(":{}", count));
    }

    /** Gives a batch over this memory to a scope, and keeps the memory until that is closed, even past the stream. */
    void lend(Batch batch, NDManager scope) {
        batch.names().forEach(name -> batch.get(name).attach(scope));
        scope.attachInternal(owner.getName(), this::release);
    }

    /** Does nothing: a scope that can call it keeps this memory from being collected. */
    private void release() {
        // See above.
    }

    /** Closes the arrays over this memory but those that were lent. */
    @Override
    public void close() {
        owner.close();
    }
}
