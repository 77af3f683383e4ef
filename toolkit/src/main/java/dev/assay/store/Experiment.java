package dev.assay.store;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A named group of trials and what is to be learned from it.
 *
 * @param name the experiment
 * @param description what it asks, in the researcher's words
 * @param metric full name of the metric that answers the question, such as {@code val.accuracy}
 * @param baseline paths and values that single out the cell others are compared with; empty where none was named
 * @param recipeFile where the recipe was read from
 * @param sources everything the recipe was read from, its own text first, then layer by layer
 */
public record Experiment(
        String name,
        Optional<String> description,
        Optional<String> metric,
        Map<String, JsonNode> baseline,
        Optional<String> recipeFile,
        List<Source> sources) {
    public Experiment {
        sources = List.copyOf(sources);
    }

    /**
     * Something the recipe was read from.
     *
     * @param layer {@code RECIPE}, {@code INCLUDE}, {@code PROFILE}, {@code LOCAL}, {@code ENVIRONMENT} or {@code COMMAND_LINE}
     * @param name the file, variable or argument
     * @param text what it said
     */
    public record Source(String layer, String name, String text) {}
}
