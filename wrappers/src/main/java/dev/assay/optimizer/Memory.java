package dev.assay.optimizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.assay.engine.Layout;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.DoubleUnaryOperator;

/** What an optimizer remembers of one parameter: arrays like it, and numbers such as a count of steps. */
final class Memory {
    private final NDManager owner;
    private final Map<String, NDArray> arrays = new TreeMap<>();
    /** The numbers in use, ahead of their arrays, so that an update need not go through the engine for them. */
    private final Map<String, Double> numbers = new HashMap<>();

    Memory(NDManager owner) {
        this.owner = owner;
    }

    boolean has(String what) {
        return arrays.containsKey(what);
    }

    /** An array of that name; like the parameter, all of one value, where there is none yet. */
    NDArray array(String what, NDArray parameter, double initial) {
        NDArray known = arrays.get(what);
        if (known != null) {
            return known;
        }
        NDArray zeros = put(what, Layout.zerosLike(parameter, owner));
        return initial == 0 ? zeros : zeros.addi(initial);
    }

    /** Takes an array in place of another, which is freed. */
    NDArray put(String what, NDArray array) {
        array.attach(owner);
        NDArray before = arrays.put(what, array);
        if (before != null) {
            before.close();
        }
        return array;
    }

    /** Changes a number. */
    double next(String what, double initial, DoubleUnaryOperator change) {
        double next = change.applyAsDouble(number(what, initial));
        numbers.put(what, next);
        return next;
    }

    /** All of it, as arrays of its own. */
    void forEach(BiConsumer<String, NDArray> body) {
        numbers.forEach(
                (what, value) -> Objects.requireNonNull(arrays.get(what)).set(new double[] {value}));
        arrays.forEach(body);
    }

    void close() {
        arrays.values().forEach(NDArray::close);
    }

    private double number(String what, double initial) {
        Double known = numbers.get(what);
        if (known != null) {
            return known;
        }
        NDArray array = arrays.get(what);
        return (array != null ? array : put(what, owner.create(initial))).getDouble();
    }
}
