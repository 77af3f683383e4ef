package dev.assay.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.assay.engine.Autograd;
import dev.assay.engine.Layout;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Tensors that get back, when it is closed, the values they had when it was made; to be used in try-with-resources. */
public final class Restored implements AutoCloseable {
    /** By name: the tensor and a copy of what it was. */
    private final Map<String, Pair> pairs = new LinkedHashMap<>();

    private final NDManager memory;

    private record Pair(NDArray tensor, NDArray value) {}

    /** @param tensors by name; at least one */
    Restored(Map<String, NDArray> tensors) {
        this.memory = tensors.values().iterator().next().getManager().newSubManager();
        tensors.forEach((name, tensor) -> {
            NDArray value = Autograd.notRecording(tensor::duplicate);
            value.attach(memory);
            pairs.put(name, new Pair(tensor, value));
        });
    }

    /** Names of the tensors. */
    public Set<String> names() {
        return Collections.unmodifiableSet(pairs.keySet());
    }

    @Override
    public void close() {
        pairs.values().forEach(pair -> Layout.copy(pair.value(), pair.tensor()));
        memory.close();
    }
}
