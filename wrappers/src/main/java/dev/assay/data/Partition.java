package dev.assay.data;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A named part of the data, such as the training examples. Immutable; any number of passes may go on at once. */
public interface Partition {

    /** Number of examples. */
    long size();

    /** Shape of one example by name, without the batch dimension: {@code image → (3, 32, 32)}, {@code label → ()}. */
    Map<String, Shape> shapes();

    /** Names of the classes by label, empty where the examples have none. */
    List<String> classes();

    /** What the values of an array were normalised by, by the array's name; empty where they are as they were given. */
    default Map<String, Normalisation> normalisations() {
        return Map.of();
    }

    /** Number of batches of a pass. */
    default long batchCount(Pass pass) {
        return pass.batches(size());
    }

    /**
     * Number of examples in a batch of a pass, known without reading it.
     *
     * @param batch number of the batch, from 0
     * @throws IndexOutOfBoundsException if the pass has no such batch
     */
    default int batchSize(Pass pass, long batch) {
        long before = Objects.checkIndex(batch, batchCount(pass)) * pass.batchSize();
        return (int) Math.min(pass.batchSize(), size() - before);
    }

    /** Begins a pass; the caller closes the stream. */
    BatchStream batches(Pass pass);
}
