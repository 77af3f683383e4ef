package dev.assay.cli;

import dev.assay.error.AssayException;
import dev.assay.store.AtomicFile;
import dev.assay.store.TrialStore;
import dev.assay.table.FieldTable;
import dev.assay.table.TableFormat;
import dev.assay.table.TableFormats;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = {
            "Writes trials to a file, one row each: CSV, JSON or Parquet.",
            "Without --columns it has everything: state, times, every value of the configs, every metric."
        })
final class ExportCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final StoreOption store = new StoreOption();

    @Mixin
    private final TrialSelection selection = new TrialSelection();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description =
                    "csv, json or parquet (which needs the module dev.assay:parquet). Default: what FILE ends with.")
    private Optional<String> format = Optional.empty();

    @Parameters(paramLabel = "FILE", description = "Where to write.")
    private Path file = Path.of("");

    ExportCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        TableFormat wanted = TableFormats.named(format.orElseGet(this::ending).toLowerCase(Locale.ROOT));
        try (TrialStore open = Session.store(store.file)) {
            TrialSelection.Found found = selection.in(open, session);
            FieldTable table = new FieldTable(found.columnsOrAll(), found.trials());
            write(wanted, table);
            session.console()
                    .err()
                    .println(file + ": " + found.trials().size() + " trials, "
                            + table.fields().size() + " columns.");
            return ExitCode.OK;
        } catch (IOException e) {
            throw new AssayException("The file (" + file + ") cannot be written: " + e.getMessage(), e);
        }
    }

    private void write(TableFormat format, FieldTable table) throws IOException {
        boolean isStream = Files.exists(file) && !Files.isRegularFile(file);
        if (isStream) {
            // Such as /dev/stdout, in whose place no file may come.
            try (OutputStream out = Files.newOutputStream(file)) {
                format.write(table, out);
            }
        } else {
            Path place = Files.exists(file) ? file.toRealPath() : file;
            AtomicFile.write(place, channel -> format.write(table, Channels.newOutputStream(channel)));
        }
    }

    private String ending() {
        String name = String.valueOf(file.getFileName());
        int dot = name.lastIndexOf('.');
        if (dot < 0) {
            throw new AssayException("The file (" + file + ") has no ending to tell its format.\n"
                    + "Maybe --format csv, --format json or --format parquet is missing.");
        }
        return name.substring(dot + 1);
    }
}
