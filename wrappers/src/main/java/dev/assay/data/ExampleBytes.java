package dev.assay.data;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All that a model is shown of one example; equal to another if every byte is. */
final class ExampleBytes {
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;
    private static final int SHIFT = 29;

    private final ByteBuffer bytes;
    private final long hash;

    private ExampleBytes(ByteBuffer bytes) {
        this.bytes = bytes;
        this.hash = hash(bytes);
    }

    /** Those of the examples of a partition, in order; empty if it is of a kind that does not show them. */
    static Optional<List<ExampleBytes>> of(Partition partition) {
        if (partition instanceof ImagePartition images) {
            return images.change().isPresent() ? Optional.empty() : Optional.of(ofPictures(images.images()));
        }
        if (partition instanceof ArrayPartition arrays) {
            return Optional.of(ofArrays(arrays));
        }
        return partition instanceof Cycle cycle ? ofSources(cycle) : Optional.empty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ExampleBytes example && example.hash == hash && example.bytes.equals(bytes);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(hash);
    }

    private static List<ExampleBytes> ofPictures(ImageSet images) {
        List<ExampleBytes> examples = new ArrayList<>(images.size());
        ByteBuffer pixels = ByteBuffer.wrap(images.pixels());
        for (int i = 0; i < images.size(); i++) {
            examples.add(new ExampleBytes(
                    pixels.slice(images.offset(i), images.format().bytes())));
        }
        return examples;
    }

    private static List<ExampleBytes> ofArrays(ArrayPartition partition) {
        List<ArrayPartition.Rows> shown = partition.arrays().entrySet().stream()
                .filter(array -> !array.getKey().equals(ImagePartition.LABEL))
                .map(Map.Entry::getValue)
                .toList();
        int size = shown.stream().mapToInt(ArrayPartition.Rows::rowBytes).sum();
        List<ExampleBytes> examples = new ArrayList<>();
        for (int i = 0; i < partition.size(); i++) {
            ByteBuffer bytes = ByteBuffer.allocate(size);
            for (ArrayPartition.Rows rows : shown) {
                bytes.put(rows.bytes().slice(i * rows.rowBytes(), rows.rowBytes()));
            }
            examples.add(new ExampleBytes(bytes.flip()));
        }
        return examples;
    }

    private static Optional<List<ExampleBytes>> ofSources(Cycle cycle) {
        List<ExampleBytes> all = new ArrayList<>();
        for (Partition source : cycle.sources().values()) {
            Optional<List<ExampleBytes>> examples = of(source);
            if (examples.isEmpty()) {
                return Optional.empty();
            }
            all.addAll(examples.get());
        }
        return Optional.of(all);
    }

    /** Only to find those that may be equal, so speed is all that matters. */
    private static long hash(ByteBuffer bytes) {
        long hash = bytes.limit();
        int at = 0;
        for (; at + Long.BYTES <= bytes.limit(); at += Long.BYTES) {
            hash = (hash ^ bytes.getLong(at)) * MULTIPLIER;
            hash ^= hash >>> SHIFT;
        }
        for (; at < bytes.limit(); at++) {
            hash = (hash ^ bytes.get(at)) * MULTIPLIER;
        }
        return hash ^ (hash >>> SHIFT);
    }
}
