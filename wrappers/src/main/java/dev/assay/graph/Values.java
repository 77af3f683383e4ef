package dev.assay.graph;

import ai.djl.ndarray.NDArray;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Arrays a graph gave, by the name of their node or input, in the order in which they were asked for. */
public final class Values {
    private final Map<String, NDArray> arrays;

    Values(Map<String, NDArray> arrays) {
        this.arrays = Collections.unmodifiableMap(new LinkedHashMap<>(arrays));
    }

    public Set<String> names() {
        return arrays.keySet();
    }

    /**
     * The value of that name.
     *
     * @throws GraphException if it was not asked for, with the names there are
     */
    public NDArray get(String name) {
        NDArray array = arrays.get(name);
        if (array == null) {
            throw new GraphException("There is no value of (" + name + "); there are " + arrays.keySet() + ".");
        }
        return array;
    }

    /** All of them; cannot be changed. */
    public Map<String, NDArray> asMap() {
        return arrays;
    }
}
