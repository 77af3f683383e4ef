package dev.assay.analysis;

import dev.assay.metric.Metric;
import dev.assay.statistics.EffectSize;
import dev.assay.statistics.Interval;
import dev.assay.statistics.Sample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What an experiment says about its metric, in sentences and numbers.
 *
 * @param sentences the answer, most important first
 * @param best the cell with the best mean, if any trial completed
 * @param isWinner whether the best cell is better than every other one beyond chance: whether each lead, corrected by Holm's method for the number
 *     of other cells, has a p below 0.05. That the best was chosen by its mean needs no further correction (Gutmann and Maymin 1987, "Is
 *     the selected population the best?").
 */
public record Answer(List<String> sentences, Optional<Cell> best, boolean isWinner) {
    public Answer {
        sentences = List.copyOf(sentences);
    }

    /** The answer over those cells. */
    public static Answer of(List<Cell> cells, String metricName, Metric metric) {
        List<ValuedCell> ranked = sorted(cells, metricName, metric);
        if (ranked.isEmpty()) {
            return new Answer(List.of("No trial has completed with " + metricName + " yet."), Optional.empty(), false);
        }
        MetricText text = new MetricText(metric);
        List<String> sentences = new ArrayList<>();
        sentences.add(first(ranked, metricName, text));
        boolean winner = false;
        if (ranked.size() > 1) {
            Leads leads = Leads.of(ranked);
            winner = leads.areAllClear();
            sentences.add(leads.sentence(text));
            leads.improvement(metric).ifPresent(sentences::add);
        }
        missing(cells, metricName).ifPresent(sentences::add);
        return new Answer(sentences, Optional.of(ranked.get(0).cell()), winner);
    }

    /** The answer as one paragraph. */
    public String paragraph() {
        return String.join(" ", sentences);
    }

    /** Cells with a value, best mean first. */
    public static List<Cell> ranked(List<Cell> cells, String metricName, Metric metric) {
        return sorted(cells, metricName, metric).stream().map(ValuedCell::cell).toList();
    }

    private static List<ValuedCell> sorted(List<Cell> cells, String metricName, Metric metric) {
        Comparator<ValuedCell> byMean = Comparator.comparingDouble(ValuedCell::mean);
        return ValuedCell.of(cells, metricName).stream()
                .sorted(
                        switch (metric.direction()) {
                            case MAXIMIZE -> byMean.reversed();
                            case MINIMIZE -> byMean;
                        })
                .toList();
    }

    private static Optional<String> missing(List<Cell> cells, String metricName) {
        long missing = cells.stream()
                .mapToLong(
                        cell -> cell.trials().size() - cell.values(metricName).size())
                .sum();
        if (missing == 0) {
            return Optional.empty();
        }
        return Optional.of(
                missing == 1
                        ? "One trial has no result and is left out; see the table of trials."
                        : missing + " trials have no result and are left out; see the table of trials.");
    }

    private static String first(List<ValuedCell> ranked, String metricName, MetricText text) {
        ValuedCell best = ranked.get(0);
        Estimate estimate = Estimate.of(best.values().values());
        String subject = ranked.size() > 1
                ? "The best mean " + metricName + " is that of " + best.cell().label() + ": "
                : "The mean " + metricName + " is ";
        return subject
                + text.value(estimate.mean())
                + (estimate.hasInterval()
                        ? " (95 % interval " + text.interval(estimate) + ", n = " + estimate.n() + " seeds)."
                        : " (one seed, so nothing is known of its spread).");
    }

    /**
     * The leads of the best cell over the others.
     *
     * @param p corrected for their number
     */
    private record Leads(List<ValuedCell> ranked, List<Difference> differences, List<Double> p) {

        static Leads of(List<ValuedCell> ranked) {
            List<Difference> differences = ranked.subList(1, ranked.size()).stream()
                    .map(other -> Difference.of(ranked.get(0).values(), other.values()))
                    .toList();
            double[] p = Difference.holm(
                    differences.stream().mapToDouble(Difference::p).toArray());
            return new Leads(ranked, differences, Arrays.stream(p).boxed().toList());
        }

        boolean areAllClear() {
            return unclear() == 0;
        }

        /** How many cells the best is not clearly better than. */
        private long unclear() {
            double sign = ranked.get(0).mean() - ranked.get(ranked.size() - 1).mean();
            long unclear = 0;
            for (int i = 0; i < p.size(); i++) {
                // Over the seeds they share, the other may be ahead.
                boolean isLead = differences.get(i).estimate().mean() * sign > 0;
                unclear += isLead && Difference.isSignificant(p.get(i)) ? 0 : 1;
            }
            return unclear;
        }

        String sentence(MetricText text) {
            Difference lead = differences.get(0);
            Estimate estimate = lead.estimate();
            String best = ranked.get(0).cell().label();
            String against = "Against the next, " + ranked.get(1).cell().label() + ", the difference is "
                    + text.difference(estimate.mean());
            if (!estimate.hasInterval()) {
                return against
                        + (estimate.n() < 2
                                ? "; with one seed nothing can be said about whether it is more than chance."
                                : "; it is the same for every seed, so nothing can be said about its spread.");
            }
            String interval = " (95 % interval " + text.differenceInterval(estimate)
                    + (lead.paired() ? ", paired by seed" : ", unpaired") + ", p " + MetricText.relation(p.get(0))
                    + (p.size() > 1 ? " corrected for " + p.size() + " comparisons" : "") + ")";
            if (areAllClear()) {
                return against + interval + ": " + best + " is better beyond what seeds explain.";
            }
            return against + interval + ": no winner can be named from these seeds"
                    + (p.size() > 1 ? ", which do not tell " + best + " from " + others() + "." : ".");
        }

        private String others() {
            long unclear = unclear();
            return unclear == p.size() ? "any other" : unclear == 1 ? "one of the others" : unclear + " of the others";
        }

        /** In how many pairs of seeds the best is the better one. */
        Optional<String> improvement(Metric metric) {
            Sample best = Sample.of(ranked.get(0).values().values());
            Sample next = Sample.of(ranked.get(1).values().values());
            if (best.n() < 2 || next.n() < 2) {
                return Optional.empty();
            }
            boolean isHigher = switch (metric.direction()) {
                case MAXIMIZE -> true;
                case MINIMIZE -> false;
            };
            Sample larger = isHigher ? best : next;
            Sample smaller = isHigher ? next : best;
            Interval interval = EffectSize.improvementInterval(larger, smaller, Estimate.LEVEL);
            return Optional.of(String.format(
                    Locale.ROOT,
                    "A trial of %s does better than one of %s with a probability of %.2f (%.2f to %.2f).",
                    ranked.get(0).cell().label(),
                    ranked.get(1).cell().label(),
                    EffectSize.probabilityOfImprovement(larger, smaller),
                    interval.low(),
                    interval.high()));
        }
    }
}
