package dev.assay.report;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the page shows, as text; the template only lays it out.
 *
 * @param title the experiment
 * @param description what it asks
 * @param metric full name of the metric that answers
 * @param better {@code higher is better} or {@code lower is better}
 * @param answer sentences, most important first
 * @param baseline label of the cell others are compared with, if there is one
 * @param cells best first
 * @param metricNames names of all final metrics, the answering one first
 * @param trials in the order of the plan
 * @param failures trials that ended badly, with cause and log
 * @param networks pictures of networks, each once
 * @param networksLeftOut how many more there are
 * @param fixed paths and values that are the same in all trials
 * @param data JSON for the charts, safe inside a script element
 * @param style the style sheet
 * @param scripts the charting library and what draws the charts
 */
public record ReportPage(
        String title,
        Optional<String> description,
        String metric,
        String better,
        List<String> answer,
        Optional<String> baseline,
        List<CellRow> cells,
        List<String> metricNames,
        List<TrialRow> trials,
        List<FailureRow> failures,
        List<Network> networks,
        int networksLeftOut,
        Map<String, String> fixed,
        String data,
        String style,
        List<String> scripts) {

    /** A cell: numbers as text. */
    public record CellRow(
            String label,
            int n,
            int trials,
            String mean,
            String interval,
            String deviation,
            String difference,
            String note) {}

    /**
     * A trial.
     *
     * @param metrics text and sortable number by the order of {@link ReportPage#metricNames}
     */
    public record TrialRow(
            String hash,
            String cell,
            long seed,
            String state,
            List<Measure> metrics,
            String duration,
            double seconds) {}

    /** A number as text and as what it is sorted by. */
    public record Measure(String text, double value) {}

    /** A trial that ended badly. */
    public record FailureRow(String hash, String cell, long seed, String state, String cause, String log) {}

    /**
     * A network.
     *
     * @param cells whose it is
     * @param source of the picture, as a data URI: an image runs no scripts
     * @param isLarge whether it is shown only when asked for
     */
    public record Network(String cells, String source, boolean isLarge) {}
}
