package dev.assay.cli;

import dev.assay.artifact.Artifacts;
import dev.assay.error.AssayException;
import dev.assay.error.NotFoundException;
import dev.assay.run.Wrappers;
import dev.assay.store.Attempt;
import dev.assay.store.Failure;
import dev.assay.store.MetricSeries;
import dev.assay.store.TrialRecord;
import dev.assay.store.TrialState;
import dev.assay.store.TrialStore;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = "Shows one trial: its config, state, final metrics, weights and, if it failed, why.")
final class ShowCommand implements Callable<Integer> {
    /** What wrappers leave in a trial's folder where they compile its steps. */
    private static final String CODE = "step.py";

    private final Session session;

    @Parameters(paramLabel = "HASH", description = "The trial, by its hash or the first digits of it.")
    private String hash = "";

    @Mixin
    private final StoreOption store = new StoreOption();

    @Option(names = "--json", description = "Prints JSON, with metrics, weights.sha256 and all metric series.")
    private boolean json;

    @Option(names = "--code", description = "Prints the code its steps were compiled from, and nothing else.")
    private boolean code;

    @Option(
            names = "--provenance",
            description =
                    "Prints as JSON where it comes from: code with its patch, class path, Java, engine, machine, environment.")
    private boolean provenance;

    ShowCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (TrialStore open = Session.store(store.file)) {
            TrialRecord trial = Session.trial(open, hash);
            if (code) {
                session.console().out().print(code(trial, open));
            } else if (provenance) {
                session.console()
                        .out()
                        .println(JsonOutput.text(open.provenance(trial.hash())
                                .orElseThrow(() -> new NotFoundException("Of trial (" + trial.hash()
                                        + ") it is not recorded where it comes from; it is " + trial.state() + "."))));
            } else if (json) {
                session.console().out().println(JsonOutput.trial(trial, open.series(trial.hash())));
            } else {
                print(trial, open);
            }
            return ExitCode.OK;
        }
    }

    private static String code(TrialRecord trial, TrialStore open) {
        Artifacts artifacts = open.artifacts();
        Path file = Wrappers.directory(artifacts.folder(), trial.hash()).resolve(CODE);
        try {
            artifacts.fetch(List.of(artifacts.name(file)));
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new NotFoundException("Trial (" + trial.hash() + ") has left no code (" + file + "); it is "
                    + trial.state() + ".\nMaybe its steps were not compiled; its log tells why.");
        } catch (IOException e) {
            throw new AssayException("The code (" + file + ") cannot be read: " + e.getMessage(), e);
        }
    }

    private void print(TrialRecord trial, TrialStore open) {
        PrintStream out = session.console().out();
        Console console = session.console();
        out.println(console.bold("trial " + trial.hash()));
        out.println("  wrapper  " + trial.wrapper());
        trial.origin()
                .ifPresent(from -> out.println("  from     trial " + from.trial() + ", after step " + from.step()));
        out.println("  state    " + trial.state() + (trial.attempt() > 1 ? ", attempt " + trial.attempt() : ""));
        out.println("  time     " + ListCommand.took(trial)
                + trial.started().map(start -> ", began " + start).orElse(""));
        out.println("  owner    " + trial.circumstances().owner());
        trial.circumstances().comment().ifPresent(comment -> out.println("  comment  " + comment));
        trial.weights().ifPresent(weights -> {
            out.println("  weights  " + open.directory().resolve(weights.file()) + " (" + weights.bytes() + " bytes)");
            out.println("           digest " + weights.sha256());
            out.println("           weights " + trial.hash().substring(0, 10) + " --to FILE writes them to one file");
        });
        out.println(console.bold("config"));
        out.print(yaml().writeValueAsString(trial.config()).indent(2));
        if (!trial.metrics().isEmpty()) {
            out.println(console.bold("final metrics"));
            var declared = open.metrics(trial.wrapper());
            trial.metrics()
                    .forEach((name, value) -> out.printf(
                            "  %-28s %s%n",
                            name, ListCommand.metricText(declared, name).value(value)));
        }
        long points =
                open.series(trial.hash()).stream().mapToLong(MetricSeries::size).sum();
        if (points > 0) {
            out.println("  " + points + " values over training: --json prints them, the report draws them");
        }
        List<Attempt> attempts = open.attempts(trial.hash());
        if (attempts.size() > 1) {
            out.println(console.bold("attempts"));
            attempts.forEach(attempt -> out.println("  " + line(attempt)));
        }
        trial.cause().ifPresent(cause -> out.print(console.bold("cause") + "\n" + cause.indent(2)));
        trial.failure().flatMap(Failure::stack).ifPresent(stack -> out.print(stack.indent(2)));
        trial.lastLog().ifPresent(log -> out.print(console.bold("last lines of its log") + "\n" + log.indent(2)));
    }

    private static String line(Attempt attempt) {
        return attempt.number() + "  "
                + attempt.ended()
                        .map(end -> Console.duration(Duration.between(attempt.started(), end)))
                        .orElse("running")
                + attempt.state()
                        .map(state -> "  " + (state == TrialState.QUEUED ? "given back" : state.name()))
                        .orElse("")
                + attempt.cause()
                        .flatMap(cause -> cause.lines().findFirst())
                        .map(cause -> ": " + cause)
                        .orElse("");
    }

    /** Made where it is needed: every command of the application is set up at each start. */
    private static YAMLMapper yaml() {
        return YAMLMapper.builder()
                .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
                .enable(YAMLWriteFeature.MINIMIZE_QUOTES)
                .build();
    }
}
