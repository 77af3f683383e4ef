package dev.assay.store;

import dev.assay.metric.Metric;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Declarations of metrics, and their final values. */
final class MetricTables {
    private static final String DECLARE =
            "INSERT INTO metric (wrapper, name, direction, unit, minimum, maximum, aggregation) VALUES (?, ?, ?, ?, ?, ?, ?)"
                    + " ON CONFLICT (wrapper, name) DO UPDATE SET direction = excluded.direction, unit = excluded.unit,"
                    + " minimum = excluded.minimum, maximum = excluded.maximum, aggregation = excluded.aggregation";

    private MetricTables() {}

    static int declare(Handle handle, String wrapper, List<Metric> metrics) {
        // In one order for everybody, or two would wait for each other for ever.
        metrics.stream()
                .sorted((a, b) -> a.name().compareTo(b.name()))
                .forEach(metric -> handle.execute(
                        DECLARE,
                        wrapper,
                        metric.name(),
                        metric.direction().name(),
                        metric.unit(),
                        metric.range().minimum(),
                        metric.range().maximum(),
                        metric.aggregation().name()));
        return metrics.size();
    }

    static Map<String, Metric> declared(Handle handle, String wrapper) {
        Map<String, Metric> metrics = new LinkedHashMap<>();
        handle.createQuery("SELECT * FROM metric WHERE wrapper = :wrapper ORDER BY name")
                .bind("wrapper", wrapper)
                .map((row, context) -> TrialRows.metric(row))
                .forEach(metric -> metrics.put(metric.name(), metric));
        return metrics;
    }

    static void putFinal(Handle handle, String trial, Map<String, Double> metrics) {
        if (metrics.isEmpty()) {
            return;
        }
        var batch = handle.prepareBatch("INSERT INTO final_metric (trial, name, value) VALUES (?, ?, ?)");
        metrics.forEach((name, value) -> batch.add(trial, name, TrialRows.number(value)));
        batch.execute();
    }

    static void dropFinal(Handle handle, String trial) {
        handle.execute("DELETE FROM final_metric WHERE trial = ?", trial);
    }
}
