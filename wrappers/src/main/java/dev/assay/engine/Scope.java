package dev.assay.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/**
 * The native memory of one step: everything made on its manager is freed when it closes. Long-lived arrays, such as parameters, are lent to
 * it, because an array derived from another belongs to that one's manager; so what a step derives from a parameter goes with the step.
 */
public final class Scope implements AutoCloseable {
    private final NDManager manager;

    private Scope(NDManager manager) {
        this.manager = manager;
    }

    /** A scope under {@code parent}, with arrays lent to it until it closes. */
    public static Scope open(NDManager parent, Iterable<NDArray> lent) {
        NDManager manager = parent.newSubManager();
        lent.forEach(array -> array.tempAttach(manager));
        return new Scope(manager);
    }

    /** Owner of the arrays of the step. */
    public NDManager manager() {
        return manager;
    }

    @Override
    public void close() {
        manager.close();
    }
}
