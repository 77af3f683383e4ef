package dev.assay.cli;

import dev.assay.run.StoredFile;
import dev.assay.run.StoredFiles;
import dev.assay.store.TrialStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "du",
        mixinStandardHelpOptions = true,
        description = "Tells how much room the files of a store take, and how much of it `gc` would free.")
final class DuCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final StoreOption store = new StoreOption();

    DuCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        try (TrialStore open = Session.store(store.file)) {
            List<StoredFile> files = StoredFiles.of(open, session.wrappers());
            TextTable table = new TextTable(List.of("files", "number", "size", "not needed"));
            for (StoredFile.Kind kind : StoredFile.Kind.values()) {
                List<StoredFile> some =
                        files.stream().filter(file -> file.kind() == kind).toList();
                List<StoredFile> spare =
                        some.stream().filter(file -> file.references() == 0).toList();
                table.add(List.of(
                        kind.name().toLowerCase(Locale.ROOT), Integer.toString(some.size()), size(some), size(spare)));
            }
            List<String> lines = new ArrayList<>(table.lines());
            session.console().out().println(session.console().bold(lines.remove(0)));
            lines.forEach(session.console().out()::println);
            return ExitCode.OK;
        }
    }

    static String size(List<StoredFile> files) {
        return size(files.stream().mapToLong(StoredFile::bytes).sum());
    }

    static String size(long bytes) {
        return bytes < 100_000 ? String.format("%.1f kB", bytes / 1e3) : String.format("%.1f MB", bytes / 1e6);
    }
}
