package dev.assay.analysis;

import dev.assay.config.DotPath;
import dev.assay.store.TrialRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Sorts the trials of an experiment into cells and finds what tells the cells apart. */
public final class Cells {
    private Cells() {}

    /** The cells in the order in which their first trials come. */
    public static List<Cell> of(List<TrialRecord> trials) {
        Labels labels = Labels.of(trials.stream().map(TrialRecord::config).toList());
        Map<Map<String, JsonNode>, List<TrialRecord>> groups = new LinkedHashMap<>();
        trials.forEach(trial -> groups.computeIfAbsent(Labels.leaves(trial.config()), config -> new ArrayList<>())
                .add(trial));
        return groups.values().stream()
                .map(group -> {
                    ObjectNode config = group.get(0).config();
                    return new Cell(labels.label(config), labels.levels(config), List.copyOf(group));
                })
                .toList();
    }

    /**
     * The one cell in which every named path has the named value.
     *
     * @return empty where none or more than one fits, or nothing is named
     */
    public static Optional<Cell> matching(List<Cell> cells, Map<String, JsonNode> values) {
        if (values.isEmpty()) {
            return Optional.empty();
        }
        List<Cell> fitting = cells.stream()
                .filter(cell -> {
                    JsonNode config = cell.trials().get(0).config();
                    return values.entrySet().stream()
                            .allMatch(
                                    value -> fits(DotPath.parse(value.getKey()).in(config), value.getValue()));
                })
                .toList();
        return fitting.size() == 1 ? Optional.of(fitting.get(0)) : Optional.empty();
    }

    /** An object fits if all it says holds; numbers fit by value. */
    private static boolean fits(JsonNode found, JsonNode wanted) {
        if (wanted.isObject()) {
            return wanted.properties().stream().allMatch(entry -> fits(found.path(entry.getKey()), entry.getValue()));
        }
        return (wanted.isNumber() && found.isNumber()) ? found.asDouble() == wanted.asDouble() : found.equals(wanted);
    }
}
