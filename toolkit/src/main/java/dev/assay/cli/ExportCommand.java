package dev.assay.cli;

import dev.assay.error.AssayException;
import dev.assay.store.TrialStore;
import dev.assay.table.FieldTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = {
            "Writes trials to a file, one row each: CSV or JSON, by its ending.",
            "Without --columns it has everything: state, times, every value of the configs, every metric."
        })
final class ExportCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final StoreOption store = new StoreOption();

    @Mixin
    private final TrialSelection selection = new TrialSelection();

    @Parameters(paramLabel = "FILE", description = "Ends with .csv or .json.")
    private Path file = Path.of("");

    ExportCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        boolean isCsv = file.toString().endsWith(".csv");
        if (!isCsv && !file.toString().endsWith(".json")) {
            throw new AssayException("The file (" + file + ") must end with .csv or .json.");
        }
        try (TrialStore open = Session.store(store.file)) {
            TrialSelection.Found found = selection.in(open, session);
            FieldTable table = new FieldTable(found.columnsOrAll(), found.trials());
            Files.writeString(file, isCsv ? table.csv() : table.json().toPrettyString() + "\n");
            session.console()
                    .err()
                    .println(file + ": " + found.trials().size() + " trials, "
                            + table.fields().size() + " columns.");
            return ExitCode.OK;
        }
    }
}
