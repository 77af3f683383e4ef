package dev.assay.data;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.assay.error.AssayException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Some examples at once, as arrays by name; the first dimension of each array is the example. The arrays belong to the manager they were
 * made on, which is that of the step.
 */
public final class Batch {
    private final int size;
    private final Map<String, NDArray> arrays;
    private final Optional<String> source;

    private Batch(int size, Map<String, NDArray> arrays, Optional<String> source) {
        this.size = size;
        this.arrays = arrays;
        this.source = source;
    }

    /**
     * A batch of {@code size} examples.
     *
     * @throws AssayException if an array's first dimension is not {@code size}
     */
    public static Batch of(int size, Map<String, NDArray> arrays) {
        arrays.forEach((name, array) -> {
            if (array.getShape().dimension() == 0 || array.getShape().get(0) != size) {
                throw new AssayException("Array (" + name + ") of a batch of " + size + " examples has shape "
                        + array.getShape() + "; its first dimension must be " + size + ".");
            }
        });
        return new Batch(size, new TreeMap<>(arrays), Optional.empty());
    }

    /** The same examples as those of one of several partitions; for partitions within partitions the names are joined by a slash. */
    Batch from(String name) {
        return new Batch(
                size,
                arrays,
                Optional.of(source.map(inner -> name + "/" + inner).orElse(name)));
    }

    /** Number of examples. */
    public int size() {
        return size;
    }

    /** Name of the partition the examples are from, if it is one of several in a {@link Cycle}. */
    public Optional<String> source() {
        return source;
    }

    public Set<String> names() {
        return arrays.keySet();
    }

    /**
     * The array of that name.
     *
     * @throws AssayException if there is none, with the names there are
     */
    public NDArray get(String name) {
        NDArray array = arrays.get(name);
        if (array == null) {
            throw new AssayException("The batch has no array (" + name + "); it has " + arrays.keySet() + ".");
        }
        return array;
    }

    /**
     * The same with another array under a name.
     *
     * @throws AssayException if the array's first dimension is not {@link #size}
     */
    public Batch with(String name, NDArray array) {
        Map<String, NDArray> more = new TreeMap<>(arrays);
        more.put(name, array);
        return new Batch(of(size, more).size, more, source);
    }

    /**
     * Checks that this has what a partition promised: at least these arrays, in these shapes.
     *
     * @param examples shape of one example by name, without the batch dimension
     * @throws AssayException if it is not, with both sides
     */
    public void requireShapes(Map<String, Shape> examples) {
        Map<String, Shape> expected = new TreeMap<>();
        examples.forEach((name, shape) -> expected.put(name, new Shape(size).addAll(shape)));
        Map<String, Shape> found = new TreeMap<>();
        arrays.forEach((name, array) -> found.put(name, array.getShape()));
        if (!found.entrySet().containsAll(expected.entrySet())) {
            throw new AssayException("A batch of " + size + " examples has arrays " + found
                    + "; its partition promised " + expected + ".");
        }
    }
}
