package dev.assay.data;

import dev.assay.error.AssayException;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;

/** Which examples make up the batches of a pass over examples in memory, and how many batches have been taken. */
final class PassOrder {
    private final Pass pass;
    private final int[] order;
    private final long batches;
    private long next;

    /** Shuffled by the stream {@code ("order", epoch)} of the pass's seed, or as stored. */
    PassOrder(Pass pass, int examples) {
        if (pass.batchSize() < 1) {
            throw new AssayException("The batch size (" + pass.batchSize() + ") must be at least 1.");
        }
        this.pass = pass;
        this.order = pass.order()
                .map(seed -> seed.stream("order", pass.epoch()).permutation(examples))
                .orElseGet(() -> IntStream.range(0, examples).toArray());
        this.batches = pass.batches(examples);
    }

    /** The example at a position of the pass. */
    int example(int position) {
        return order[position];
    }

    /** Position of the first example of a batch. */
    int start(long batch) {
        return (int) (batch * pass.batchSize());
    }

    /** Position after the last example of a batch. */
    int end(long batch) {
        return (int) Math.min((batch + 1) * pass.batchSize(), order.length);
    }

    /** Most examples a batch may have. */
    int batchSize() {
        return Math.min(pass.batchSize(), order.length);
    }

    /** Number of the batch that comes next. */
    long next() {
        return next;
    }

    /** Batches from the next one to the last. */
    long left() {
        return batches - next;
    }

    /** Goes on to the batch after the next, whose number it says. */
    long take() {
        requireMore();
        return next++;
    }

    void requireMore() {
        if (left() == 0) {
            throw new NoSuchElementException("The pass has no more than " + batches + " batches.");
        }
    }

    /** Leaves out batches, at most those there are. */
    void skip(long count) {
        if (count < 0) {
            throw new IllegalArgumentException("The number of batches to skip (" + count + ") must not be negative.");
        }
        next += Math.min(count, left());
    }
}
