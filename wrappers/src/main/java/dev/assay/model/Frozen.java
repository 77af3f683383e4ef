package dev.assay.model;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tensors that are not to change until it is closed, which restores exactly what was before; to be used in try-with-resources. */
public final class Frozen implements AutoCloseable {
    /** By identity: arrays of equal content are equal. */
    private final IdentityHashMap<NDArray, Boolean> parameters = new IdentityHashMap<>();

    private final Map<String, Boolean> statistics = new LinkedHashMap<>();
    private final Set<String> names;
    private final Network network;

    Frozen(Set<String> names, Network network) {
        this.names = names;
        this.network = network;
    }

    void add(NDArray parameter) {
        parameters.put(parameter, parameter.hasGradient());
        parameter.setRequiresGradient(false);
    }

    void addStatistics(String buffer) {
        statistics.put(buffer, network.freezeStatistics(buffer, true));
    }

    /** Names of the tensors that are frozen by this. */
    public Set<String> names() {
        return names;
    }

    @Override
    public void close() {
        parameters.forEach(NDArray::setRequiresGradient);
        // The last first: what belongs together was found frozen by all but the first of it.
        List<String> buffers = new ArrayList<>(statistics.keySet());
        Collections.reverse(buffers);
        buffers.forEach(buffer -> network.freezeStatistics(buffer, Boolean.TRUE.equals(statistics.get(buffer))));
    }
}
