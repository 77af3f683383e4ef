package dev.assay.report;

import dev.assay.analysis.Analysis;
import dev.assay.analysis.Cell;
import dev.assay.analysis.Cells;
import dev.assay.analysis.Difference;
import dev.assay.analysis.Estimate;
import dev.assay.analysis.MetricText;
import dev.assay.analysis.ParetoFront;
import dev.assay.metric.Direction;
import dev.assay.metric.Metric;
import dev.assay.statistics.LinearRegression;
import dev.assay.statistics.Sample;
import dev.assay.store.ExperimentResults;
import dev.assay.store.TrialRecord;
import dev.assay.store.TrialState;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What all forms of a report tell: the cells of an experiment, their ranks, values and differences. */
final class Findings {
    private final ExperimentResults results;
    private final Analysis analysis;
    private final List<Cell> cells;
    /** By label, which no two cells share. */
    private final Map<String, Integer> ranks = new HashMap<>();

    private final List<Column> factors;
    private final List<String> metricNames;
    private final Optional<Cell> baseline;
    private final Map<String, Integer> cellOfTrial = new HashMap<>();
    private @Nullable Lines lines;

    Findings(ExperimentResults results) {
        this.results = results;
        this.analysis = Analysis.of(results);
        this.cells = analysis.cells();
        rank();
        this.factors = analysis.factors().stream()
                .map(factor -> Column.of(factor, cells))
                .toList();
        this.metricNames = metricNames(results);
        this.baseline = Cells.matching(cells, results.baseline());
        for (int i = 0; i < cells.size(); i++) {
            int index = i;
            cells.get(i).trials().forEach(trial -> cellOfTrial.put(trial.hash(), index));
        }
    }

    /** Means are taken once each, since of thousands of cells sorting would take them anew too often. */
    private void rank() {
        Map<String, Double> means = new HashMap<>();
        for (Cell cell : cells) {
            cell.values(metric()).values().stream()
                    .mapToDouble(Double::doubleValue)
                    .average()
                    .ifPresent(mean -> means.put(cell.label(), isLowerBetter() ? mean : -mean));
        }
        cells.stream()
                .map(Cell::label)
                .filter(means::containsKey)
                .sorted(Comparator.comparing(means::get))
                .forEach(label -> ranks.put(label, ranks.size()));
    }

    private static List<String> metricNames(ExperimentResults results) {
        TreeSet<String> names = new TreeSet<>(Comparator.comparing((String name) -> !name.equals(results.metric()))
                .thenComparing(Comparator.naturalOrder()));
        results.trials().forEach(trial -> names.addAll(trial.metrics().keySet()));
        names.add(results.metric());
        return List.copyOf(names);
    }

    String name() {
        return results.name();
    }

    Analysis analysis() {
        return analysis;
    }

    /** What varies exactly as a factor does, or is implied by one: no factor of its own, but a difference all the same. */
    List<Column> otherColumns() {
        TreeSet<String> paths = new TreeSet<>();
        cells.forEach(cell -> paths.addAll(cell.levels().keySet()));
        factors.forEach(factor -> paths.remove(factor.path()));
        return paths.stream().map(path -> Column.of(path, path, cells)).toList();
    }

    ExperimentResults results() {
        return results;
    }

    List<TrialRecord> trials() {
        return results.trials();
    }

    /** Full name of the metric that answers. */
    String metric() {
        return results.metric();
    }

    boolean isLowerBetter() {
        return declared(metric()).direction() == Direction.MINIMIZE;
    }

    List<Cell> cells() {
        return cells;
    }

    /** All cells: those with a value, the best first, then the others. */
    List<Cell> ordered() {
        return cells.stream()
                .sorted(Comparator.comparingInt(cell -> rank(cell) < 0 ? Integer.MAX_VALUE : rank(cell)))
                .toList();
    }

