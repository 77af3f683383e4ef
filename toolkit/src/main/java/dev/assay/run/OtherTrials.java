package dev.assay.run;

import dev.assay.artifact.Artifacts;
import dev.assay.store.StoreAddress;
import dev.assay.store.TrialRecord;
import dev.assay.store.TrialStore;
import java.util.List;
import java.util.Optional;

/**
 * The trials of another store than the one a trial is recorded in, if it is recorded at all: those it may start from.
 *
 * @param address of the store, which need not be there
 */
record OtherTrials(StoreAddress address) {

    /** Their files. */
    Artifacts artifacts() {
        return TrialStore.openExisting(address)
                .map(store -> {
                    try (store) {
                        return store.artifacts();
                    }
                })
                .orElseGet(() -> Artifacts.in(address.directory()));
    }

    /** The trial whose hash begins so; empty if there is none or several. */
    Optional<TrialRecord> find(String hashPrefix) {
        return TrialStore.openExisting(address).flatMap(store -> {
            try (store) {
                List<TrialRecord> found = store.withPrefix(hashPrefix);
                return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
            }
        });
    }
}
