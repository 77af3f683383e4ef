package dev.assay.cli;

import dev.assay.run.StoredFile;
import dev.assay.run.StoredFiles;
import dev.assay.store.TrialStore;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "gc",
        mixinStandardHelpOptions = true,
        description = {
            "Deletes files that no trial of the store needs: replaced weights, folders of unknown trials, logs of ended workers.",
            "What is younger than an hour stays."
        })
final class GcCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final StoreOption store = new StoreOption();

    @Option(names = "--dry-run", description = "Only tells what would be deleted.")
    private boolean dryRun;

    GcCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        try (TrialStore open = Session.store(store.file)) {
            List<StoredFile> spare = StoredFiles.of(open, session.wrappers()).stream()
                    .filter(file -> file.references() == 0)
                    .toList();
            for (StoredFile file : spare) {
                if (dryRun) {
                    session.console().out().println(open.artifacts().folder().resolve(file.name()));
                } else {
                    open.artifacts().collect(file.name());
                }
            }
            session.console()
                    .out()
                    .println(spare.size() + (spare.size() == 1 ? " file" : " files") + " of " + DuCommand.size(spare)
                            + (dryRun ? " would be deleted." : " deleted."));
            return ExitCode.OK;
        }
    }
}
