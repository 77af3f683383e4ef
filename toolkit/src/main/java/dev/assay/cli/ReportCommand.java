package dev.assay.cli;

import dev.assay.report.Report;
import dev.assay.store.TrialStore;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        description =
                "Writes the report of an experiment from what the store has now: one HTML file that needs nothing else.")
final class ReportCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "EXPERIMENT", description = "The experiment's name, as its recipe gives it.")
    private String experiment = "";

    @Mixin
    private final StoreOption store = new StoreOption();

    @Option(
            names = "--to",
            paramLabel = "FOLDER",
            description = "Where to write report.html. Default: reports/EXPERIMENT beside the store.")
    private Optional<Path> folder = Optional.empty();

    ReportCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (TrialStore open = Session.store(store.file)) {
            var results = Session.results(open, Session.experiment(open, experiment));
            Path file = Report.write(results, folder.orElseGet(() -> Session.reportFolder(open, experiment)));
            session.console().out().println(file);
            return ExitCode.OK;
        }
    }
}
