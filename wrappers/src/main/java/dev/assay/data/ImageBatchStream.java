package dev.assay.data;

import ai.djl.ndarray.NDManager;
import dev.assay.error.AssayException;
import dev.assay.random.Seed;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The batches of one pass over pictures, one of which is prepared in the background. */
final class ImageBatchStream implements BatchStream {
    /** Two batches that may still be read, and the one that is prepared. */
    private static final int MEMORIES = 3;

    private final ImageSet images;
    private final PictureWriter writer;
    private final Pass pass;
    private final int[] order;
    /** Root of the streams that vary the pictures of this pass, one for each position. */
    private final Optional<Seed> variation;

    private final float[] picture;
    private final BatchMemory[] memories;
    private final ExecutorService background;
    private final long batches;
    private boolean isClosed;

    /** Number of the batch that comes next, and the memory it is written into. */
    private long next;

    private int turn;
    private @Nullable CompletableFuture<Void> prepared;

    ImageBatchStream(ImageSet images, PictureWriter writer, Pass pass) {
        if (pass.batchSize() < 1) {
            throw new AssayException("The batch size (" + pass.batchSize() + ") must be at least 1.");
        }
        this.images = images;
        this.writer = writer;
        this.pass = pass;
        this.order = pass.order()
                .map(seed -> seed.stream("order", pass.epoch()).permutation(images.size()))
                .orElseGet(() -> IntStream.range(0, images.size()).toArray());
        this.variation = pass.order()
                .map(seed -> new Seed(seed.stream("augmentation", pass.epoch()).nextLong()));
        this.picture = new float[images.format().bytes()];
        this.batches = pass.batches(images.size());
        this.memories = new BatchMemory[(int) Math.min(MEMORIES, batches)];
        for (int i = 0; i < memories.length; i++) {
            memories[i] = new BatchMemory(images.format(), Math.min(pass.batchSize(), images.size()));
        }
        this.background = Executors.newSingleThreadExecutor(ImageBatchStream::daemon);
    }

    @Override
    public boolean hasNext() {
        return next < batches;
    }

    @Override
    public Batch next(NDManager scope) {
        if (isClosed) {
            throw new IllegalStateException("The stream of batches is closed.");
        }
        if (!hasNext()) {
            throw new NoSuchElementException("The pass has no more than " + batches + " batches.");
        }
        BatchMemory memory = memories[turn];
        int examples = end(next) - start(next);
        await(prepared == null ? prepare() : prepared);
        next++;
        turn = (turn + 1) % memories.length;
        prepared = hasNext() ? prepare() : null;
        return memory.lend(scope, examples);
    }

    @Override
    public void skip(long count) {
        if (count < 0) {
            throw new IllegalArgumentException("The number of batches to skip (" + count + ") must not be negative.");
        }
        discardPrepared();
        next = count > batches - next ? batches : next + count;
    }

    @Override
    public void close() {
        isClosed = true;
        discardPrepared();
        background.shutdown();
    }

    private CompletableFuture<Void> prepare() {
        BatchMemory memory = memories[turn];
        int start = start(next);
        int end = end(next);
        return CompletableFuture.runAsync(() -> write(start, end, memory), background);
    }

    private void write(int start, int end, BatchMemory memory) {
        for (int position = start; position < end; position++) {
            int example = order[position];
            if (variation.isPresent()) {
                writer.write(example, variation.get().stream("position", position), picture);
            } else {
                writer.write(example, picture);
            }
            memory.put(position - start, picture, images.label(example));
        }
    }

    /** Waits until nothing is written any more. A failure of what nobody will read is of no interest. */
    private void discardPrepared() {
        if (prepared != null) {
            prepared.exceptionally(failure -> null).join();
            prepared = null;
        }
    }

    private static void await(CompletableFuture<Void> batch) {
        try {
            batch.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
    }

    private int start(long batch) {
        return (int) (batch * pass.batchSize());
    }

    private int end(long batch) {
        return (int) Math.min((batch + 1) * pass.batchSize(), images.size());
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "assay-batches");
        thread.setDaemon(true);
        return thread;
    }
}
