package dev.assay.data;

import ai.djl.ndarray.NDManager;

/**
 * The batches of one pass over a partition, in order; read by one thread and closed by it. The next batch may be prepared in the
 * background while the last one is worked on: memory under a batch's arrays stays valid until the second call of {@link #next} after it.
 */
public interface BatchStream extends AutoCloseable {

    boolean hasNext();

    /**
     * The next batch, waiting for it if need be.
     *
     * @param scope owns the arrays of the batch
     * @throws java.util.NoSuchElementException after the last one
     */
    Batch next(NDManager scope);

    /** Leaves out batches, at once; the batches after them are what they would have been. */
    void skip(long batches);

    @Override
    void close();
}
