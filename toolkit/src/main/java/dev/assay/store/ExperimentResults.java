package dev.assay.store;

import dev.assay.metric.Metric;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Everything a report is made from.
 *
 * @param name the experiment
 * @param description what it asks, in the researcher's words
 * @param metric full name of the metric that answers the question, such as {@code val.accuracy}
 * @param baseline paths and values that single out the cell others are compared with, such as
 *     {@code {"train.optimizer.lr": 0.1}}; empty: no baseline was named
 * @param recipeFile where the recipe was read from
 * @param trials in the order of the plan
 * @param series each trial's metrics over its training, by its hash; read when asked for, since all together may not fit into memory
 * @param metrics declarations, by the name without partition
 * @param provenance by trial hash, where its results come from, where that was recorded
 * @param networks by trial hash, the picture of its network as SVG, where it has left one
 */
public record ExperimentResults(
        String name,
        Optional<String> description,
        String metric,
        Map<String, JsonNode> baseline,
        Optional<Path> recipeFile,
        List<TrialRecord> trials,
        Function<String, List<MetricSeries>> series,
        Map<String, Metric> metrics,
        Map<String, ObjectNode> provenance,
        Map<String, String> networks) {}
