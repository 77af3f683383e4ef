package dev.assay.cli;

import dev.assay.store.TrialRecord;
import dev.assay.store.TrialState;
import dev.assay.store.TrialStore;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.Parameters;

/** Trials named by experiments and by hashes. */
final class Selection {
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{1,64}");

    @Parameters(
            arity = "1..*",
            paramLabel = "NAME",
            description = "Experiments, and trials by their hash or the first digits of it.")
    List<String> names = new ArrayList<>();

    /** How many of some trials are in which state: {@code 2 COMPLETED, 1 RUNNING}. */
    static String states(TrialStore store, Set<String> hashes) {
        Map<TrialState, Integer> counts = new EnumMap<>(TrialState.class);
        store.trials(hashes).forEach(trial -> counts.merge(trial.state(), 1, Integer::sum));
        return counts.entrySet().stream()
                .map(count -> count.getValue() + " " + count.getKey())
                .collect(Collectors.joining(", "));
    }

    /** The trials named, each once. */
    Set<String> hashes(TrialStore store) {
        Set<String> hashes = new LinkedHashSet<>();
        for (String name : names) {
            if (store.experiment(name).isPresent()) {
                store.trialsOf(name).stream().map(TrialRecord::hash).forEach(hashes::add);
            } else if (HASH.matcher(name).matches()) {
                hashes.add(Session.trial(store, name).hash());
            } else {
                throw Session.noExperiment(store, name);
            }
        }
        return hashes;
    }
}
