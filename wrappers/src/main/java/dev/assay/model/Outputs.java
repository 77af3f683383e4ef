package dev.assay.model;

import ai.djl.ndarray.NDArray;
import dev.assay.error.AssayException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a model made of a batch: arrays by name and, where the model has a loss, its value. */
public final class Outputs {
    private final Map<String, NDArray> arrays;
    private final Optional<NDArray> loss;

    /**
     * What a network gave.
     *
     * @param loss the scalar to be made small
     */
    public Outputs(Map<String, NDArray> arrays, Optional<NDArray> loss) {
        this.arrays = Collections.unmodifiableMap(new LinkedHashMap<>(arrays));
        this.loss = loss;
    }

    public Set<String> names() {
        return arrays.keySet();
    }

    /**
     * The output of that name.
     *
     * @throws AssayException if there is none, with the names there are
     */
    public NDArray get(String name) {
        NDArray array = arrays.get(name);
        if (array == null) {
            throw new AssayException("The model has no output (" + name + "); it has " + arrays.keySet() + ".");
        }
        return array;
    }

    public boolean hasLoss() {
        return loss.isPresent();
    }

    /**
     * The scalar to be made small.
     *
     * @throws AssayException if the model has no loss
     */
    public NDArray loss() {
        return loss.orElseThrow(() -> new AssayException("The model has no loss; its outputs are " + arrays.keySet()
                + ".\nMaybe Model.Builder.loss was not called, or trainStep is to compute a loss of its own."));
    }

    /** The same with another loss, a scalar. */
    public Outputs withLoss(NDArray newLoss) {
        return new Outputs(arrays, Optional.of(newLoss));
    }

    /** The same with {@code term} added to the loss, or as the loss if there was none. */
    public Outputs plusLoss(NDArray term) {
        return withLoss(loss.map(before -> before.add(term)).orElse(term));
    }

    /** The same with another array under a name. */
    public Outputs with(String name, NDArray array) {
        Map<String, NDArray> more = new LinkedHashMap<>(arrays);
        more.put(name, array);
        return new Outputs(more, loss);
    }
}
