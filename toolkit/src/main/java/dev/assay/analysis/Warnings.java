package dev.assay.analysis;

import dev.assay.analysis.FactorEffect.Basis;
import dev.assay.metric.Metric;
import dev.assay.store.TrialState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.commons.statistics.distribution.NormalDistribution;
import tools.jackson.databind.JsonNode;

/** Looks for what makes an experiment's answer weaker than it looks. */
final class Warnings {
    static final int FEWEST_SEEDS = 3;
    private static final int MANY_CELLS = 8;
    private static final int MOST_NAMED = 3;
    private static final String TEST = "test.";

    private final List<Cell> cells;
    private final String metric;
    private final MetricText text;
    private final List<Warning> found = new ArrayList<>();

    private Warnings(List<Cell> cells, String metric, Metric declared) {
        this.cells = cells;
        this.metric = metric;
        this.text = new MetricText(declared);
    }

    static List<Warning> of(List<Cell> cells, List<FactorEffect> effects, String metric, Metric declared) {
        Warnings warnings = new Warnings(cells, metric, declared);
        warnings.replicates();
        warnings.imbalance();
        warnings.confounded(effects);
        warnings.tunedOnTest();
        warnings.bestOfMany();
        warnings.search();
        return List.copyOf(warnings.found);
    }

    private void add(Warning.Kind kind, String fact, String reason, String advice) {
        found.add(new Warning(kind, fact, reason, advice));
    }

    private int n(Cell cell) {
        return cell.values(metric).size();
    }

    private void replicates() {
        List<Cell> few = cells.stream().filter(cell -> n(cell) < FEWEST_SEEDS).toList();
        if (!few.isEmpty()) {
            int least = few.stream().mapToInt(this::n).min().orElse(0);
            add(
                    Warning.Kind.TOO_FEW_REPLICATES,
                    few.size() + " of " + cells.size() + " cells have fewer than " + FEWEST_SEEDS + " seeds with "
                            + metric + ", the least " + least + ".",
                    least < 2
                            ? "With one seed nothing is known of what chance does."
                            : "With two seeds an interval is some 13 times the standard error wide on each side.",
                    "Set replicates to 5 or more; trials that are done are kept.");
        }
    }

    private void imbalance() {
        Map<Integer, Long> sizes = cells.stream().collect(Collectors.groupingBy(this::n, Collectors.counting()));
        if (sizes.size() < 2) {
            return;
        }
        long missing =
                cells.stream().mapToLong(cell -> cell.trials().size() - n(cell)).sum();
        add(
                Warning.Kind.IMBALANCE,
                "Cells have from "
                        + sizes.keySet().stream().min(Integer::compare).orElse(0) + " to "
                        + sizes.keySet().stream().max(Integer::compare).orElse(0) + " values of " + metric
                        + (missing == 0 ? "." : "; " + missing + " trials have none."),
                missing == 0
                        ? "Means of few seeds are less sure, and seeds that are not shared cannot be paired."
                        : "If trials fail where the metric would be bad, the mean of the others is too good.",
                missing == 0
                        ? "Give all cells the same seeds."
                        : "See why they have none (`list --where \"state != 'COMPLETED'\"`) before comparing means.");
    }

    private void confounded(List<FactorEffect> effects) {
        for (FactorEffect effect : effects) {
            if (!effect.factor().aliases().isEmpty()) {
                add(
                        Warning.Kind.CONFOUNDED,
                        effect.factor().path() + " varies exactly as "
                                + String.join(", ", named(effect.factor().aliases())) + ".",
                        "Whatever is found may be the effect of any of them.",
                        "Vary them apart, as in a grid or a factorial design, if it matters which it is.");
            }
        }
        String inseparable = paths(effects, Basis.NONE);
        if (!inseparable.isEmpty()) {
            add(
                    Warning.Kind.CONFOUNDED,
                    "No two cells differ in one of these alone, nor do other factors occur equally often at each of their levels: "
                            + inseparable + ".",
                    "Their effects cannot be told from one another.",
                    "Add cells that differ in one alone, or take a factorial design; importance may tell something.");
        }
        String averaged = paths(effects, Basis.BALANCED);
        if (!averaged.isEmpty()) {
            add(
                    Warning.Kind.CONFOUNDED,
                    "No two cells differ in one of these alone, so their effects are differences of averages: "
                            + averaged + ".",
                    "In a fraction of a factorial design each effect is mixed with interactions of others.",
                    "Take a fraction of higher resolution, or the full factorial, if interactions are likely.");
        }
    }

    private static String paths(List<FactorEffect> effects, Basis basis) {
        return String.join(
                ", ",
                named(effects.stream()
                        .filter(effect -> effect.basis() == basis
                                && effect.factor().aliases().isEmpty()
                                && effect.factor().levels().size() <= Effects.MOST_LEVELS)
                        .map(effect -> effect.factor().path())
                        .toList()));
    }

    private static List<String> named(List<String> all) {
        return all.size() <= MOST_NAMED ? all : List.of(all.get(0), all.get(1), "and " + (all.size() - 2) + " others");
    }

    private void tunedOnTest() {
        if (cells.size() > 1 && metric.startsWith(TEST)) {
            add(
                    Warning.Kind.TUNED_ON_TEST,
                    "The cells are ranked by " + metric + ".",
                    "What is chosen by the test data does better on them than on new data.",
                    "Choose by a validation metric (report.metric) and look at the test data once, for what was chosen.");
        }
        Optional<String> chosen = cells.stream()
                .flatMap(cell -> Leaves.of(cell.trials().get(0).config()).entrySet().stream())
                .filter(leaf -> isTestMetric(leaf.getValue()))
                .map(Map.Entry::getKey)
                .findFirst();
        chosen.ifPresent(path -> add(
                Warning.Kind.TUNED_ON_TEST,
                "Training looks at the test data: " + path + " names a test metric.",
                "What is chosen by the test data does better on them than on new data.",
                "Name a validation metric there."));
    }

    private static boolean isTestMetric(JsonNode value) {
        return value.isString() && value.asString().matches("test\\.[A-Za-z][A-Za-z0-9_.-]*");
    }

    /** By how much the best of k equal cells exceeds their truth: the expected largest of k normal numbers, by Blom 1958. */
    private void bestOfMany() {
        double[] errors = cells.stream()
                .filter(cell -> n(cell) >= 2)
                .mapToDouble(cell -> {
                    Estimate estimate = Estimate.of(cell.values(metric).values());
                    return estimate.deviation() * estimate.deviation() / estimate.n();
                })
                .toArray();
        if (cells.size() < MANY_CELLS || errors.length == 0) {
            return;
        }
        int k = cells.size();
        double largest = NormalDistribution.of(0, 1).inverseCumulativeProbability((k - 0.375) / (k + 0.25));
        double luck = largest * Math.sqrt(Arrays.stream(errors).average().orElse(0));
        add(
                Warning.Kind.BEST_OF_MANY,
                "The best of " + k + " cells is named.",
                "Were all equally good, the best would look better than it is by about " + text.difference(luck) + ".",
                "Train the best few again with fresh seeds, and report those.");
    }

    private void search() {
        long pruned = cells.stream()
                .flatMap(cell -> cell.trials().stream())
                .filter(trial -> trial.state() == TrialState.PRUNED)
                .count();
        if (pruned > 0) {
            add(
                    Warning.Kind.BIASED_SEARCH,
                    "A search stopped " + pruned + " trials early, by their results.",
                    "Levels that looked bad have fewer values, and those left are the luckier ones, so effects are biased.",
                    "Take effects from a grid or a factorial design, and the search for its best trial only.");
        }
    }
}
