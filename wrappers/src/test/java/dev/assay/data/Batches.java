package dev.assay.data;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Copies of batches that can be compared. */
final class Batches {
    private Batches() {}

    /** Source, size and bits of a batch. */
    record Copy(Optional<String> source, int size, Map<String, List<Byte>> bytes) {}

    static List<Copy> read(Partition partition, Pass pass) {
        return readAfter(0, partition, pass);
    }

    /** The batches of a pass that skips some at its start. */
    static List<Copy> readAfter(long skipped, Partition partition, Pass pass) {
        try (BatchStream batches = partition.batches(pass)) {
            batches.skip(skipped);
            return rest(batches);
        }
    }

    static List<Copy> rest(BatchStream batches) {
        List<Copy> copies = new ArrayList<>();
        while (batches.hasNext()) {
            copies.add(next(batches));
        }
        return copies;
    }

    static Copy next(BatchStream batches) {
        try (NDManager scope = NDManager.newBaseManager()) {
            return copy(batches.next(scope));
        }
    }

    static Copy copy(Batch batch) {
        Map<String, List<Byte>> bytes = new TreeMap<>();
        for (String name : batch.names()) {
            NDArray array = batch.get(name);
            byte[] all = new byte[array.toByteBuffer().remaining()];
            array.toByteBuffer().get(all);
            List<Byte> boxed = new ArrayList<>();
            for (byte each : all) {
                boxed.add(each);
            }
            bytes.put(name, boxed);
        }
        return new Copy(batch.source(), batch.size(), bytes);
    }

    static long[] longs(Partition partition, Pass pass, String name) {
        List<long[]> parts = new ArrayList<>();
        try (BatchStream batches = partition.batches(pass)) {
            while (batches.hasNext()) {
                try (NDManager scope = NDManager.newBaseManager()) {
                    parts.add(batches.next(scope).get(name).toLongArray());
                }
            }
        }
        return parts.stream().flatMapToLong(Arrays::stream).toArray();
    }
}
