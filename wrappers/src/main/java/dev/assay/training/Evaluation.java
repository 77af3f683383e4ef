package dev.assay.training;

import dev.assay.error.AssayException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an evaluation found for one partition.
 *
 * @param metrics values by name without partition, such as {@code accuracy}
 * @param tables what is no number, by name: rows of comma-separated values, kept as {@code <partition>-<name>.csv} in the trial's folder
 *     after the last evaluation
 */
public record Evaluation(Map<String, Double> metrics, Map<String, String> tables) {
    public Evaluation {
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
        tables = Collections.unmodifiableMap(new LinkedHashMap<>(tables));
    }

    public Evaluation(Map<String, Double> metrics) {
        this(metrics, Map.of());
    }

    /**
     * This and one more value.
     *
     * @throws AssayException if there is a value of that name
     */
    public Evaluation with(String name, double value) {
        return with("", Map.of(name, value));
    }

    /**
     * This and more values, under a namespace of their own: {@code detection.recall} for {@code recall} in {@code detection}.
     *
     * @throws AssayException if there is a value of one of the names
     */
    public Evaluation with(String namespace, Map<String, Double> values) {
        Map<String, Double> more = new LinkedHashMap<>(metrics);
        values.forEach((name, value) -> {
            String full = namespace.isEmpty() ? name : namespace + "." + name;
            if (more.put(full, value) != null) {
                throw new AssayException(
                        "The evaluation has a metric (" + full + ") already; it has " + metrics.keySet() + ".");
            }
        });
        return new Evaluation(more, tables);
    }

    /** This and more tables. */
    public Evaluation withTables(Map<String, String> others) {
        Map<String, String> more = new LinkedHashMap<>(tables);
        more.putAll(others);
        return new Evaluation(metrics, more);
    }
}
