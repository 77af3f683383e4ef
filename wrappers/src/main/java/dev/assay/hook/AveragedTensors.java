package dev.assay.hook;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.assay.engine.Autograd;
import dev.assay.engine.Layout;
import dev.assay.model.Model;
import dev.assay.training.Start;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** A running average of a model's parameters, with its latest buffers, that can stand in for them. Empty until the first value. */
final class AveragedTensors {
    private final Model model;
    private final NDManager memory;
    private final Map<String, NDArray> average = new TreeMap<>();
    private final Map<String, NDArray> trained = new TreeMap<>();

    AveragedTensors(Start start) {
        this.model = start.model();
        this.memory = start.memory();
    }

    boolean isEmpty() {
        return average.isEmpty();
    }

    /** Moves the average by {@code part} of the way towards what the model is now. */
    void moveBy(double part) {
        if (average.isEmpty()) {
            keep(model.tensors(), average);
            return;
        }
        Autograd.notRecording(() -> {
            model.parameters()
                    .forEach((name, parameter) -> move(Objects.requireNonNull(average.get(name)), parameter, part));
            model.buffers().forEach((name, buffer) -> Layout.copy(buffer, Objects.requireNonNull(average.get(name))));
            return true;
        });
    }

    /** Moves the average, that of buffers too, by {@code part} of the way towards what the model is now, and the model to where that is. */
    void meet(double part) {
        Autograd.notRecording(() -> {
            model.tensors().forEach((name, tensor) -> move(Objects.requireNonNull(average.get(name)), tensor, part));
            return true;
        });
        become(average);
    }

    private static void move(NDArray mean, NDArray parameter, double part) {
        try (NDArray way = parameter.sub(mean)) {
            mean.addi(way.muli(part));
        }
    }

    /** Gives the model the average; what it was is kept for {@link #giveBack}. */
    void standIn() {
        if (!average.isEmpty()) {
            keep(model.tensors(), trained);
            become(average);
        }
    }

    /** Gives the model back what it was before {@link #standIn}, if it was called. */
    void giveBack() {
        if (!trained.isEmpty()) {
            become(trained);
            drop(trained);
        }
    }

    /** Gives the model the average for good. */
    void finish() {
        if (!average.isEmpty()) {
            become(average);
            drop(average);
        }
    }

    Map<String, NDArray> tensors() {
        return Collections.unmodifiableMap(average);
    }

    void restore(Map<String, NDArray> tensors) {
        drop(average);
        keep(tensors, average);
    }

    private void become(Map<String, NDArray> values) {
        Map<String, NDArray> tensors = model.tensors();
        values.forEach((name, value) -> Layout.copy(value, Objects.requireNonNull(tensors.get(name))));
    }

    private void keep(Map<String, NDArray> tensors, Map<String, NDArray> copies) {
        tensors.forEach((name, tensor) -> {
            NDArray copy = Autograd.notRecording(tensor::duplicate);
            copy.attach(memory);
            copies.put(name, copy);
        });
    }

    private static void drop(Map<String, NDArray> arrays) {
        arrays.values().forEach(NDArray::close);
        arrays.clear();
    }
}
