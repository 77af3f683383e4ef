package dev.assay.graph.op;

import ai.djl.ndarray.types.Shape;
import java.util.List;

/**
 * What a node computes from its inputs. The first dimension of a shape is that of the batch where it is -1. Immutable; ops that are equal
 * compute the same.
 */
public sealed interface Op permits ScriptOp, JavaOp {

    /** What it is called in files, tables and pictures, such as {@code conv}. */
    String kind();

    /**
     * Shape of the output.
     *
     * @throws ShapeMismatchException if it cannot take such inputs, without names of nodes
     */
    Shape shape(List<Shape> inputs);

    /** The arrays it needs besides its inputs, in order; asked for only where {@link #shape} accepts the inputs. */
    default List<Weight> weights(List<Shape> inputs) {
        return List.of();
    }

    /** Multiplications that are added up, for one example; what is not of the kind, such as a rectifier, counts as none. */
    default long multiplyAdds(List<Shape> inputs) {
        return 0;
    }

    /** Whether the output is a scalar to be made small. */
    default boolean isLoss() {
        return false;
    }
}
