package dev.assay.cli;

import dev.assay.store.TrialRecord;
import dev.assay.store.TrialStore;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Parameters;

/** Trials named by experiments and by hashes. */
final class Selection {
    @Parameters(
            arity = "1..*",
            paramLabel = "NAME",
            description = "Experiments, and trials by their hash or the first digits of it.")
    List<String> names = new ArrayList<>();

    Set<String> hashes(TrialStore store) {
        Set<String> hashes = new LinkedHashSet<>();
        for (String name : names) {
            if (store.experiment(name).isPresent()) {
                store.trialsOf(name).stream().map(TrialRecord::hash).forEach(hashes::add);
            } else {
                hashes.add(Session.trial(store, name).hash());
            }
        }
        return hashes;
    }
}
