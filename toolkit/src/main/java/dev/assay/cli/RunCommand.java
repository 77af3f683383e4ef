package dev.assay.cli;

import dev.assay.analysis.Answer;
import dev.assay.analysis.Cells;
import dev.assay.analysis.Labels;
import dev.assay.config.RunConfig;
import dev.assay.metric.Metric;
import dev.assay.recipe.PlannedTrial;
import dev.assay.recipe.Recipe;
import dev.assay.report.Report;
import dev.assay.run.Plan;
import dev.assay.run.WorkerPool;
import dev.assay.run.Wrapper;
import dev.assay.store.Experiment;
import dev.assay.store.ExperimentResults;
import dev.assay.store.TrialRecord;
import dev.assay.store.TrialSpec;
import dev.assay.store.TrialState;
import dev.assay.store.TrialStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = {
            "Trains what a recipe asks for and the store does not have yet, then writes the report.",
            "After an interruption or a crash the same command goes on."
        })
final class RunCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final RecipeArguments recipe = new RecipeArguments();

    @Mixin
    private final StoreOption store = new StoreOption();

    @Option(
            names = "--workers",
            paramLabel = "N",
            description =
                    "Trials at once, each in a process with its share of the cores. Default: one a core, as far as there are trials.")
    private Optional<Integer> workers = Optional.empty();

    @Option(names = "--force", description = "Trains also what is done already; the new results replace the old ones.")
    private boolean force;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    RunCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        int most = workers.orElse(Runtime.getRuntime().availableProcessors());
        if (most < 1) {
            throw new ParameterException(spec.commandLine(), "--workers (" + most + ") must be at least 1.");
        }
        Recipe<?> read = session.recipe(recipe);
        RecordedConfigs.refuseLossy(read);
        List<TrialSpec> specs = Session.specs(read);
        long begin = System.nanoTime();
        try (TrialStore open = prepared(read, specs)) {
            Plan plan = Plan.of(specs, Optional.of(open));
            session.console().err().println(session.console().bold(read.name()) + ": " + PlanText.summary(plan));
            List<TrialRecord> trials = plan.open() == 0 ? open.trialsOf(read.name()) : train(read, plan, open, most);
            return finish(read, trials, open, begin, plan.open() == 0);
        }
    }

    /** The store with the experiment in it, once everything the trials need is known to be there. */
    private TrialStore prepared(Recipe<?> read, List<TrialSpec> specs) {
        try (Closeable existing = new Closeable(TrialStore.openExisting(store.file))) {
            Plan plan = Plan.of(specs, existing.store());
            if (!force) {
                RecordedConfigs.refuseChanged(read, plan);
            }
            if (force || plan.open() > 0) {
                prepare(session.wrappers().get(read.wrapper()), read.trials());
            }
        }
        TrialStore open = TrialStore.open(store.file);
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
                specs);
        open.requeue(read.name());
        if (force) {
            open.force(read.name());
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

    private List<TrialRecord> train(Recipe<?> read, Plan plan, TrialStore open, int most) {
        int width = (int) Math.min(most, plan.open());
        int threads = Math.max(1, Runtime.getRuntime().availableProcessors() / width);
        WorkerPool pool = new WorkerPool(open, store.file, session.mainClass(), read.name(), width, threads);
        Thread interrupt = new Thread(() -> interrupted(pool), "interrupt");
        Runtime.getRuntime().addShutdownHook(interrupt);
        Labels labels = Labels.of(
                plan.entries().stream().map(entry -> entry.spec().config()).toList());
        RunDisplay display = new RunDisplay(
                session.console(),
                trial -> labels.label(trial.config()) + " seed " + trial.seed(),
                trial -> result(trial, read, open));
        try {
            pool.run(display);
        } finally {
            display.close();
            removeHook(interrupt);
        }
        return open.trialsOf(read.name());
    }

    /** Runs when Ctrl-C or a termination signal arrives: the workers stop, and what they had is queued for the next time. */
    private void interrupted(WorkerPool pool) {
        session.console().err().println();
        session.console().err().println("Stopping after the steps under way …");
        pool.stop();
        session.console().err().println("Interrupted. The same command goes on where this one stopped.");
        Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The hook is running: it ends the process.
        }
    }

    private static String result(TrialRecord trial, Recipe<?> read, TrialStore open) {
        String metric = read.report().metric().orElseGet(() -> MainMetric.of(List.of(trial)));
        Double value = trial.metrics().get(metric);
        return value == null
                ? ""
                : metric + " "
                        + ListCommand.metricText(open.metrics(trial.wrapper()), metric)
                                .value(value);
    }

    private int finish(Recipe<?> read, List<TrialRecord> trials, TrialStore open, long begin, boolean nothingToDo) {
        Console console = session.console();
        if (nothingToDo) {
            console.err().println("Nothing to train: every trial is done and served from the store.");
        }
        ExperimentResults results = Session.results(open, Session.experiment(open, read.name()));
        Path report = Report.write(results, Session.reportFolder(open, read.name()));
        String plain = results.metric().substring(results.metric().lastIndexOf('.') + 1);
        Metric metric = results.metrics().getOrDefault(plain, Metric.minimize(plain));
        console.out().println();
        Answer.of(Cells.of(trials), results.metric(), metric).sentences().forEach(console.out()::println);
        console.out().println();
        console.out().println("report: " + report);
        long failed = count(trials, TrialState.FAILED) + count(trials, TrialState.ABANDONED);
        console.err()
                .println(count(trials, TrialState.COMPLETED) + " of " + trials.size() + " trials completed"
                        + (count(trials, TrialState.DIVERGED) > 0
                                ? ", " + count(trials, TrialState.DIVERGED) + " diverged"
                                : "")
                        + (failed > 0 ? ", " + failed + " failed (see `show HASH`)" : "") + ", in "
                        + Console.duration(Duration.ofNanos(System.nanoTime() - begin)) + ".");
        return failed > 0 ? ExitCode.FAILED : ExitCode.OK;
    }

    private static long count(List<TrialRecord> trials, TrialState state) {
        return trials.stream().filter(trial -> trial.state() == state).count();
    }
}
