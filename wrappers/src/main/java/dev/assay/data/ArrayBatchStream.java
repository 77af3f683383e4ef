package dev.assay.data;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.assay.data.ArrayPartition.Rows;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** One pass over arrays in memory. Rows are copied when they are asked for, which costs next to nothing. */
final class ArrayBatchStream implements BatchStream {
    /** The batch that may still be read, and the one being written. */
    private static final int MEMORIES = 2;

    private final PassOrder order;
    private final Map<String, Column> columns = new TreeMap<>();
    private int turn;
    private boolean isClosed;

    ArrayBatchStream(SortedMap<String, Rows> arrays, PassOrder order) {
        this.order = order;
        arrays.forEach((name, rows) -> {
            List<ByteBuffer> memories = new ArrayList<>();
            for (int i = 0; i < MEMORIES; i++) {
                memories.add(AlignedMemory.allocate((long) order.batchSize() * rows.rowBytes()));
            }
            columns.put(name, new Column(rows, memories));
        });
    }

    /** One array and the memory its batches are written into. */
    private record Column(Rows rows, List<ByteBuffer> memories) {}

    @Override
    public boolean hasNext() {
        return order.left() > 0;
    }

    @Override
    public Batch next(NDManager scope) {
        if (isClosed) {
            throw new IllegalStateException("The stream of batches is closed.");
        }
        long batch = order.take();
        int start = order.start(batch);
        int end = order.end(batch);
        turn = (turn + 1) % MEMORIES;
        Map<String, NDArray> lent = new TreeMap<>();
        columns.forEach((name, column) -> {
            write(column.rows, start, end, column.memories.get(turn));
            lent.put(name, column.rows.lend(scope, column.memories.get(turn), end - start));
        });
        return Batch.of(end - start, lent);
    }

    @Override
    public void skip(long batches) {
        order.skip(batches);
    }

    @Override
    public void close() {
        isClosed = true;
    }

    private void write(Rows rows, int start, int end, ByteBuffer memory) {
        for (int position = start; position < end; position++) {
            int from = order.example(position) * rows.rowBytes();
            memory.put((position - start) * rows.rowBytes(), rows.bytes(), from, rows.rowBytes());
        }
    }
}
