package dev.assay.data;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;

/** A named part of the data, such as the training examples. Immutable; any number of passes may go on at once. */
public interface Partition {

    /** Number of examples. */
    long size();

    /** Shape of one example by name, without the batch dimension: {@code image → (3, 32, 32)}, {@code label → ()}. */
    Map<String, Shape> shapes();

    /** Names of the classes by label, empty where the examples have none. */
    List<String> classes();

    /** Begins a pass; the caller closes the stream. */
    BatchStream batches(Pass pass);
}
