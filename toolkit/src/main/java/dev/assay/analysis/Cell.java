package dev.assay.analysis;

import dev.assay.store.TrialRecord;
import dev.assay.store.TrialState;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * The trials of an experiment whose configs are equal but for the seed. Seeds are replicates: they say how much of a difference is chance.
 *
 * @param label tells this cell from the others in as few words as will do, such as {@code optimizer=sgd lr=0.1}
 * @param levels value of every config path whose value differs between cells; a path that a cell does not have is missing
 * @param trials one a seed, in the order of the plan
 */
public record Cell(String label, Map<String, JsonNode> levels, List<TrialRecord> trials) {

    /** Final values of a metric by seed, over completed trials that recorded a finite one. */
    public Map<Long, Double> values(String metric) {
        Map<Long, Double> values = new TreeMap<>();
        for (TrialRecord trial : trials) {
            Double value = trial.metrics().get(metric);
            if (trial.state() == TrialState.COMPLETED && value != null && Double.isFinite(value)) {
                values.put(trial.seed(), value);
            }
        }
        return values;
    }
}
