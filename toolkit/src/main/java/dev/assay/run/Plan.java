package dev.assay.run;

import dev.assay.store.TrialRecord;
import dev.assay.store.TrialSpec;
import dev.assay.store.TrialState;
import dev.assay.store.TrialStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an experiment asks for against what the store has. Making a plan writes nothing.
 *
 * @param entries the trials in the order of the recipe
 */
public record Plan(List<Entry> entries) {

    /**
     * A trial that is asked for.
     *
     * @param known what the store has of it; empty for a new one
     */
    public record Entry(TrialSpec spec, Optional<TrialRecord> known) {
        /** Whether running the experiment would train it. */
        public boolean isOpen() {
            return known.map(trial -> trial.state().isOpen()).orElse(true);
        }

        /** The state in the store, or {@code NEW}. */
        public String state() {
            return known.map(trial -> trial.state().name()).orElse("NEW");
        }
    }

    /** The plan for those trials; {@code known} are at least those of them that the store has. */
    public static Plan of(List<TrialSpec> specs, List<TrialRecord> known) {
        Map<String, TrialRecord> byHash =
                known.stream().collect(Collectors.toMap(TrialRecord::hash, Function.identity()));
        return new Plan(specs.stream()
                .map(spec -> new Entry(spec, Optional.ofNullable(byHash.get(spec.hash()))))
                .toList());
    }

    /** The plan for those trials with that store. */
    public static Plan of(List<TrialSpec> specs, TrialStore store) {
        return of(specs, store.trials(specs.stream().map(TrialSpec::hash).toList()));
    }

    /** How many trials are to be trained. */
    public long open() {
        return entries.stream().filter(Entry::isOpen).count();
    }

    /** The configs of those. */
    public List<ObjectNode> openConfigs() {
        return entries.stream()
                .filter(Entry::isOpen)
                .map(entry -> entry.spec().config())
                .toList();
    }

    /** Those of some trials that are of the same wrapper. */
    public List<TrialRecord> comparable(List<TrialRecord> trials) {
        Set<String> wrappers =
                entries.stream().map(entry -> entry.spec().wrapper()).collect(Collectors.toSet());
        return trials.stream()
                .filter(trial -> wrappers.contains(trial.wrapper()))
                .toList();
    }

    /** How many trials are served from the store. */
    public long served() {
        return entries.size() - open();
    }

    /** How many trials the store has in that state. */
    public long in(TrialState state) {
        return entries.stream()
                .filter(entry -> entry.known().map(t -> t.state() == state).orElse(false))
                .count();
    }
}
