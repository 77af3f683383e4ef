package dev.assay.training;

import ai.djl.ndarray.NDArray;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What {@link ModelWrapper#trainStep} made of a batch: a loss, from which the loop goes on to gradients and update, or the word that the
 * step has updated the parameters itself. Values by name are recorded as {@code train.<name>}.
 */
public final class StepResult {
    private final Optional<NDArray> loss;
    private final Map<String, Double> values;

    private StepResult(Optional<NDArray> loss, Map<String, Double> values) {
        this.loss = loss;
        this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** The loop does the rest; the loss, a scalar, is recorded as {@code train.loss}. */
    public static StepResult loss(NDArray loss) {
        return new StepResult(Optional.of(loss), Map.of());
    }

    /** The step did all itself. {@code values} should have a {@code loss}, where there is one. */
    public static StepResult manual(Map<String, Double> values) {
        return new StepResult(Optional.empty(), values);
    }

    /** The same with one more value to record. */
    public StepResult with(String name, double value) {
        Map<String, Double> more = new LinkedHashMap<>(values);
        more.put(name, value);
        return new StepResult(loss, more);
    }

    Optional<NDArray> loss() {
        return loss;
    }

    Map<String, Double> values() {
        return values;
    }
}
