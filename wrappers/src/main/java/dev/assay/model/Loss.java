package dev.assay.model;

import ai.djl.ndarray.NDArray;
import java.util.List;

/** A scalar to be made small, computed from outputs of a model and arrays of a batch. */
public interface Loss {

    /** Names of what it is computed from: outputs, or else arrays of the batch. */
    List<String> arguments();

    /** The loss of the arrays that {@link #arguments} names, in that order. */
    NDArray of(List<NDArray> values);
}
