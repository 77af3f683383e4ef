package dev.assay.cli;

import dev.assay.report.Report;
import dev.assay.store.Experiment;
import dev.assay.store.TrialStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
                "Writes the report of an experiment from what the store has now: one HTML file that needs nothing else, and beside it"
                        + " report.md, cells.tex (LaTeX with booktabs), cells.csv and trials.csv.")
final class ReportCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "EXPERIMENT", description = "The experiment's name, as its recipe gives it.")
    private String experiment = "";

    @Mixin
    private final StoreOption store = new StoreOption();

    @Option(
            names = "--to",
            paramLabel = "FOLDER",
            description = "Where to write them. Default: reports/EXPERIMENT beside the store.")
    private Optional<Path> folder = Optional.empty();

    @Option(
            names = "--figures",
            description = "Also writes each figure as SVG, PDF (both with real text) and PNG into FOLDER/figures.")
    private boolean figures;

    ReportCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        try (TrialStore open = Session.store(store.file)) {
            Experiment found = Session.experiment(open, experiment);
            TrialFolders.fetchPictures(open.artifacts(), open.trialsOf(found.name()));
            var results = Session.results(open, found);
            Path to = folder.orElseGet(() -> Session.reportFolder(open, experiment));
            List<Path> files = new ArrayList<>();
            Report report = Report.of(results);
            files.add(report.write(to));
            files.addAll(report.writeTables(to));
            if (figures) {
                files.addAll(report.writeFigures(to));
            }
            if (folder.isEmpty()) {
                open.artifacts().keepBelow(open.artifacts().name(to));
            }
            files.forEach(session.console().out()::println);
            return ExitCode.OK;
        }
    }
}
