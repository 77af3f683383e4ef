package dev.assay.recipe;

import dev.assay.config.Fault;
import dev.assay.config.RunConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * An experiment as its file asks for it, checked whole.
 *
 * @param name the experiment; safe as the name of a file
 * @param description what it asks, in the researcher's words
 * @param wrapper name of the wrapper that runs the trials
 * @param file where it was read from
 * @param report what the report is about
 * @param trials cell by cell in the order of the sweep, each with its seeds; no trial twice
 * @param sources everything it was read from, its own text first, then layer by layer
 * @param warnings what should be changed but does no harm, such as former names of keys
 * @param <C> the wrapper's run config
 */
public record Recipe<C extends RunConfig>(
        String name,
        Optional<String> description,
        String wrapper,
        Path file,
        ReportSettings report,
        List<PlannedTrial<C>> trials,
        List<Source> sources,
        List<Fault> warnings) {
    public Recipe {
        trials = List.copyOf(trials);
        sources = List.copyOf(sources);
        warnings = List.copyOf(warnings);
    }

    /**
     * What the report is about.
     *
     * @param metric full name of the metric that answers the question, such as {@code val.accuracy}
     * @param baseline run config paths and values that single out the cell others are compared with; empty: none was named
     */
    public record ReportSettings(Optional<String> metric, Map<String, JsonNode> baseline) {
        public ReportSettings {
            baseline = Map.copyOf(baseline);
        }
    }
}
