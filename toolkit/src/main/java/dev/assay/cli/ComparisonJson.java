package dev.assay.cli;

import dev.assay.analysis.Comparison;
import dev.assay.analysis.Difference;
import dev.assay.analysis.Estimate;
import dev.assay.analysis.Group;
import dev.assay.report.GroupCurve;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A comparison for programs; a number that there is not is left out. */
final class ComparisonJson {
    private ComparisonJson() {}

    /** @param curves of each group, by metric */
    static String of(Comparison comparison, List<Comparison.MetricRow> metrics, List<Map<String, GroupCurve>> curves) {
        ObjectNode root = JsonMapper.shared().createObjectNode();
        ArrayNode groups = root.putArray("groups");
        for (Group group : comparison.groups()) {
            ArrayNode trials = groups.addObject().put("name", group.name()).putArray("trials");
            group.trials().forEach(trial -> trials.add(trial.hash()));
        }
        ArrayNode rows = root.putArray("metrics");
        metrics.forEach(row -> rows.add(metric(row, comparison)));
        curves(root.putArray("curves"), comparison, curves);
        rows(root.putArray("config"), comparison.config());
        rows(root.putArray("provenance"), comparison.provenance());
        return JsonOutput.text(root);
    }

    private static ObjectNode metric(Comparison.MetricRow row, Comparison comparison) {
        ObjectNode node = JsonMapper.shared().createObjectNode().put("name", row.metric());
        ArrayNode means = node.putArray("means");
        row.means().forEach(mean -> {
            ObjectNode each = means.addObject();
            mean.ifPresent(estimate -> estimate(each, estimate));
        });
        ArrayNode differences = node.putArray("differences");
        for (int i = 1; i < comparison.groups().size(); i++) {
            ObjectNode each = differences
                    .addObject()
                    .put("group", comparison.groups().get(i).name());
            double p = row.p().get(i);
            row.differences().get(i).ifPresent(difference -> difference(each, difference, p));
        }
        List<String> sentences = comparison.sentences(row);
        sentences.forEach(node.putArray("sentences")::add);
        return node;
    }

    private static void curves(ArrayNode into, Comparison comparison, List<Map<String, GroupCurve>> curves) {
        TreeSet<String> names = new TreeSet<>();
        curves.forEach(group -> names.addAll(group.keySet()));
        for (String name : names) {
            ArrayNode groups = into.addObject().put("metric", name).putArray("groups");
            for (int i = 0; i < curves.size(); i++) {
                GroupCurve curve = curves.get(i).get(name);
                if (curve != null) {
                    curve(
                            groups.addObject()
                                    .put("group", comparison.groups().get(i).name()),
                            curve);
                }
            }
        }
    }

    private static void curve(ObjectNode node, GroupCurve curve) {
        node.put("trials", curve.trials());
        numbers(node.putArray("step"), curve.steps());
        numbers(node.putArray("epoch"), curve.epochs());
        numbers(node.putArray("mean"), curve.means());
        if (!curve.lows().isEmpty()) {
            numbers(node.putArray("low"), curve.lows());
            numbers(node.putArray("high"), curve.highs());
        }
    }

    private static void numbers(ArrayNode into, List<Double> values) {
        values.forEach(into::add);
    }

    private static void difference(ObjectNode node, Difference difference, double p) {
        estimate(node, difference.estimate());
        node.put("paired", difference.paired());
        number(node, "p", difference.p());
        number(node, "pCorrected", p);
        number(node, "hedgesG", difference.effectSize());
    }

    private static void estimate(ObjectNode node, Estimate estimate) {
        node.put("n", estimate.n());
        number(node, "mean", estimate.mean());
        number(node, "low", estimate.low());
        number(node, "high", estimate.high());
    }

    private static void number(ObjectNode node, String key, double value) {
        if (Double.isFinite(value)) {
            node.put(key, value);
        }
    }

    private static void rows(ArrayNode into, List<Comparison.Row> rows) {
        rows.forEach(row -> {
            ArrayNode values = into.addObject().put("path", row.path()).putArray("values");
            row.values().forEach(values::add);
        });
    }
}
