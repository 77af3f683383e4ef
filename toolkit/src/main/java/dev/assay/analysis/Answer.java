package dev.assay.analysis;

import dev.assay.metric.Metric;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What an experiment says about its metric, in sentences and numbers.
 *
 * @param sentences the answer, most important first
 * @param best the cell with the best mean, if any trial completed
 * @param isWinner whether the best cell is better than the next one beyond chance: whether the 95 % interval of their difference leaves out
 *     zero
 */
public record Answer(List<String> sentences, Optional<Cell> best, boolean isWinner) {

    /** The answer over those cells. */
    public static Answer of(List<Cell> cells, String metricName, Metric metric) {
        List<Cell> ranked = ranked(cells, metricName, metric);
        if (ranked.isEmpty()) {
            return new Answer(List.of("No trial has completed with " + metricName + " yet."), Optional.empty(), false);
        }
        MetricText text = new MetricText(metric);
        Cell best = ranked.get(0);
        List<String> sentences = new ArrayList<>();
        sentences.add(first(ranked, metricName, text));
        boolean winner = false;
        if (ranked.size() > 1) {
            Difference lead =
                    Difference.of(best.values(metricName), ranked.get(1).values(metricName));
            winner = lead.estimate().excludesZero();
            sentences.add(lead(best, ranked.get(1), lead, text));
        }
        long missing = cells.stream()
                .mapToLong(
                        cell -> cell.trials().size() - cell.values(metricName).size())
                .sum();
        if (missing > 0) {
            sentences.add(
                    missing == 1
                            ? "One trial has no result and is left out; see the table of trials."
                            : missing + " trials have no result and are left out; see the table of trials.");
        }
        return new Answer(List.copyOf(sentences), Optional.of(best), winner);
    }

    /** Cells with a value, best mean first. */
    public static List<Cell> ranked(List<Cell> cells, String metricName, Metric metric) {
        Comparator<Cell> byMean = Comparator.comparingDouble(
                cell -> Estimate.of(cell.values(metricName).values()).mean());
        return cells.stream()
                .filter(cell -> !cell.values(metricName).isEmpty())
                .sorted(
                        switch (metric.direction()) {
                            case MAXIMIZE -> byMean.reversed();
                            case MINIMIZE -> byMean;
                        })
                .toList();
    }

    private static String first(List<Cell> ranked, String metricName, MetricText text) {
        Cell best = ranked.get(0);
        Estimate estimate = Estimate.of(best.values(metricName).values());
        String subject = ranked.size() > 1
                ? "The best mean " + metricName + " is that of " + best.label() + ": "
                : "The mean " + metricName + " is ";
        return subject
                + text.value(estimate.mean())
                + (estimate.hasInterval()
                        ? " (95 % interval " + text.interval(estimate) + ", n = " + estimate.n() + " seeds)."
                        : " (one seed, so nothing is known of its spread).");
    }

    private static String lead(Cell best, Cell second, Difference lead, MetricText text) {
        Estimate estimate = lead.estimate();
        String against =
                "Against the next, " + second.label() + ", the difference is " + text.difference(estimate.mean());
        if (!estimate.hasInterval()) {
            return against + "; with one seed nothing can be said about whether it is more than chance.";
        }
        String interval = " (95 % interval " + text.differenceInterval(estimate)
                + (lead.paired() ? ", paired by seed" : ", unpaired") + ")";
        return estimate.excludesZero()
                ? against + interval + ", which leaves out zero: " + best.label()
                        + " is better beyond what seeds explain."
                : against + interval + ", which includes zero: no winner can be named from these seeds.";
    }
}
