package dev.assay.run;

import dev.assay.store.Failure;
import dev.assay.store.TrialRecord;
import dev.assay.store.TrialState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Notices when the first trials that end all fail in the same way, so that the others need not be tried. */
final class AlikeFailures {
    private static final int ENOUGH = 5;

    /** The trials that had not ended when first seen. */
    private final Map<String, Boolean> hasEnded = new HashMap<>();

    private Optional<Failure> first = Optional.empty();
    private int alike;
    private boolean isOver;

    /**
     * Looks at the trials as they stand.
     *
     * @return one of the failed trials, once there are enough
     */
    Optional<TrialRecord> see(List<TrialRecord> trials) {
        Optional<TrialRecord> found = Optional.empty();
        for (TrialRecord trial : trials) {
            boolean ended = trial.state() != TrialState.QUEUED && trial.state() != TrialState.RUNNING;
            Boolean before = hasEnded.put(trial.hash(), ended);
            if (!isOver && ended && before != null && !before) {
                found = count(trial);
            }
        }
        return found;
    }

    private Optional<TrialRecord> count(TrialRecord ended) {
        Optional<Failure> failure = ended.failure();
        boolean isFirst = alike == 0;
        if (isFirst) {
            first = failure;
        }
        boolean isAlike = failure.isPresent()
                && first.map(earlier -> earlier.isLike(failure.get())).orElse(false);
        isOver = !isAlike;
        alike++;
        if (isAlike && alike == ENOUGH) {
            isOver = true;
            return Optional.of(ended);
        }
        return Optional.empty();
    }
}
