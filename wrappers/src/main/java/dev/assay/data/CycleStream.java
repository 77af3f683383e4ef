package dev.assay.data;

import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One pass over a {@link Cycle}. */
final class CycleStream implements BatchStream {
    private final Cycle cycle;
    private final Pass pass;
    private final Turns turns;
    private final long count;
    private final List<Reader> readers = new ArrayList<>();
    private long next;
    private boolean isClosed;

    CycleStream(Cycle cycle, Pass pass) {
        this.cycle = cycle;
        this.pass = pass;
        this.turns = cycle.turns(pass);
        this.count = turns.count();
        cycle.sources().values().forEach(source -> readers.add(new Reader(source)));
    }

    @Override
    public boolean hasNext() {
        return next < count;
    }

    @Override
    public Batch next(NDManager scope) {
        if (isClosed) {
            throw new IllegalStateException("The stream of batches is closed.");
        }
        if (!hasNext()) {
            throw new NoSuchElementException("The pass has no more than " + count + " batches.");
        }
        Turns.Turn turn = turns.at(next++);
        return readers.get(turn.source())
                .next(scope, turn, cycle.pass(pass, turns, turn))
                .from(cycle.name(turn.source()));
    }

    @Override
    public void skip(long batches) {
        if (batches < 0) {
            throw new IllegalArgumentException("The number of batches to skip (" + batches + ") must not be negative.");
        }
        next += Math.min(batches, count - next);
    }

    @Override
    public void close() {
        isClosed = true;
        readers.forEach(Reader::close);
    }

    /** The batches of one source; where turns were skipped it catches up when it is its turn. */
    private static final class Reader {
        private final Partition source;
        private @Nullable BatchStream batches;
        private long lap;
        private long next;

        Reader(Partition source) {
            this.source = source;
        }

        Batch next(NDManager scope, Turns.Turn turn, Pass pass) {
            if (batches == null || turn.lap() != lap) {
                close();
                batches = source.batches(pass);
                lap = turn.lap();
                next = 0;
            }
            BatchStream opened = Objects.requireNonNull(batches);
            if (turn.number() > next) {
                opened.skip(turn.number() - next);
            }
            next = turn.number() + 1;
            return opened.next(scope);
        }

        void close() {
            if (batches != null) {
                batches.close();
            }
        }
    }
}
