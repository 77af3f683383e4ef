package dev.assay.analysis;

import dev.assay.metric.Metric;
import dev.assay.store.MetricSeries;
import dev.assay.store.TrialRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which values of a training stand for the trial. Values that are not finite never do. */
public enum Reduction {
    /** The best by the metric's direction. The best of many is better than what comes of training again. */
    BEST,
    /** The one recorded last. */
    LAST,
    /** Each of them. */
    ALL;

    /** The values that remain, in order of the steps; none for a series without a finite value. */
    public List<Double> of(MetricSeries series, Metric metric) {
        List<Double> values = new ArrayList<>();
        for (int i = 0; i < series.size(); i++) {
            if (Double.isFinite(series.value(i))) {
                values.add(series.value(i));
            }
        }
        if (values.isEmpty()) {
            return values;
        }
        return switch (this) {
            case ALL -> values;
            case LAST -> List.of(values.get(values.size() - 1));
            case BEST -> List.of(best(values, metric));
        };
    }

    /**
     * The trial with final values that come of its series in this way; metrics without a series keep theirs.
     *
     * @param declarations of metrics, by name without partition
     * @throws IllegalArgumentException for {@link #ALL}, of which a trial cannot have one
     */
    public TrialRecord of(TrialRecord trial, List<MetricSeries> series, Map<String, Metric> declarations) {
        if (this == ALL) {
            throw new IllegalArgumentException("A trial has one final value of a metric, so it must be BEST or LAST.");
        }
        Map<String, Double> metrics = new TreeMap<>(trial.metrics());
        for (MetricSeries each : series) {
            of(each, Analysis.declared(declarations, each.name()))
                    .forEach(value -> metrics.replace(each.name(), value));
        }
        return trial.withMetrics(metrics);
    }

    private static double best(List<Double> values, Metric metric) {
        return switch (metric.direction()) {
            case MAXIMIZE ->
                values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
            case MINIMIZE ->
                values.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
        };
    }
}
