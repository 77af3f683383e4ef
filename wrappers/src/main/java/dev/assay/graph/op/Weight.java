package dev.assay.graph.op;

import ai.djl.ndarray.types.Shape;

/**
 * An array an op needs besides its inputs.
 *
 * @param name within the node, PyTorch's, such as {@code weight} or {@code running_mean}
 * @param shape without unknown dimensions
 * @param isTrained whether it is a parameter; otherwise it is kept with the model but not trained
 * @param first how its first values are drawn
 */
public record Weight(String name, Shape shape, boolean isTrained, FirstValues first) {

    /** A parameter. */
    public static Weight trained(String name, FirstValues first, long... shape) {
        return new Weight(name, new Shape(shape), true, first);
    }

    /** What is kept with the model but not trained. */
    public static Weight kept(String name, FirstValues first, long... shape) {
        return new Weight(name, new Shape(shape), false, first);
    }
}
