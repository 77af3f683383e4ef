package dev.assay.stitching;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.assay.activation.Units;
import dev.assay.graph.op.ImmutableAdaptiveAveragePool;
import dev.assay.graph.op.ImmutableInterpolate;
import dev.assay.graph.op.Interpolate;
import dev.assay.graph.op.Op;
import dev.assay.graph.op.ShapeMismatchException;
import dev.assay.similarity.Matrix;
import java.util.LinkedHashMap;
import java.util.Map;

/** The places of values, each of which has the same units. */
final class Places {
    /** Dimensions of (N, C, H, W). */
    static final int PICTURE = 4;

    private Places() {}

    /** Channels of pictures, else the last dimension. */
    static int units(Shape shape) {
        return Math.toIntExact(shape.dimension() == PICTURE ? shape.get(1) : shape.get(shape.dimension() - 1));
    }

    /**
     * What brings values to the places of others; empty where they have them.
     *
     * @throws ShapeMismatchException if nothing does
     */
    static Map<String, Op> resize(Shape from, Shape to) {
        Map<String, Op> nodes = new LinkedHashMap<>();
        if (from.dimension() == PICTURE && to.dimension() == PICTURE) {
            if (!from.slice(2).equals(to.slice(2))) {
                nodes.put("resize", resizing(from, (int) to.get(2), (int) to.get(3)));
            }
        } else if (from.dimension() != to.dimension() || !places(from).equals(places(to))) {
            throw new ShapeMismatchException(
                    "Values of shape " + from + " have other places than those of shape " + to
                            + ", and only pictures are resized.\nMaybe a layer of kind linear fits, which maps all values of an example.");
        }
        return nodes;
    }

    /** Examples × units, each place being an example. */
    static Matrix rows(NDArray values) {
        return values.getShape().dimension() == PICTURE
                ? Units.POSITIONS.of(values)
                : Units.ALL.of(values.reshape(-1, units(values.getShape())));
    }

    private static Shape places(Shape shape) {
        return shape.slice(1, shape.dimension() - 1);
    }

    private static Op resizing(Shape from, int height, int width) {
        boolean isSmaller = height <= from.get(2) && width <= from.get(3);
        return isSmaller && height == width
                ? ImmutableAdaptiveAveragePool.builder().places(height).build()
                : ImmutableInterpolate.builder()
                        .height(height)
                        .width(width)
                        .method(Interpolate.Method.BILINEAR)
                        .build();
    }
}
