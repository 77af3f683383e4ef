package dev.assay.cli;

import dev.assay.config.ConfigException;
import dev.assay.config.ConfigTrees;
import dev.assay.config.Faults;
import dev.assay.config.Migrations;
import dev.assay.error.AssayException;
import dev.assay.recipe.RecipeMigration;
import dev.assay.store.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "migrate",
        mixinStandardHelpOptions = true,
        description = {
            "Brings a recipe, or a file that recipes include, to the present schemaVersion and prints what changes.",
            "Writes nothing unless told where to. Comments stay where keys are renamed and values replaced; what changes"
                    + " a file more than that writes it anew, without them, and says so."
        })
final class ConfigMigrateCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "FILE", description = "The recipe, or a file that it includes.")
    private Path file = Path.of("recipe.yaml");

    @ArgGroup
    private final Target target = new Target();

    /** Where the new text goes. */
    static final class Target {
        @Option(names = "--in-place", description = "Replaces the file, all at once or not at all.")
        private boolean inPlace;

        @Option(names = "--to", paramLabel = "FILE", description = "Writes to that file instead.")
        private Optional<Path> to = Optional.empty();
    }

    ConfigMigrateCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Migrations migrations = Migrations.registered();
        Faults faults = new Faults();
        String old = ConfigTrees.text(file, faults).orElseThrow(() -> new ConfigException(faults.sorted()));
        Optional<RecipeMigration> migrated = RecipeMigration.of(old, file.toString(), migrations);
        if (migrated.isEmpty()) {
            session.console().out().println(file + ": of version " + migrations.current() + " already.");
        }
        Optional<Path> into = target.inPlace ? Optional.of(file) : target.to;
        into.ifPresent(path -> write(path, migrated.map(RecipeMigration::text).orElse(old)));
        migrated.ifPresent(this::print);
        return ExitCode.OK;
    }

    private void print(RecipeMigration migrated) {
        migrated.steps().forEach(session.console().err()::println);
        session.console().out().println(change());
        migrated.changes().forEach(change -> session.console().out().println("  " + change));
        if (!migrated.keepsComments()) {
            session.console().err().println("The file must be written anew, which leaves its comments out.");
        }
        if (!target.inPlace && target.to.isEmpty()) {
            session.console().err().println("Nothing was written; --in-place or --to FILE does.");
        }
    }

    private String change() {
        return target.to
                .map(to -> to + " differs from " + file + " in")
                .orElse(file + (target.inPlace ? " was changed in" : " would be changed in"));
    }

    private static void write(Path path, String text) {
        try {
            AtomicFile.write(path, text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new AssayException("The file (" + path + ") cannot be written: " + e.getMessage() + ".", e);
        }
    }
}
