package dev.assay.graph.op;

import ai.djl.ndarray.types.Shape;

/** What moves over the places of an array of shape (N, C, places), the same along each. */
record Window(int size, int stride, int padding, int dilation) {

    /**
     * The shape of what is computed at all its places; the channels stay.
     *
     * @throws ShapeMismatchException if it does not fit in
     */
    Shape over(Shape input) {
        long[] sizes = input.getShape().clone();
        long reach = (long) dilation * (size - 1) + 1;
        for (int i = 2; i < sizes.length; i++) {
            long room = sizes[i] + 2L * padding;
            if (room < reach) {
                throw new ShapeMismatchException("Its kernel reaches over " + reach + " places, but " + input
                        + " with a padding of " + padding + " has " + room + " in dimension " + i + ".");
            }
            sizes[i] = (room - reach) / stride + 1;
        }
        return new Shape(sizes);
    }
}
