package dev.assay.analysis;

import dev.assay.metric.Metric;
import dev.assay.store.TrialRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * Groups of trials held against the first of them.
 *
 * @param groups two at least, the first being what the others are compared with
 * @param config paths of the config, but for the seed, whose values differ between groups
 * @param metrics every metric that a trial has
 * @param provenance what differs in where the results come from
 */
public record Comparison(List<Group> groups, List<Row> config, List<MetricRow> metrics, List<Row> provenance) {
    private static final String SEED = "seed";

    public Comparison {
        groups = List.copyOf(groups);
        config = List.copyOf(config);
        metrics = List.copyOf(metrics);
        provenance = List.copyOf(provenance);
    }

    /**
     * What differs.
     *
     * @param path of the value
     * @param values by group: every value that its trials have, with commas between, or {@link Factor#ABSENT}
     */
    public record Row(String path, List<String> values) {}

    /**
     * A metric.
     *
     * @param metric full name
     * @param declared its declaration
     * @param means by group, over its cells alike; empty for a group without a value
     * @param differences by group, to the first; empty for the first itself and where one of the two has no value
     * @param p by group, of the difference, corrected by Holm's method for the number of groups; NaN where there is none
     */
    public record MetricRow(
            String metric,
            Metric declared,
            List<Optional<Estimate>> means,
            List<Optional<Difference>> differences,
            List<Double> p) {}

    /**
     * The comparison of those groups. Cells of two groups are matched by whatever varies in the same way within both, and trials by their seeds.
     *
     * @param declarations of metrics, by name without partition
     */
    public static Comparison of(List<Group> groups, Map<String, Metric> declarations) {
        if (groups.size() < 2) {
            throw new IllegalArgumentException(
                    "There must be two groups at least, but there is " + groups.size() + ".");
        }
        Set<String> names = new TreeSet<>();
        groups.forEach(group ->
                group.trials().forEach(trial -> names.addAll(trial.metrics().keySet())));
        List<Prepared> prepared = groups.stream()
                .map(group -> new Prepared(Cells.of(group.trials()), common(group, groups.get(0))))
                .toList();
        return new Comparison(
                groups,
                rows(
                        groups,
                        group ->
                                group.trials().stream().map(TrialRecord::config).toList()),
                names.stream()
                        .map(name -> metric(prepared, name, Analysis.declared(declarations, name)))
                        .toList(),
                rows(groups, Group::provenance));
    }

    /**
     * A group as it is compared.
     *
     * @param common paths that vary within it and within the first group over the same values
     */
    private record Prepared(List<Cell> cells, List<String> common) {}

    private static List<Row> rows(List<Group> groups, Function<Group, Collection<? extends JsonNode>> trees) {
        List<Map<String, Set<String>>> values =
                groups.stream().map(group -> values(trees.apply(group))).toList();
        Set<String> paths = new LinkedHashSet<>();
        values.forEach(each -> paths.addAll(each.keySet()));
        List<Row> rows = new ArrayList<>();
        for (String path : paths) {
            List<String> row = values.stream()
                    .map(each -> String.join(", ", each.getOrDefault(path, Set.of(Factor.ABSENT))))
                    .toList();
            if (Set.copyOf(row).size() > 1) {
                rows.add(new Row(path, row));
            }
        }
        return rows;
    }

    private static Map<String, Set<String>> values(Collection<? extends JsonNode> trees) {
        Map<String, Set<String>> values = new LinkedHashMap<>();
        for (JsonNode tree : trees) {
            Map<String, JsonNode> leaves = Leaves.of(tree);
            leaves.remove(SEED);
            leaves.forEach((path, value) ->
                    values.computeIfAbsent(path, key -> new TreeSet<>()).add(Labels.text(value)));
        }
        return values;
    }

    private static MetricRow metric(List<Prepared> groups, String name, Metric declared) {
        List<Optional<Difference>> differences = new ArrayList<>();
        for (Prepared group : groups) {
            differences.add(differences.isEmpty() ? Optional.empty() : difference(group, groups.get(0), name));
        }
        double[] p = Difference.holm(differences.stream()
                .mapToDouble(difference -> difference.map(Difference::p).orElse(Double.NaN))
                .toArray());
        return new MetricRow(
                name,
                declared,
                groups.stream().map(group -> mean(group, name)).toList(),
                differences,
                Arrays.stream(p).boxed().toList());
    }

