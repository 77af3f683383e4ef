package dev.assay.data;

import ai.djl.ndarray.NDManager;
import dev.assay.random.Seed;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The batches of one pass over pictures, which are prepared in the background. */
final class ImageBatchStream implements BatchStream {
    /** So few are left when more are begun: with fewer, the background would idle; with more, it would be woken for each batch. */
    private static final int LEAST = 1;

    private static final int AHEAD = 3;
    /** Two batches that may still be read, and those that are prepared. */
    private static final int MEMORIES = 2 + AHEAD;

    private final ImageSet images;
    private final PictureWriter writer;
    private final PassOrder order;
    /** Root of the streams that vary the pictures of this pass, one for each position. */
    private final Optional<Seed> variation;
    /** Whether sides alternate, and the stream of each example that says whether its first pass shows the other side. */
    private final Optional<Seed> sides;

    private final long epoch;

    private final float[] picture;
    private final BatchMemory[] memories;
    private final ExecutorService background;
    /** Batches begun in the background, from the next one on. */
    private final Deque<Prepared> prepared = new ArrayDeque<>();
    /** The memory that is written into next. */
    private int turn;

    private boolean isClosed;

    /** A batch and the memory it is written to. */
    private record Prepared(BatchMemory memory, CompletableFuture<Batch> batch) {}

    ImageBatchStream(ImageSet images, PictureWriter writer, Pass pass) {
        this.images = images;
        this.writer = writer;
        this.order = new PassOrder(pass, images.size());
        this.variation = pass.order()
                .map(seed -> new Seed(seed.stream("augmentation", pass.epoch()).nextLong()));
        this.sides = pass.order()
                .filter(seed -> writer.isAlternating())
                .map(seed -> new Seed(seed.stream("flip").nextLong()));
        this.epoch = pass.epoch();
        this.picture = new float[images.format().bytes()];
        this.memories = new BatchMemory[(int) Math.min(MEMORIES, order.left())];
        for (int i = 0; i < memories.length; i++) {
            memories[i] = new BatchMemory(images.format(), order.batchSize());
        }
        this.background = Executors.newSingleThreadExecutor(ImageBatchStream::daemon);
    }

    @Override
    public boolean hasNext() {
        return order.left() > 0;
    }

    @Override
    public Batch next(NDManager scope) {
        if (isClosed) {
            throw new IllegalStateException("The stream of batches is closed.");
        }
        order.requireMore();
        prepare(1);
        Prepared next = prepared.remove();
        Batch batch = await(next.batch);
        order.take();
        if (prepared.size() <= LEAST) {
            prepare(AHEAD);
        }
        next.memory.lend(batch, scope);
        return batch;
    }

    @Override
    public void skip(long count) {
        discardPrepared();
        order.skip(count);
    }

    @Override
    public void close() {
        isClosed = true;
        discardPrepared();
        background.shutdown();
        for (BatchMemory memory : memories) {
            memory.close();
        }
    }

    /** Begins batches until so many are begun. */
    private void prepare(int ahead) {
        while (prepared.size() < Math.min(ahead, order.left())) {
            BatchMemory memory = memories[turn];
            turn = (turn + 1) % memories.length;
            int start = order.start(order.next() + prepared.size());
            int end = order.end(order.next() + prepared.size());
            prepared.add(
                    new Prepared(memory, CompletableFuture.supplyAsync(() -> write(start, end, memory), background)));
        }
    }

    private Batch write(int start, int end, BatchMemory memory) {
        for (int position = start; position < end; position++) {
            int example = order.example(position);
            if (variation.isPresent()) {
                writer.write(example, variation.get().stream("position", position), isOtherSide(example), picture);
            } else {
                writer.write(example, picture);
            }
            memory.put(position - start, picture, images.label(example));
        }
        return memory.batch(end - start);
    }

    private boolean isOtherSide(int example) {
        return sides.isPresent()
                && (sides.get().stream("example", images.place(example)).nextInt(2) + epoch) % 2 == 1;
    }

    /** Waits until nothing is written any more. A failure of what nobody will read is of no interest. */
    private void discardPrepared() {
        for (Prepared batch : prepared) {
            batch.batch.exceptionally(failure -> null).join();
            // Its memory is the next to be written, since what was read before stays valid.
            turn = (turn + memories.length - 1) % memories.length;
        }
        prepared.clear();
    }

    private static Batch await(CompletableFuture<Batch> batch) {
        try {
            return batch.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "assay-batches");
        thread.setDaemon(true);
        return thread;
    }
}
