package dev.assay.optimizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.HashMap;
import java.util.Map;

/**
 * Operations of arrays with numbers. The engine takes numbers as arrays; each is made once and serves all parameters of an update. They are
 * in double precision, have no dimension, and leave the type of what they are combined with as it is.
 */
final class Arithmetic implements AutoCloseable {
    private final NDManager memory;
    private final Map<Double, NDArray> numbers = new HashMap<>();

    Arithmetic(NDManager memory) {
        this.memory = memory;
    }

    /** {@code array · factor}, as a new array. */
    NDArray times(NDArray array, double factor) {
        return array.mul(number(factor));
    }

    /** {@code array ← array · factor}. */
    NDArray scale(NDArray array, double factor) {
        return array.muli(number(factor));
    }

    /** {@code array + term}, as a new array. */
    NDArray plus(NDArray array, double term) {
        return array.add(number(term));
    }

    /** {@code array ← array + term}. */
    NDArray shift(NDArray array, double term) {
        return array.addi(number(term));
    }

    /** {@code max(array, least)}, as a new array. */
    NDArray atLeast(NDArray array, double least) {
        return array.maximum(number(least));
    }

    /** {@code min(array, most)}, as a new array. */
    NDArray atMost(NDArray array, double most) {
        return array.minimum(number(most));
    }

    /** {@code sum ← sum + part · factor}. */
    void add(NDArray sum, NDArray part, double factor) {
        if (factor == 1) {
            sum.addi(part);
            return;
        }
        try (NDArray scaled = times(part, factor)) {
            sum.addi(scaled);
        }
    }

    /** {@code average ← average · kept + value · (1 − kept)}. */
    void blend(NDArray average, NDArray value, double kept) {
        scale(average, kept);
        add(average, value, 1 - kept);
    }

    /** {@code average ← average · kept + value² · (1 − kept)}. */
    void blendSquare(NDArray average, NDArray value, double kept) {
        scale(average, kept);
        try (NDArray square = scale(value.mul(value), 1 - kept)) {
            average.addi(square);
        }
    }

    /**
     * {@code array ← values}, whatever was there. The engine has no such operation for arrays of any layout and no dimension, but anything to
     * the power of 0 is 1, infinities and NaN included.
     */
    void assign(NDArray array, NDArray values) {
        array.powi(number(0)).muli(values);
    }

    @Override
    public void close() {
        numbers.values().forEach(NDArray::close);
    }

    private NDArray number(double value) {
        return numbers.computeIfAbsent(value, number -> memory.create((double) number));
    }
}
