package dev.assay.cli;

import dev.assay.analysis.MemoryEstimate;
import dev.assay.launch.Memory;
import dev.assay.run.Plan;
import dev.assay.store.TrialRecord;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How many workers the memory is enough for.
 *
 * @param need of each; empty where nothing similar was trained before
 * @param free bytes; empty where the system does not tell
 */
record MemoryBudget(Optional<MemoryEstimate> need, Optional<Long> free) {

    /**
     * That of what a plan has left to train.
     *
     * @param known every trial of the store, the latest first
     */
    static MemoryBudget of(Plan plan, List<TrialRecord> known) {
        return new MemoryBudget(MemoryEstimate.of(plan.openConfigs(), plan.comparable(known)), Memory.free());
    }

    /** As many as are wanted, or as fit. */
    int workers(int wanted) {
        return need.flatMap(each -> free.map(each::fitting))
                .map(fitting -> Math.min(wanted, fitting))
                .orElse(wanted);
    }

    /** {@code A worker needs about 0.4 GB of memory, going by 6 similar trials; 18.2 GB are free.}; empty where it is not known. */
    Optional<String> sentence() {
        return need.flatMap(each -> free.map(bytes -> "A worker needs about " + gigabytes(each.bytes())
                + " of memory, going by "
                + (each.from() == 1 ? "1 similar trial; " : each.from() + " similar trials; ") + gigabytes(bytes)
                + " are free."));
    }

    private static String gigabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
    }
}
