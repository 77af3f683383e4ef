package dev.assay.analysis;

import dev.assay.store.TrialRecord;
import dev.assay.store.TrialState;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * How much memory a worker needs at most for any of some trials, going by what the most similar ones had, as {@link TimeEstimate} does.
 *
 * @param bytes of one worker
 * @param from how many trials it goes by
 */
public record MemoryEstimate(long bytes, int from) {

    /**
     * The estimate for some configs.
     *
     * @param known trials of the same wrapper, the latest first
     * @return empty where none of them is completed with its memory known
     */
    public static Optional<MemoryEstimate> of(List<ObjectNode> configs, List<TrialRecord> known) {
        Similar<Long> peaks = Similar.of(known, MemoryEstimate::peak);
        if (peaks.isEmpty()) {
            return Optional.empty();
        }
        return configs.stream()
                .flatMap(config -> peaks.to(config).stream())
                .max(Long::compare)
                .map(most -> new MemoryEstimate(most, peaks.used()));
    }

    /** How many workers fit into so much memory; at least one, which then has to try. */
    public int fitting(long free) {
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, free / bytes));
    }

    private static Optional<Long> peak(TrialRecord trial) {
        return trial.state() == TrialState.COMPLETED ? trial.circumstances().peakMemory() : Optional.empty();
    }
}
