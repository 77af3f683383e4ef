package dev.assay.analysis;

import dev.assay.store.TrialRecord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** What all trials of an experiment have in common. */
public final class FixedValues {
    private FixedValues() {}

    /** Paths whose value is the same in every trial, with the value as text, in order of the path. */
    public static Map<String, String> of(List<TrialRecord> trials) {
        Map<String, JsonNode> common = new LinkedHashMap<>();
        for (int i = 0; i < trials.size(); i++) {
            Map<String, JsonNode> leaves = Leaves.of(trials.get(i).config());
            if (i == 0) {
                common.putAll(leaves);
            } else {
                common.entrySet().removeIf(entry -> !entry.getValue().equals(leaves.get(entry.getKey())));
            }
        }
        Map<String, String> fixed = new TreeMap<>();
        common.forEach((path, value) -> fixed.put(path, value.isString() ? value.asString() : value.toString()));
        return fixed;
    }
}
