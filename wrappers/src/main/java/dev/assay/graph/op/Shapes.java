package dev.assay.graph.op;

import ai.djl.ndarray.types.Shape;
import java.util.List;

/** What shape functions have in common. */
final class Shapes {
    private static final long UNKNOWN = -1;

    private Shapes() {}

    /** @throws ShapeMismatchException if there is not exactly one */
    static Shape only(List<Shape> inputs) {
        return require(inputs, 1).get(0);
    }

    /** @throws ShapeMismatchException if there are not that many */
    static List<Shape> require(List<Shape> inputs, int count) {
        if (inputs.size() != count) {
            throw new ShapeMismatchException("It takes " + count + (count == 1 ? " input" : " inputs")
                    + " and was given " + inputs.size() + ".");
        }
        return inputs;
    }

    /** @throws ShapeMismatchException if there are fewer */
    static List<Shape> requireAtLeast(List<Shape> inputs, int count) {
        if (inputs.size() < count) {
            throw new ShapeMismatchException(
                    "It takes " + count + " or more inputs and was given " + inputs.size() + ".");
        }
        return inputs;
    }

    /** @throws ShapeMismatchException if the shape has fewer or more dimensions */
    static Shape requireDimensions(Shape shape, int least, int most, String meaning) {
        if (shape.dimension() < least || shape.dimension() > most) {
            throw new ShapeMismatchException("It takes " + (least == most ? least : least + " to " + most)
                    + " dimensions, " + meaning + ", and was given " + shape + ".");
        }
        return shape;
    }

    /**
     * The index of a dimension that may be counted from the end.
     *
     * @throws ShapeMismatchException if there is none
     */
    static int dimension(Shape shape, int dimension) {
        int index = dimension < 0 ? dimension + shape.dimension() : dimension;
        if (index < 0 || index >= shape.dimension()) {
            throw new ShapeMismatchException("The shape " + shape + " has no dimension " + dimension + ".");
        }
        return index;
    }

    /** The same shape with another size of one dimension. */
    static Shape with(Shape shape, int index, long size) {
        long[] sizes = shape.getShape().clone();
        sizes[index] = size;
        return new Shape(sizes);
    }

    /** The same shape with other sizes from the third dimension on. */
    static Shape withPlaces(Shape shape, long... places) {
        long[] sizes = shape.getShape().clone();
        System.arraycopy(places, 0, sizes, 2, places.length);
        return new Shape(sizes);
    }

    /** Product of the sizes but for the batch: the values of one example. */
    static long perExample(Shape shape) {
        long product = 1;
        for (long size : shape.getShape()) {
            product *= size == UNKNOWN ? 1 : size;
        }
        return product;
    }

    /**
     * The shape two arrays have together by PyTorch's broadcasting.
     *
     * @throws ShapeMismatchException if they have none
     */
    static Shape broadcast(Shape a, Shape b) {
        int dimensions = Math.max(a.dimension(), b.dimension());
        long[] sizes = new long[dimensions];
        for (int i = 1; i <= dimensions; i++) {
            long left = i <= a.dimension() ? a.get(a.dimension() - i) : 1;
            long right = i <= b.dimension() ? b.get(b.dimension() - i) : 1;
            if (left != right && left != 1 && right != 1) {
                throw new ShapeMismatchException("The shapes " + a + " and " + b
                        + " must be equal, but for dimensions of size 1 and those that one lacks at the front.");
            }
            sizes[dimensions - i] = left == 1 ? right : left;
        }
        return new Shape(sizes);
    }
}
