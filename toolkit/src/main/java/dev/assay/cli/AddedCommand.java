package dev.assay.cli;

import java.io.PrintStream;
import picocli.CommandLine;

/**
 * A command that a module adds to every application it is on the class path of. Implementations are found by {@link java.util.ServiceLoader}, so
 * each is named in {@code META-INF/services/dev.assay.cli.AddedCommand}. They are looked for only where the help lists all commands, or where the
 * command asked for is none of Assay's own.
 */
public interface AddedCommand {

    /**
     * The application that was called.
     *
     * @param name as its help texts show it
     * @param mainClass whose {@code main} runs it
     * @param out for results
     * @param err for everything else
     */
    record Application(String name, String mainClass, PrintStream out, PrintStream err) {}

    /** What it is called. One of Assay's own commands of that name comes first. */
    String name();

    /**
     * The command and its commands, as picocli describes them. An {@link dev.assay.error.AssayException} that it throws is told to the user by its
     * message alone; with a {@link dev.assay.error.NotFoundException} the exit code is 69.
     */
    CommandLine of(Application application);
}
