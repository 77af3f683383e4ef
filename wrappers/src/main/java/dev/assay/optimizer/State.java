package dev.assay.optimizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The named arrays an optimizer remembers. */
final class State {
    private final NDManager memory;
    private final Map<String, NDArray> arrays = new TreeMap<>();

    State(NDManager memory) {
        this.memory = memory;
    }

    boolean has(String name) {
        return arrays.containsKey(name);
    }

    /** The array of that name, made by {@code initial} if it is not there yet. */
    NDArray get(String name, Supplier<NDArray> initial) {
        return arrays.computeIfAbsent(name, n -> owned(initial.get()));
    }

    Map<String, NDArray> view() {
        return Collections.unmodifiableMap(arrays);
    }

    void replace(Map<String, NDArray> others) {
        arrays.values().forEach(NDArray::close);
        arrays.clear();
        others.forEach((name, array) -> arrays.put(name, owned(array.duplicate())));
    }

    private NDArray owned(NDArray array) {
        array.attach(memory);
        return array;
    }
}
