package dev.assay.training;

import dev.assay.error.AssayException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an evaluation found for one partition.
 *
 * @param metrics values by name without partition, such as {@code accuracy}
 */
public record Evaluation(Map<String, Double> metrics) {
    public Evaluation {
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    }

    /**
     * This and one more value.
     *
     * @throws AssayException if there is a value of that name
     */
    public Evaluation with(String name, double value) {
        Map<String, Double> more = new LinkedHashMap<>(metrics);
        if (more.put(name, value) != null) {
            throw new AssayException(
                    "The evaluation has a metric (" + name + ") already; it has " + metrics.keySet() + ".");
        }
        return new Evaluation(more);
    }
}
