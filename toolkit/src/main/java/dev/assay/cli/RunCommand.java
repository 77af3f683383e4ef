package dev.assay.cli;

import dev.assay.config.Durations;
import dev.assay.recipe.Recipe;
import dev.assay.store.TrialSpec;
import dev.assay.store.TrialStore;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = {
            "Trains what a recipe asks for and the store does not have yet, then writes the report.",
            "After an interruption or a crash the same command goes on."
        })
final class RunCommand extends TrainingCommand {
    @Option(
            names = "--trial-timeout",
            paramLabel = "TIME",
            description =
                    "A worker that takes longer than that for one trial, such as 90s or 2h, is ended, and the trial fails.")
    private Optional<String> trialTimeout = Optional.empty();

    @Option(
            names = "--smoke",
            description =
                    "Only tries the recipe out: a few steps, a checkpoint, a resumption and an evaluation, for each kind of"
                            + " trial once. Leaves nothing behind.")
    private boolean smoke;

    @Option(
            names = {"-q", "--quiet"},
            description = "Prints only what fails and the result.")
    private boolean quiet;

    RunCommand(Session session) {
        super(session);
    }

    @Override
    public Integer call() throws IOException {
        Effort effort = effort(trialTimeout.map(this::duration));
        Recipe<?> read = read();
        if (smoke) {
            return new SmokeRun(session, recipe.store.file).run(read);
        }
        List<TrialSpec> specs = Session.specs(read);
        try (Workers workers = workers(read, effort, this::tell);
                TrialStore open = prepared(read, specs, workers)) {
            return new ExperimentRun(session, open, quiet).run(read.name(), specs, effort, workers);
        }
    }

    private void tell(String progress) {
        if (!quiet) {
            session.console().err().println(progress);
        }
    }

    private Duration duration(String text) {
        return Durations.parse(text)
                .filter(time -> !time.isZero() && !time.isNegative())
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(), "--trial-timeout (" + text + ") must be a time such as 90s or 1h30m."));
    }
}
