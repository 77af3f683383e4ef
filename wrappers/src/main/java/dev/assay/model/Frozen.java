package dev.assay.model;

import ai.djl.ndarray.NDArray;
import java.util.IdentityHashMap;
import java.util.Set;

/** Tensors that are not to change until it is closed, which restores exactly what was before; to be used in try-with-resources. */
public final class Frozen implements AutoCloseable {
    /** By identity: arrays of equal content are equal. */
    private final IdentityHashMap<NDArray, Boolean> parameters = new IdentityHashMap<>();

    private final IdentityHashMap<BatchNorm, Boolean> statistics = new IdentityHashMap<>();
    private final Set<String> names;

    Frozen(Set<String> names) {
        this.names = names;
    }

    void add(NDArray parameter) {
        parameters.put(parameter, parameter.hasGradient());
        parameter.setRequiresGradient(false);
    }

    void add(BatchNorm norm) {
        statistics.putIfAbsent(norm, norm.isFrozen());
        norm.freeze(true);
    }

    /** Names of the tensors that are frozen by this. */
    public Set<String> names() {
        return names;
    }

    @Override
    public void close() {
        parameters.forEach(NDArray::setRequiresGradient);
        statistics.forEach(BatchNorm::freeze);
    }
}
