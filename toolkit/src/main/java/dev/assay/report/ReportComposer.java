package dev.assay.report;

import dev.assay.analysis.Answer;
import dev.assay.analysis.Cell;
import dev.assay.analysis.Cells;
import dev.assay.analysis.Difference;
import dev.assay.analysis.Estimate;
import dev.assay.analysis.FixedValues;
import dev.assay.analysis.MetricText;
import dev.assay.metric.Metric;
import dev.assay.report.ReportPage.CellRow;
import dev.assay.report.ReportPage.FailureRow;
import dev.assay.report.ReportPage.TrialRow;
import dev.assay.store.ExperimentResults;
import dev.assay.store.TrialRecord;
import dev.assay.store.TrialState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Turns results into the texts and numbers of the page. */
final class ReportComposer {
    private final ExperimentResults results;
    private final List<Cell> cells;
    private final Map<String, String> labels;
    private final Metric metric;
    private final MetricText text;
    private final Optional<Cell> baseline;

    ReportComposer(ExperimentResults results) {
        this.results = results;
        this.cells = Cells.of(results.trials());
        this.labels = ReportData.labels(cells);
        this.metric = ReportData.declared(results, results.metric());
        this.text = new MetricText(metric);
        this.baseline = Cells.matching(cells, results.baseline());
    }

    ReportPage page() {
        List<String> metricNames = metricNames();
        Networks networks = Networks.of(cells, results.networks());
        return new ReportPage(
                results.name(),
                results.description(),
                results.metric(),
                switch (metric.direction()) {
                    case MAXIMIZE -> "higher is better";
                    case MINIMIZE -> "lower is better";
                },
                Answer.of(cells, results.metric(), metric).sentences(),
                baseline.map(Cell::label),
                cellRows(),
                metricNames,
                results.trials().stream()
                        .map(trial -> trialRow(trial, metricNames))
                        .toList(),
                failures(),
                networks.shown(),
                networks.leftOut(),
                FixedValues.of(results.trials()),
                new ReportData(results, cells).json(results.metric(), metric),
                ReportFiles.resource("report.css"),
                List.of(ReportFiles.resource(ReportFiles.CHARTS), ReportFiles.resource("report.js")));
    }

    private List<CellRow> cellRows() {
        List<Cell> ranked = new ArrayList<>(Answer.ranked(cells, results.metric(), metric));
        cells.stream().filter(cell -> !ranked.contains(cell)).forEach(ranked::add);
        return ranked.stream().map(this::cellRow).toList();
    }

    private CellRow cellRow(Cell cell) {
        Map<Long, Double> values = cell.values(results.metric());
        Estimate estimate = Estimate.of(values.values());
        Optional<Difference> difference = baseline.filter(other -> !other.equals(cell) && !values.isEmpty())
                .map(other -> Difference.of(values, other.values(results.metric())));
        return new CellRow(
                cell.label(),
                estimate.n(),
                cell.trials().size(),
                text.value(estimate.mean()),
                text.interval(estimate),
                text.value(estimate.deviation()),
                difference
                        .map(this::difference)
                        .orElse(baseline.filter(cell::equals).isPresent() ? "baseline" : "–"),
                difference
                        .filter(d -> d.estimate().hasInterval())
                        .map(d -> d.estimate().excludesZero() ? "differs" : "no clear difference")
                        .orElse(""));
    }

    private String difference(Difference difference) {
        Estimate estimate = difference.estimate();
        return text.difference(estimate.mean())
                + (estimate.hasInterval()
                        ? " (" + text.differenceInterval(estimate) + (difference.paired() ? ", paired)" : ")")
                        : "");
    }

    private TrialRow trialRow(TrialRecord trial, List<String> metricNames) {
        Optional<Duration> duration =
                trial.started().flatMap(start -> trial.ended().map(end -> Duration.between(start, end)));
        return new TrialRow(
                trial.hash().substring(0, Math.min(10, trial.hash().length())),
                labels.getOrDefault(trial.hash(), ""),
                trial.seed(),
                trial.state().name(),
                metricNames.stream().map(name -> number(trial, name)).toList(),
                duration.map(d -> String.format(Locale.ROOT, "%.1f s", d.toMillis() / 1e3))
                        .orElse("–"),
                duration.map(d -> d.toMillis() / 1e3).orElse(0.0));
    }

    private ReportPage.Measure number(TrialRecord trial, String name) {
        double value = trial.metrics().getOrDefault(name, Double.NaN);
        return new ReportPage.Measure(new MetricText(ReportData.declared(results, name)).value(value), value);
    }

    private List<String> metricNames() {
        TreeSet<String> names = new TreeSet<>(Comparator.comparing((String name) -> !name.equals(results.metric()))
                .thenComparing(Comparator.naturalOrder()));
        results.trials().forEach(trial -> names.addAll(trial.metrics().keySet()));
        return List.copyOf(names);
    }

    private List<FailureRow> failures() {
        return results.trials().stream()
                .filter(trial -> trial.state() == TrialState.FAILED
                        || trial.state() == TrialState.DIVERGED
                        || trial.state() == TrialState.ABANDONED)
                .map(trial -> new FailureRow(
                        trial.hash().substring(0, 10),
                        labels.getOrDefault(trial.hash(), ""),
                        trial.seed(),
                        trial.state().name(),
                        trial.cause().orElse("The cause is not known."),
                        trial.lastLog().orElse("")))
                .toList();
    }
}
