package dev.assay.store;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * The queue of those who want to write a SQLite file, whatever processes they are in: first come, first served. SQLite itself lets whoever asks
 * at the right moment go first, so one of many can wait for a minute.
 *
 * <p>A turn lasts for some writes and not for one, or processes would take turns thousands of times a second, which costs more than the writes on a
 * machine with much to do.
 *
 * <p>Two numbers in a file that all have in memory: the next ticket, and how many have had their turn. Nothing depends on the queue but the order, since
 * SQLite's lock is still taken; so whoever is killed or stopped in the queue is simply passed by those after them, once they have waited for long enough. For
 * one thread at a time.
 */
final class WriteQueue {
    private static final VarHandle NUMBERS =
            MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long NO_TICKET = -1;
    private static final int NEXT = 0;
    private static final int HAD_TURN = Long.BYTES;
    private static final int SIZE = 2 * Long.BYTES;

    /** For each of those before, as long as nothing moves; most writes take a hundredth of it. */
    private static final long PATIENCE = Duration.ofMillis(100).toNanos();

    private static final long MOST_PATIENCE = Duration.ofSeconds(2).toNanos();

    /** For so long whoever has had a turn may write again without another. */
    private static final long TURN = Duration.ofMillis(10).toNanos();

    /** How often the next one looks whether it may write. */
    private static final long PAUSE = Duration.ofNanos(50_000).toNanos();

    /** What a turn takes, as long as nothing else is known. */
    private static final long FIRST_GUESS = Duration.ofNanos(300_000).toNanos();

    private static final long LONGEST_PAUSE = Duration.ofMillis(50).toNanos();

    private final ByteBuffer numbers;
    private long nanosATurn = FIRST_GUESS;
    private long turnBegan = System.nanoTime() - TURN;

    private WriteQueue(ByteBuffer numbers) {
        this.numbers = numbers;
    }

    /** The queue that is kept in that file, which nobody else may be opening meanwhile. */
    static WriteQueue of(FileChannel file) throws IOException {
        if (file.size() < SIZE) {
            // Written and not only made longer: where the disk is full that is said here, and later it would end the
            // process.
            file.write(ByteBuffer.allocate(SIZE), 0);
        }
        return new WriteQueue(file.map(FileChannel.MapMode.READ_WRITE, 0, SIZE));
    }

    /** Waits until all who came before have had their turn or have been silent for too long. Whoever has written then must say so by {@link #leave}. */
    long enter() {
        if (System.nanoTime() - turnBegan < TURN) {
            return NO_TICKET;
        }
        long ticket = (long) NUMBERS.getAndAdd(numbers, NEXT, 1L);
        await(ticket);
        turnBegan = System.nanoTime();
        return ticket;
    }

    private void await(long ticket) {
        long first = hadTurn();
        long begin = System.nanoTime();
        long seen = first;
        long moved = begin;
        while (seen < ticket && System.nanoTime() - moved < patience(ticket - seen)) {
            // Those with many before them sleep until about their turn, so that a long queue does not keep the cores
            // busy.
            pause(Math.max(PAUSE, Math.min((ticket - seen - 1) * nanosATurn, LONGEST_PAUSE)));
            long now = hadTurn();
            if (now != seen) {
                seen = now;
                moved = System.nanoTime();
                nanosATurn = (moved - begin) / (seen - first);
            }
        }
    }

    private static long patience(long before) {
        return Math.min(before * PATIENCE, MOST_PATIENCE);
    }

    /**
     * Lets the next one write.
     *
     * @param ticket what {@link #enter} gave
     */
    void leave(long ticket) {
        long seen = hadTurn();
        while (seen <= ticket && !NUMBERS.compareAndSet(numbers, HAD_TURN, seen, ticket + 1)) {
            seen = hadTurn();
        }
    }

    /** Sleeps also where the thread is asked to stop: it has something to write first. */
    static void pause(long nanos) {
        boolean isInterrupted = Thread.interrupted();
        LockSupport.parkNanos(nanos);
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private long hadTurn() {
        return (long) NUMBERS.getVolatile(numbers, HAD_TURN);
    }
}
