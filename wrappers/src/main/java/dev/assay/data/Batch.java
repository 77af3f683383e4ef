package dev.assay.data;

import ai.djl.ndarray.NDArray;
import dev.assay.error.AssayException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Some examples at once, as arrays by name; the first dimension of each array is the example. The arrays belong to the manager they were
 * made on, which is that of the step.
 */
public final class Batch {
    private final int size;
    private final Map<String, NDArray> arrays;

    private Batch(int size, Map<String, NDArray> arrays) {
        this.size = size;
        this.arrays = arrays;
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
        return new Batch(size, new TreeMap<>(arrays));
    }

    /** Number of examples. */
    public int size() {
        return size;
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
        return of(size, more);
    }
}
