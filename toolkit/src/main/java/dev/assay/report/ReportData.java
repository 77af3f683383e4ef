package dev.assay.report;

import dev.assay.analysis.Cell;
import dev.assay.analysis.Curve;
import dev.assay.analysis.Estimate;
import dev.assay.metric.Metric;
import dev.assay.store.ExperimentResults;
import dev.assay.store.MetricSeries;
import dev.assay.store.TrialRecord;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The JSON the charts are drawn from. */
final class ReportData {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    /** More points than this on a line cannot be told apart. */
    private static final int POINTS = 600;

    private final ExperimentResults results;
    private final List<Cell> cells;

    ReportData(ExperimentResults results, List<Cell> cells) {
        this.results = results;
        this.cells = cells;
    }

    /** JSON without any {@code <}, so that it can stand inside a script element. */
    String json(String metricName, Metric metric) {
        ObjectNode data = JSON.createObjectNode();
        data.put("metric", metricName).put("percent", isPercent(metric));
        ArrayNode list = data.putArray("cells");
        cells.forEach(cell -> list.add(cell(cell, metricName)));
        ObjectNode curves = data.putObject("curves");
        for (String name : seriesNames()) {
            ObjectNode curve = curves.putObject(name);
            curve.put("percent", isPercent(declared(name)));
            ArrayNode lines = curve.putArray("cells");
            cells.forEach(cell -> lines.add(line(cell, name)));
        }
        return data.toString().replace("<", "\\u003c");
    }

    private Metric declared(String name) {
        return declared(results, name);
    }

    /** The declaration of a metric, by the last word of its full name. */
    static Metric declared(ExperimentResults results, String name) {
        String plain = name.substring(name.lastIndexOf('.') + 1);
        Metric metric = results.metrics().get(plain);
        return metric == null ? Metric.minimize(plain) : metric;
    }

    private static boolean isPercent(Metric metric) {
        return metric.unit().equals("fraction");
    }

    private ObjectNode cell(Cell cell, String metricName) {
        ObjectNode node = JSON.createObjectNode().put("label", cell.label());
        ArrayNode values = node.putArray("values");
        cell.values(metricName)
                .forEach((seed, value) -> values.addObject().put("seed", seed).put("value", value));
        put(node, Estimate.of(cell.values(metricName).values()));
        return node;
    }

    private static void put(ObjectNode node, Estimate estimate) {
        node.put("n", estimate.n());
        number(node, "mean", estimate.mean());
        number(node, "low", estimate.low());
        number(node, "high", estimate.high());
    }

    private static void number(ObjectNode node, String key, double value) {
        if (Double.isFinite(value)) {
            node.put(key, value);
        } else {
            node.putNull(key);
        }
    }

    private List<String> seriesNames() {
        TreeSet<String> names = new TreeSet<>();
        results.series().values().forEach(all -> all.forEach(series -> names.add(series.name())));
        return List.copyOf(names);
    }

    private ObjectNode line(Cell cell, String name) {
        ObjectNode node = JSON.createObjectNode();
        List<TrialRecord> trials = cell.trials().stream()
                .filter(trial -> series(trial, name) != null)
                .toList();
        List<MetricSeries> series = trials.stream()
                .flatMap(trial -> results.series().getOrDefault(trial.hash(), List.of()).stream())
                .filter(each -> each.name().equals(name))
                .toList();
        Curve curve = Curve.over(series);
        ArrayNode points = node.putArray("points");
        for (int i : thinned(curve.points().size())) {
            Estimate at = curve.points().get(i);
            ArrayNode point = points.addArray().add(curve.epochs().get(i)).add(at.mean());
            if (at.hasInterval()) {
                point.add(at.low()).add(at.high());
            }
        }
        ArrayNode seeds = node.putArray("seeds");
        trials.forEach(trial -> seeds.add(seed(trial, series(trial, name))));
        return node;
    }

    private @org.jspecify.annotations.Nullable MetricSeries series(TrialRecord trial, String name) {
        return results.series().getOrDefault(trial.hash(), List.of()).stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    private static ObjectNode seed(TrialRecord trial, @org.jspecify.annotations.Nullable MetricSeries series) {
        ObjectNode node = JSON.createObjectNode().put("seed", trial.seed());
        ArrayNode points = node.putArray("points");
        if (series != null) {
            for (int i : thinned(series.size())) {
                if (Double.isFinite(series.value(i))) {
                    points.addArray().add(series.epoch(i)).add(series.value(i));
                }
            }
        }
        return node;
    }

    /** Indices of at most {@link #POINTS} of {@code size} points, evenly spaced, first and last included. */
    private static int[] thinned(int size) {
        return size <= POINTS
                ? IntStream.range(0, size).toArray()
                : IntStream.range(0, POINTS)
                        .map(i -> (int) Math.round(i * (size - 1.0) / (POINTS - 1)))
                        .toArray();
    }

    /** Labels by trial hash. */
    static Map<String, String> labels(List<Cell> cells) {
        Map<String, String> labels = new java.util.HashMap<>();
        cells.forEach(cell -> cell.trials().forEach(trial -> labels.put(trial.hash(), cell.label())));
        return labels;
    }
}
