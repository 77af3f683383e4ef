package dev.assay.cli;

import dev.assay.analysis.Analysis;
import dev.assay.analysis.Labels;
import dev.assay.artifact.Artifacts;
import dev.assay.report.Report;
import dev.assay.run.Plan;
import dev.assay.run.WorkerPool;
import dev.assay.store.Experiment;
import dev.assay.store.ExperimentResults;
import dev.assay.store.TrialRecord;
import dev.assay.store.TrialSpec;
import dev.assay.store.TrialState;
import dev.assay.store.TrialStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Trains what an experiment in the store asks for and is not done, and tells what came of it. */
final class ExperimentRun {
    private final Session session;
    private final TrialStore open;
    private final boolean isQuiet;

    /** @param isQuiet whether only failures and the result are printed */
    ExperimentRun(Session session, TrialStore open, boolean isQuiet) {
        this.isQuiet = isQuiet;
        this.session = session;
        this.open = open;
    }

    /**
     * Runs it and returns the exit code.
     *
     * @param effort what it may use
     * @param workers who train
     */
    int run(String name, List<TrialSpec> specs, Effort effort, Workers workers) {
        long begin = System.nanoTime();
        Experiment experiment = Session.experiment(open, name);
        Plan plan = Plan.of(specs, open);
        tell(session.console().bold(name) + ": " + PlanText.summary(plan));
        if (plan.open() > 0) {
            train(experiment, plan, new WorkerPool(open, name, workers.launcher(), withinMemory(effort, plan)));
        }
        List<TrialRecord> trials = open.trialsOf(name);
        return finish(experiment, trials, begin, plan.open() == 0);
    }

    private void train(Experiment experiment, Plan plan, WorkerPool pool) {
        Thread interrupt = new Thread(() -> interrupted(pool), "interrupt");
        Runtime.getRuntime().addShutdownHook(interrupt);
        Labels labels = Labels.of(
                plan.entries().stream().map(entry -> entry.spec().config()).toList());
        RunDisplay display = new RunDisplay(
                session.console(),
                isQuiet,
                trial -> labels.label(trial.config()) + " seed " + trial.seed(),
                trial -> result(trial, experiment));
        try {
            Optional<TrialRecord> alike = pool.run(display);
            display.close();
            alike.ifPresent(this::tellAlike);
        } finally {
            display.close();
            removeHook(interrupt);
        }
    }

    /** Fewer workers where so many would not fit; with as many threads each, since the bits of results depend on those. */
    private WorkerPool.Limits withinMemory(Effort effort, Plan plan) {
        WorkerPool.Limits wanted = effort.limits((int) plan.open());
        if (wanted.workers() == 1 || !effort.backend().isHere()) {
            return wanted;
        }
        MemoryBudget memory = MemoryBudget.of(plan, open.trials());
        int fitting = memory.workers(wanted.workers());
        if (fitting < wanted.workers()) {
            session.console()
                    .err()
                    .println("Workers at once: " + fitting + " instead of " + wanted.workers() + ". "
                            + memory.sentence().orElse(""));
        }
        return new WorkerPool.Limits(fitting, wanted.trialTime());
    }

    private void tellAlike(TrialRecord trial) {
        String cause = trial.cause().flatMap(text -> text.lines().findFirst()).orElse("of an unknown cause");
        session.console()
                .err()
                .println(session.console().red("stopped: ") + "the first trials all failed in the same way: " + cause
                        + "\nMaybe mend that first (`show " + trial.hash().substring(0, 10)
                        + "` tells more); the same command then goes on.");
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

    private String result(TrialRecord trial, Experiment experiment) {
        String metric = experiment.metric().orElseGet(() -> MainMetric.of(List.of(trial)));
        Double value = trial.metrics().get(metric);
        return value == null
                ? ""
                : metric + " "
                        + ListCommand.metricText(open.metrics(trial.wrapper()), metric)
                                .value(value);
    }

    private int finish(Experiment experiment, List<TrialRecord> trials, long begin, boolean nothingToDo) {
        Console console = session.console();
        if (nothingToDo) {
            tell("Nothing to train: every trial is done and served from the store.");
        }
        Artifacts artifacts = open.artifacts();
        elsewhere("Pictures of networks are missing", () -> TrialFolders.fetchPictures(artifacts, trials));
        ExperimentResults results = Session.results(open, experiment);
        Report report = Report.of(results);
        Path folder = Session.reportFolder(open, experiment.name());
        Path file = report.write(folder);
        elsewhere("The report is on this machine only", () -> artifacts.keepBelow(artifacts.name(folder)));
        Analysis analysis = report.analysis();
        console.out().println();
        analysis.answer().sentences().forEach(console.out()::println);
        analysis.warnings().forEach(warning -> tell("note: " + warning));
        console.out().println();
        console.out().println("report: " + file);
        long failed = count(trials, TrialState.FAILED) + count(trials, TrialState.ABANDONED);
        String summary = count(trials, TrialState.COMPLETED) + " of " + trials.size() + " trials completed"
                + (count(trials, TrialState.DIVERGED) > 0
                        ? ", " + count(trials, TrialState.DIVERGED) + " diverged"
                        : "")
                + (failed > 0 ? ", " + failed + " failed (see `show HASH`)" : "") + ", in "
                + Console.duration(Duration.ofNanos(System.nanoTime() - begin)) + ".";
        if (failed > 0) {
            console.err().println(summary);
        } else {
            tell(summary);
        }
        return failed > 0 ? ExitCode.FAILED : ExitCode.OK;
    }

    private interface Copying {
        void run() throws IOException;
    }

    /** What is trained is trained: that something cannot be had or kept elsewhere now is no reason to fail. */
    private void elsewhere(String otherwise, Copying copying) {
        try {
            copying.run();
        } catch (IOException e) {
            tell("note: " + otherwise + ". " + e.getMessage());
        }
    }

    private void tell(String line) {
        if (!isQuiet) {
            session.console().err().println(line);
        }
    }

    private static long count(List<TrialRecord> trials, TrialState state) {
        return trials.stream().filter(trial -> trial.state() == state).count();
    }
}
