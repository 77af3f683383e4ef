package dev.assay.cli;

import dev.assay.config.ConfigReader;
import dev.assay.config.ConfigWriter;
import dev.assay.config.RunConfig;
import dev.assay.error.AssayException;
import dev.assay.identity.TrialIdentity;
import dev.assay.run.Wrapper;
import dev.assay.store.Experiment;
import dev.assay.store.Origin;
import dev.assay.store.StoreAddress;
import dev.assay.store.TrialRecord;
import dev.assay.store.TrialSpec;
import dev.assay.store.TrialState;
import dev.assay.store.TrialStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;

/** Makes a trial that starts from the state of another, and runs it in an experiment of its own. */
final class Branch {
    private static final int SHORT_HASH = 10;

    private final Session session;
    private final StoreAddress address;
    private final String verb;

    Branch(Session session, StoreAddress address, String verb) {
        this.session = session;
        this.address = address;
        this.verb = verb;
    }

    int run(String prefix, Optional<Long> step, List<String> sets, Optional<String> name) {
        try (TrialStore open = Session.store(address)) {
            TrialRecord parent = Session.trial(open, prefix);
            if (parent.state() == TrialState.RUNNING) {
                throw new AssayException(
                        "Trial (" + parent.hash() + ") is running; it must have ended before a " + verb + ".");
            }
            Origin origin = new Origin(parent.hash(), step(open, parent, step));
            Wrapper<?> wrapper = session.wrappers().get(parent.wrapper());
            TrialSpec spec = spec(wrapper, parent, origin, sets);
            String experiment = name.orElse(verb + "-" + parent.hash().substring(0, SHORT_HASH));
            open.put(experiment(experiment, parent, origin, sets), List.of(spec));
            open.requeue(experiment);
            Effort effort = Effort.of(1);
            try (Workers workers = Workers.of(session, address, experiment, effort, 1, progress -> {})) {
                return new ExperimentRun(session, open, false).run(experiment, List.of(spec), effort, workers);
            }
        }
    }

    private long step(TrialStore open, TrialRecord parent, Optional<Long> asked) {
        SortedSet<Long> kept;
        try {
            kept = session.wrappers().keptSteps(parent, open.artifacts());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (kept.isEmpty()) {
            throw new AssayException("No state of trial (" + parent.hash() + ") was kept, so nothing can start from it."
                    + "\nMaybe train.checkpoint.keepLast was 0.");
        }
        long step = asked.orElse(kept.last());
        if (!kept.contains(step)) {
            throw new AssayException("The state of trial (" + parent.hash() + ") after step " + step
                    + " was not kept; there are those of steps " + kept + ".");
        }
        return step;
    }

    private static <C extends RunConfig> TrialSpec spec(
            Wrapper<C> wrapper, TrialRecord parent, Origin origin, List<String> sets) {
        C config = ConfigReader.of(wrapper.configType()).fromJson(parent.config(), sets);
        TrialIdentity identity = TrialIdentity.of(wrapper.name(), config, origin.trial(), origin.step());
        return new TrialSpec(
                identity.trial(),
                wrapper.name(),
                identity.data(),
                identity.model(),
                identity.train(),
                identity.seed(),
                ConfigWriter.toJson(config),
                Optional.of(origin));
    }

    private Experiment experiment(String name, TrialRecord parent, Origin origin, List<String> sets) {
        String description =
                verb + " of trial " + parent.hash().substring(0, SHORT_HASH) + " after step " + origin.step();
        List<Experiment.Source> sources =
                List.of(new Experiment.Source("COMMAND_LINE", verb + " " + parent.hash(), String.join("\n", sets)));
        return new Experiment(name, Optional.of(description), Optional.empty(), Map.of(), Optional.empty(), sources);
    }
}
