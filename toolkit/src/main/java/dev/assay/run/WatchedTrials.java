package dev.assay.run;

import dev.assay.store.Standing;
import dev.assay.store.TrialRecord;
import dev.assay.store.TrialStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The trials of an experiment as they stand, of which only those that have changed are read in full. */
final class WatchedTrials {
    private final TrialStore store;
    private final String experiment;
    private final Map<String, TrialRecord> known = new HashMap<>();

    WatchedTrials(TrialStore store, String experiment) {
        this.store = store;
        this.experiment = experiment;
    }

    /** All trials in the order of the plan. */
    List<TrialRecord> now() {
        List<Standing> standings = store.standings(experiment);
        List<String> changed = standings.stream()
                .filter(standing -> !isKnown(standing))
                .map(Standing::hash)
                .toList();
        store.trials(changed).forEach(trial -> known.put(trial.hash(), trial));
        List<TrialRecord> trials = new ArrayList<>();
        for (Standing standing : standings) {
            TrialRecord trial = Objects.requireNonNull(known.get(standing.hash()));
            // One that has changed since then is told of the next time.
            trials.add(isKnown(standing) ? trial.withProgress(standing.progress()) : trial);
        }
        return trials;
    }

    private boolean isKnown(Standing standing) {
        TrialRecord trial = known.get(standing.hash());
        return trial != null && trial.state() == standing.state() && trial.attempt() == standing.attempt();
    }
}
