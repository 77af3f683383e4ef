package dev.assay.optimizer;

import ai.djl.ndarray.NDArray;

/** One parameter in one update. */
final class Weight {
    private static final String STEPS = "steps";

    private final NDArray array;
    private final Memory memory;
    private final double rate;
    private final double decay;
    private final Arithmetic arithmetic;

    /**
     * @param array the parameter
     * @param rate its learning rate in this update
     * @param decay strength of its weight decay
     */
    Weight(NDArray array, Memory memory, double rate, double decay, Arithmetic arithmetic) {
        this.array = array;
        this.memory = memory;
        this.rate = rate;
        this.decay = decay;
        this.arithmetic = arithmetic;
    }

    NDArray array() {
        return array;
    }

    Memory memory() {
        return memory;
    }

    double rate() {
        return rate;
    }

    double decay() {
        return decay;
    }

    Arithmetic arithmetic() {
        return arithmetic;
    }

    /** Adds {@code direction · factor} to the parameter. */
    void move(NDArray direction, double factor) {
        arithmetic.add(array, direction, factor);
    }

    /** Counts this update among those the parameter has had, from 1. */
    double nextStep() {
        return memory.next(STEPS, 0, steps -> steps + 1);
    }

    /** The array remembered by that name, zeros at first. */
    NDArray remembered(String what) {
        return memory.array(what, array);
    }

    /** Moves a remembered average towards a value. */
    NDArray average(String what, NDArray value, double kept) {
        NDArray average = remembered(what);
        arithmetic.blend(average, value, kept);
        return average;
    }

    /** Moves a remembered average towards the square of a value. */
    NDArray averageSquare(String what, NDArray value, double kept) {
        NDArray average = remembered(what);
        arithmetic.blendSquare(average, value, kept);
        return average;
    }
}
