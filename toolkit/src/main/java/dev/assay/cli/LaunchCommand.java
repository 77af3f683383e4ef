package dev.assay.cli;

import dev.assay.error.AssayException;
import dev.assay.launch.Backend;
import dev.assay.launch.Launcher;
import dev.assay.recipe.Recipe;
import dev.assay.run.Plan;
import dev.assay.run.WorkerName;
import dev.assay.store.TrialSpec;
import dev.assay.store.TrialStore;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "launch",
        mixinStandardHelpOptions = true,
        description = {
            "Starts workers for what a recipe asks for and the store does not have yet, and returns.",
            "`status` tells how it goes; `run` with the same recipe and backend watches these workers, replaces those that are lost, and writes the report."
        })
final class LaunchCommand extends TrainingCommand {
    @Option(
            names = "--dry-run",
            description =
                    "Prints what the backend would be told of one worker, and neither starts nor stores anything.")
    private boolean isDry;

    LaunchCommand(Session session) {
        super(session);
    }

    @Override
    public Integer call() {
        Effort effort = effort(Optional.empty());
        Backend where = effort.backend();
        if (!where.outlivesCommand()) {
            throw new AssayException(
                    "Workers of this backend end with the command that has started them, so they cannot be left alone.\n"
                            + "Maybe use `run`, or give another --backend, such as docker.");
        }
        Recipe<?> read = read();
        List<TrialSpec> specs = Session.specs(read);
        try (Workers workers = workers(read, effort, session.console().err()::println)) {
            if (isDry) {
                session.console().out().println(workers.manifest().orElseThrow(LaunchCommand::nothingToPrint));
                return ExitCode.OK;
            }
            try (TrialStore open = prepared(read, specs, workers)) {
                Plan plan = Plan.of(specs, open);
                session.console().err().println(session.console().bold(read.name()) + ": " + PlanText.summary(plan));
                if (plan.open() > 0) {
                    launch(workers.launcher(), effort.limits((int) plan.open()).workers());
                }
            }
        }
        return ExitCode.OK;
    }

    private static AssayException nothingToPrint() {
        return new AssayException(
                "This backend is told nothing that could be printed; kubernetes is.\nMaybe leave out --dry-run.");
    }

    private void launch(Launcher launcher, int wanted) {
        long alive = launcher.list().stream()
                .filter(worker -> launcher.state(worker).isAlive())
                .count();
        String run = WorkerName.create();
        List<String> names = IntStream.rangeClosed(1, (int) Math.max(0, wanted - alive))
                .mapToObj(i -> run + "-" + i)
                .toList();
        launcher.submit(names);
        names.forEach(session.console().out()::println);
        session.console()
                .err()
                .println(
                        (names.size() == 1 ? "1 worker" : names.size() + " workers") + " started"
                                + (alive == 0 ? "." : "; " + alive + " were there already.")
                                + " `status` tells how it goes; `run` with the same recipe and backend waits and writes the report.");
    }
}
