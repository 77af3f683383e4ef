package dev.assay.training;

import ai.djl.ndarray.NDArray;
import dev.assay.data.Batch;
import dev.assay.engine.Autograd;
import dev.assay.engine.Scalars;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Looks for what made a loss infinite or undefined. */
final class NonFinite {
    private NonFinite() {}

    /** The first of the batch, the parameters, the buffers and the gradients that is not finite, in words. */
    static Optional<String> first(StepContext step, Batch batch) {
        Map<String, NDArray> inputs = new TreeMap<>();
        batch.names().forEach(name -> inputs.put(name, batch.get(name)));
        return Autograd.notRecording(() -> first("input", inputs)
                .or(() -> first("parameter", step.parameters()))
                .or(() -> first("buffer", step.model().buffers()))
                .or(() -> first("the gradient of", step.gradients())));
    }

    private static Optional<String> first(String kind, Map<String, NDArray> arrays) {
        return arrays.entrySet().stream()
                .filter(entry -> !isFinite(entry.getValue()))
                .map(entry -> kind + " (" + entry.getKey() + ")")
                .findFirst();
    }

    private static boolean isFinite(NDArray array) {
        if (!array.getDataType().isFloating()) {
            return true;
        }
        try (NDArray zeros = array.sub(array);
                NDArray zero = zeros.sum()) {
            return Scalars.value(zero) == 0;
        }
    }
}
