package dev.assay.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.assay.data.Batch;
import dev.assay.random.Seed;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** What a {@link Model} computes with. Its arrays are there once it was initialised. Not safe for use by several threads. */
public interface Network {

    /** The arrays of a batch it needs, by name. */
    List<String> inputs();

    /** Names of what it gives, in order. */
    List<String> outputs();

    /**
     * Makes its first arrays.
     *
     * @param memory owns the arrays; must outlive the network
     * @param examples shape of one example by name, without the batch dimension; {@link #inputs} are among them
     */
    void initialize(NDManager memory, Map<String, Shape> examples, Seed seed, DataType type);

    /** What is trained, by name, in order. */
    Map<String, NDArray> parameters();

    /** What is kept but not trained, by name, in order. */
    Map<String, NDArray> buffers();

    /**
     * What it gives for a batch, and its loss where it has one and the batch has what that needs. Whether operations are recorded was decided
     * before.
     */
    Outputs forward(Batch batch, Mode mode);

    /**
     * Names of the values within, in order.
     *
     * @throws dev.assay.error.AssayException if it has none that can be asked for
     */
    List<String> nodes();

    /** Values of some {@link #nodes} by name, in their order, as in a test; nothing that comes after the last of them is computed. */
    Map<String, NDArray> values(Batch batch, Collection<String> wanted);

    /** Gives a tensor the values it has at the start of a training with that seed. */
    void reset(String tensor, Seed seed);

    /**
     * Lets the statistics a buffer belongs to stay as they are in any mode, or no longer so.
     *
     * @return whether they stayed before
     * @throws dev.assay.error.AssayException if they would move all the same
     */
    boolean freezeStatistics(String buffer, boolean isFrozen);
}