    private static Optional<Estimate> mean(Prepared group, String name) {
        List<Map<Long, Double>> values = group.cells().stream()
                .map(cell -> cell.values(name))
                .filter(cell -> !cell.isEmpty())
                .toList();
        if (values.size() == 1) {
            return Optional.of(Estimate.of(values.get(0).values()));
        }
        double[] weights =
                values.stream().mapToDouble(cell -> 1.0 / values.size()).toArray();
        return values.isEmpty()
                ? Optional.empty()
                : Optional.of(Difference.contrast(values, weights).estimate());
    }

    private static Optional<Difference> difference(Prepared group, Prepared first, String name) {
        Map<List<String>, List<Map<Long, Double>>> ours = contexts(group, group.common(), name);
        Map<List<String>, List<Map<Long, Double>>> theirs = contexts(first, group.common(), name);
        if (ours.keySet().stream().noneMatch(theirs::containsKey)) {
            ours = contexts(group, List.of(), name);
            theirs = contexts(first, List.of(), name);
        }
        ours.keySet().retainAll(theirs.keySet());
        List<Map<Long, Double>> values = new ArrayList<>();
        List<Double> weights = new ArrayList<>();
        for (Map.Entry<List<String>, List<Map<Long, Double>>> context : ours.entrySet()) {
            List<Map<Long, Double>> others = theirs.getOrDefault(context.getKey(), List.of());
            add(context.getValue(), 1.0 / ours.size(), values, weights);
            add(others, -1.0 / ours.size(), values, weights);
        }
        return values.isEmpty()
                ? Optional.empty()
                : Optional.of(Difference.contrast(
                        values,
                        weights.stream().mapToDouble(Double::doubleValue).toArray()));
    }

    private static void add(
            List<Map<Long, Double>> cells, double weight, List<Map<Long, Double>> values, List<Double> weights) {
        for (Map<Long, Double> cell : cells) {
            values.add(cell);
            weights.add(weight / cells.size());
        }
    }

    /** Paths that vary within both groups, over the same values. */
    private static List<String> common(Group one, Group other) {
        Map<String, Set<String>> ours =
                values(one.trials().stream().map(TrialRecord::config).toList());
        Map<String, Set<String>> theirs =
                values(other.trials().stream().map(TrialRecord::config).toList());
        return ours.entrySet().stream()
                .filter(path -> path.getValue().size() > 1 && path.getValue().equals(theirs.get(path.getKey())))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Values of the cells that have some, by what they have at those paths. */
    private static Map<List<String>, List<Map<Long, Double>>> contexts(
            Prepared group, List<String> paths, String name) {
        Map<List<String>, List<Map<Long, Double>>> contexts = new LinkedHashMap<>();
        for (Cell cell : group.cells()) {
            Map<String, JsonNode> leaves = Labels.leaves(cell.trials().get(0).config());
            Map<Long, Double> values = cell.values(name);
            if (!values.isEmpty()) {
                List<String> context =
                        paths.stream().map(path -> Factor.level(leaves, path)).toList();
                contexts.computeIfAbsent(context, key -> new ArrayList<>()).add(values);
            }
        }
        return contexts;
    }

    /** What a metric says of each group but the first, a sentence each. */
    public List<String> sentences(MetricRow row) {
        List<String> sentences = new ArrayList<>();
        for (int i = 1; i < groups.size(); i++) {
            String names = row.metric() + " of " + groups.get(i).name();
            String first = groups.get(0).name();
            double p = row.p().get(i);
            sentences.add(row.differences()
                    .get(i)
                    .map(difference -> sentence(names, first, difference, p, row.declared()))
                    .orElse("The " + names + " cannot be compared with that of " + first + ": one of them has none."));
        }
        return sentences;
    }

    private static String sentence(String names, String first, Difference difference, double p, Metric metric) {
        MetricText text = new MetricText(metric);
        Estimate estimate = difference.estimate();
        String fact = "The " + names + " differs from that of " + first + " by " + text.difference(estimate.mean());
        if (!estimate.hasInterval()) {
            return fact
                    + (estimate.n() < 2
                            ? "; with one seed nothing can be said about whether it is more than chance."
                            : "; it is the same for every seed, so nothing can be said about its spread.");
        }
        String interval = " (95 % interval " + text.differenceInterval(estimate)
                + (difference.paired() ? ", paired by seed" : ", unpaired") + ", n = " + estimate.n() + ", p "
                + MetricText.relation(p) + ")";
        boolean isBetter = switch (metric.direction()) {
            case MAXIMIZE -> estimate.mean() > 0;
            case MINIMIZE -> estimate.mean() < 0;
        };
        return fact
                + interval
                + (Difference.isSignificant(p)
                        ? ": it is " + (isBetter ? "better" : "worse") + " beyond what seeds explain."
                        : ": no difference can be told from these seeds.");
    }
}
