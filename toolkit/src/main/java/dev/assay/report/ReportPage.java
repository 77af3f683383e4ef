package dev.assay.report;

import dev.assay.analysis.Warning;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the page shows, as text; the template only lays it out. Tables of cells and trials and all charts are made in the page, from the data.
 *
 * @param title the experiment
 * @param description what it asks
 * @param metric full name of the metric that answers
 * @param better {@code higher is better} or {@code lower is better}
 * @param summary how many trials there are and how they stand
 * @param answer sentences, most important first
 * @param warnings what makes the answer weaker than it looks
 * @param ablation what each component is worth, where there is a baseline that others differ from in one factor
 * @param effects of each factor, that with the largest share of the variance first
 * @param importance of the factors by a random forest, or only a note why there is none; empty without factors
 * @param interactions of two factors that are beyond chance
 * @param ranking of the cells over the seeds, where it makes sense
 * @param ranks the diagram of it, as SVG, and how to read it
 * @param baseline label of the cell others are compared with, if there is one
 * @param failures trials that ended badly, by what they died of
 * @param networks pictures of networks, each once
 * @param networksLeftOut how many more there are
 * @param origins where the results come from
 * @param fixed paths and values that are the same in all trials
 * @param data JSON for tables and charts, safe inside a script element
 * @param style the style sheet
 * @param scripts the charting library and what makes tables and charts
 * @param policy the content-security policy: only these scripts and this style run, nothing is loaded
 * @param isLive whether it follows a server
 */
public record ReportPage(
        String title,
        Optional<String> description,
        String metric,
        String better,
        String summary,
        List<String> answer,
        List<Warning> warnings,
        Optional<Table> ablation,
        Optional<Table> effects,
        Optional<Table> importance,
        List<String> interactions,
        Optional<Table> ranking,
        Optional<Diagram> ranks,
        Optional<String> baseline,
        List<FailureGroup> failures,
        List<Network> networks,
        int networksLeftOut,
        Origins origins,
        Map<String, String> fixed,
        String data,
        String style,
        List<String> scripts,
        String policy,
        boolean isLive) {

    /**
     * A small table.
     *
     * @param note what it shows and how it was had
     * @param headings the first of them is that of a name, the others of numbers
     * @param rows as long as the headings
     */
    public record Table(String note, List<String> headings, List<List<String>> rows) {}

    /**
     * A drawing without any need of scripts.
     *
     * @param svg markup that can stand in a page
     * @param label what it shows, for those who do not see it
     * @param reading how to read it
     */
    public record Diagram(String svg, String label, String reading) {}

    /**
     * Trials that died of the same thing.
     *
     * @param state what they became
     * @param title the first line of the cause
     * @param count how many there are
     * @param trials the first of them
     * @param cause all that is known of the first one's
     * @param place the method and line that threw it
     * @param log the last lines of the first one's log
     */
    public record FailureGroup(
            String state,
            String title,
            int count,
            List<FailedTrial> trials,
            String cause,
            Optional<String> place,
            String log) {}

    /** One of them. */
    public record FailedTrial(String hash, String cell, long seed) {}

    /**
     * A network.
     *
     * @param cells whose it is
     * @param source of the picture, as a data URI: an image runs no scripts
     * @param isLarge whether it is shown only when asked for
     */
    public record Network(String cells, String source, boolean isLarge) {}

    /**
     * Where results come from.
     *
     * @param common what is the same for all trials, by part, then by name
     * @param differing by name, each value that occurs and for how many trials
     * @param known for how many trials anything was recorded
     */
    public record Origins(
            Map<String, Map<String, String>> common, Map<String, Map<String, Integer>> differing, int known) {}
}
