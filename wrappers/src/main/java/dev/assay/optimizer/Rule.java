package dev.assay.optimizer;

import ai.djl.ndarray.NDArray;

/** The arithmetic of an optimizer, for one parameter at a time. What it remembers is with the {@link Weight}, so one rule serves all. */
@FunctionalInterface
interface Rule {

    /** Changes the weight; the gradient stays as it is. */
    void update(Weight weight, NDArray gradient);
}
