package dev.assay.engine;

import ai.djl.ndarray.NDArray;

/** Arrays of one element as Java numbers. */
public final class Scalars {
    private Scalars() {}

    /** The one element of an array of any type and shape. */
    public static double value(NDArray array) {
        return array.toArray()[0].doubleValue();
    }
}
