package dev.assay.cli;

import dev.assay.config.RunConfig;
import dev.assay.error.AssayException;
import dev.assay.launch.Launcher;
import dev.assay.provenance.GitState;
import dev.assay.recipe.PlannedTrial;
import dev.assay.recipe.Recipe;
import dev.assay.run.Plan;
import dev.assay.run.Wrapper;
import dev.assay.store.Experiment;
import dev.assay.store.Note;
import dev.assay.store.TrialSpec;
import dev.assay.store.TrialStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What the commands that have a recipe trained share. */
abstract class TrainingCommand implements Callable<Integer> {
    private static final int MOST_SHOWN = 10;

    final Session session;

    @Mixin
    final RecipeArguments recipe = new RecipeArguments();

    @Option(
            names = "--workers",
            paramLabel = "N",
            description =
                    "Trials at once, each in a process with its share of the cores. Default: one a core, as far as there are trials.")
    private Optional<Integer> workers = Optional.empty();

    @Option(
            names = "--threads",
            paramLabel = "N",
            description =
                    "Cores of each worker. The last digits of results depend on it, and on nothing else that is given here."
                            + " Default: all cores, divided among as many trials as run at once.")
    private Optional<Integer> threads = Optional.empty();

    @Mixin
    final BackendOption backend = new BackendOption();

    @Option(names = "--force", description = "Trains also what is done already; the new results replace the old ones.")
    private boolean force;

    @Option(
            names = "--comment",
            paramLabel = "TEXT",
            description = "Stays with what this run adds to the store; no part of what a trial is.")
    private Optional<String> comment = Optional.empty();

    @Option(
            names = "--require-clean",
            description = "Refuses to run unless all files of the git working tree are as they were committed.")
    private boolean requireClean;

    @Spec
    @SuppressWarnings("NullAway.Init")
    CommandSpec spec;

    TrainingCommand(Session session) {
        this.session = session;
    }

    /** The recipe, which the store will remember as it is. */
    Recipe<?> read() {
        if (requireClean) {
            refuseUnclean();
        }
        Recipe<?> read = session.recipe(recipe);
        RecordedConfigs.refuseLossy(read);
        return read;
    }

    Effort effort(Optional<Duration> trialTime) {
        int most = workers.orElse(Runtime.getRuntime().availableProcessors());
        if (most < 1) {
            throw new ParameterException(spec.commandLine(), "--workers (" + most + ") must be at least 1.");
        }
        if (threads.orElse(1) < 1) {
            throw new ParameterException(
                    spec.commandLine(), "--threads (" + threads.orElse(1) + ") must be at least 1.");
        }
        return new Effort(backend.backend(), most, threads, trialTime);
    }

    private void refuseUnclean() {
        Path folder = Path.of("").toAbsolutePath();
        GitState state = GitState.of(folder, recipe.store.file.directory())
                .orElseThrow(() -> new AssayException(
                        "--require-clean needs a git working tree with a commit, but (" + folder + ") lies in none."));
        if (!state.isClean()) {
            throw new AssayException(
                    "All must be as it was committed (" + state.commit().substring(0, 10) + "), but "
                            + state.changes().size() + " files are not:\n"
                            + state.changes().stream()
                                    .limit(MOST_SHOWN)
                                    .collect(Collectors.joining("\n"))
                                    .indent(2)
                                    .stripTrailing()
                            + (state.changes().size() > MOST_SHOWN ? "\n  …" : ""));
        }
    }

    /** Who train what it asks for. */
    Workers workers(Recipe<?> read, Effort effort, Consumer<String> progress) {
        return Workers.of(
                session, recipe.store.file, read.name(), effort, read.trials().size(), progress);
    }

    /** The store with the experiment in it, once everything the trials need is known to be there, and the backend of those who train them. */
    TrialStore prepared(Recipe<?> read, List<TrialSpec> specs, Workers workers) {
        try (Closeable existing = new Closeable(TrialStore.openExisting(recipe.store.file))) {
            Plan plan = existing.store().map(store -> Plan.of(specs, store)).orElseGet(() -> Plan.of(specs, List.of()));
            if (!force) {
                RecordedConfigs.refuseChanged(read, plan);
            }
            if (force || plan.open() > 0) {
                Launcher unused = workers.launcher();
                prepare(session.wrappers().get(read.wrapper()), read.trials());
            }
        }
        TrialStore open = TrialStore.open(recipe.store.file);
        open.put(
                new Experiment(
                        read.name(),
                        read.description(),
                        read.report().metric(),
                        read.report().baseline(),
                        Optional.of(recipe.file.toAbsolutePath().normalize().toString()),
                        read.sources().stream()
                                .map(source ->
                                        new Experiment.Source(source.layer().name(), source.name(), source.text()))
                                .toList()),
                specs,
                Note.mine(comment));
        open.requeue(read.name());
        if (force) {
            open.force(read.name()).forEach(trial -> TrialFolders.delete(open.artifacts(), trial));
        }
        return open;
    }

    private record Closeable(Optional<TrialStore> store) implements AutoCloseable {
        @Override
        public void close() {
            store.ifPresent(TrialStore::close);
        }
    }

    private static <C extends RunConfig> void prepare(Wrapper<C> wrapper, List<? extends PlannedTrial<?>> trials) {
        Map<String, RunConfig> byData = new LinkedHashMap<>();
        trials.forEach(trial -> byData.putIfAbsent(trial.identity().data(), trial.config()));
        byData.values()
                .forEach(config ->
                        wrapper.factory().get().prepare(wrapper.configType().cast(config)));
    }
}
