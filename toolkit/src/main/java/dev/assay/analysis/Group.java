package dev.assay.analysis;

import dev.assay.error.AssayException;
import dev.assay.store.TrialRecord;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Trials that are compared with others as a whole: one trial, some, or an experiment.
 *
 * @param name what people call it
 * @param trials one at least
 * @param provenance where the results of each trial come from, of those where it is recorded
 */
public record Group(String name, List<TrialRecord> trials, List<JsonNode> provenance) {
    public Group {
        trials = List.copyOf(trials);
        provenance = List.copyOf(provenance);
        if (trials.isEmpty()) {
            throw new AssayException(
                    "The group (" + name + ") has no trials.\nMaybe its condition holds for none; `list` tells.");
        }
    }
}