    /** The place of a cell in the order of the plan. */
    int index(Cell cell) {
        return cellOfTrial.getOrDefault(cell.trials().get(0).hash(), -1);
    }

    /** From 0 for the best mean; -1 for a cell without a value. */
    int rank(Cell cell) {
        return ranks.getOrDefault(cell.label(), -1);
    }

    List<Column> factors() {
        return factors;
    }

    /** Of all final metrics, the answering one first. */
    List<String> metricNames() {
        return metricNames;
    }

    Optional<Cell> baseline() {
        return baseline;
    }

    Metric declared(String name) {
        return Analysis.declared(results.metrics(), name);
    }

    /** The cells by two metrics, which may be one and the same. */
    ParetoFront front(String one, String other) {
        return analysis.front(results.metrics(), List.of(one, other));
    }

    MetricText text(String name) {
        return new MetricText(declared(name));
    }

    Estimate estimate(Cell cell, String metricName) {
        return Estimate.of(cell.values(metricName).values());
    }

    /** Index of the cell of each trial, by hash. */
    Map<String, Integer> cellOfTrial() {
        return cellOfTrial;
    }

    /** Label of the cell of each trial, by hash. */
    Map<String, String> labels() {
        Map<String, String> labels = new HashMap<>();
        cells.forEach(cell -> cell.trials().forEach(trial -> labels.put(trial.hash(), cell.label())));
        return labels;
    }

    /** The curves of all cells there is room for: the baseline first, then by rank. They are read once, since there may be millions of points. */
    Lines lines() {
        if (lines == null) {
            lines = readLines();
        }
        return lines;
    }

    private Lines readLines() {
        List<Integer> order = IntStream.range(0, cells.size())
                .boxed()
                .sorted(Comparator.comparing((Integer i) -> !isBaseline(cells.get(i)))
                        .thenComparing(i -> rank(cells.get(i)) < 0 ? Integer.MAX_VALUE : rank(cells.get(i))))
                .toList();
        return Lines.of(results, cells, order);
    }

    boolean isBaseline(Cell cell) {
        return baseline.filter(other -> other.label().equals(cell.label())).isPresent();
    }

    private Optional<Difference> difference(Cell cell) {
        Map<Long, Double> values = cell.values(metric());
        return baseline.filter(other -> !isBaseline(cell) && !values.isEmpty())
                .map(other -> Difference.of(values, other.values(metric())));
    }

    /** Against the baseline, which there must be. */
    String differenceText(Cell cell) {
        return difference(cell).map(this::text).orElse(isBaseline(cell) ? "baseline" : "–");
    }

    private String text(Difference difference) {
        Estimate estimate = difference.estimate();
        MetricText text = text(metric());
        return text.difference(estimate.mean())
                + (estimate.hasInterval() ? " (" + text.differenceInterval(estimate) + ")" : "");
    }

    /** Of a metric of completed trials on the values of a numeric factor or, of the positive ones, on their decimal logarithms; empty where there is nothing to fit. */
    Optional<LinearRegression> regression(Column factor, String metricName, boolean isLog) {
        double[] x = new double[trials().size()];
        double[] y = new double[x.length];
        int n = 0;
        for (TrialRecord trial : trials()) {
            double number = factor.number(cellOfTrial.getOrDefault(trial.hash(), -1));
            double value = trial.metrics().getOrDefault(metricName, Double.NaN);
            boolean isUsable = trial.state() == TrialState.COMPLETED
                    && Double.isFinite(value)
                    && (isLog ? number > 0 : !Double.isNaN(number));
            if (isUsable) {
                x[n] = isLog ? Math.log10(number) : number;
                y[n++] = value;
            }
        }
        if (n < 3) {
            return Optional.empty();
        }
        Sample across = Sample.of(Arrays.copyOf(x, n));
        Sample up = Sample.of(Arrays.copyOf(y, n));
        return across.isConstant() || up.isConstant() ? Optional.empty() : Optional.of(LinearRegression.of(across, up));
    }
}
