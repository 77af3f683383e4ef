package dev.assay.image;

import dev.assay.cli.AddedCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code image} of every application that has this module. */
public final class ImageCommand implements AddedCommand {
    private static final String NAME = "image";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public CommandLine of(Application application) {
        return new CommandLine(new Group()).addSubcommand(new ImageBuildCommand(application));
    }

    @Command(name = NAME, mixinStandardHelpOptions = true, description = "Builds container images of this application.")
    private static final class Group implements Runnable {
        @Spec
        @SuppressWarnings("NullAway.Init")
        private CommandSpec spec;

        @Override
        public void run() {
            throw new ParameterException(spec.commandLine(), "Which of the commands below?");
        }
    }
}
