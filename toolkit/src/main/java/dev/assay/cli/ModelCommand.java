package dev.assay.cli;

import dev.assay.config.RunConfig;
import dev.assay.error.AssayException;
import dev.assay.recipe.Recipe;
import dev.assay.run.NetworkView;
import dev.assay.run.ScratchTrial;
import dev.assay.run.Trainable;
import dev.assay.run.Wrapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "model",
        mixinStandardHelpOptions = true,
        description =
                "Shows the network of a recipe: the shape, parameters and multiply-adds of each node, or a picture.")
final class ModelCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final RecipeArguments recipe = new RecipeArguments();

    @Mixin
    private final CellOption cell = new CellOption();

    @Option(
            names = "--to",
            paramLabel = "FILE",
            description = "Writes a picture: FILE.svg, or FILE.dot for Graphviz. Default: prints a table.")
    private Optional<Path> file = Optional.empty();

    ModelCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        NetworkView view = file.map(ModelCommand::view).orElse(NetworkView.TABLE);
        Recipe<?> read = session.recipe(recipe);
        String shown =
                show(session.wrappers().get(read.wrapper()), cell.of(read).config(), view);
        if (file.isEmpty()) {
            session.console().out().print(shown);
            return ExitCode.OK;
        }
        write(file.get(), shown);
        session.console().out().println(file.get());
        return ExitCode.OK;
    }

    private static <C extends RunConfig> String show(Wrapper<C> wrapper, RunConfig config, NetworkView view)
            throws Exception {
        C typed = wrapper.configType().cast(config);
        Trainable<C> trainable = wrapper.factory().get();
        trainable.prepare(typed);
        try (ScratchTrial<C> trial = new ScratchTrial<>(typed, 1)) {
            return trainable
                    .show(trial, view)
                    .orElseThrow(() ->
                            new AssayException("Wrapper (" + wrapper.name() + ") has no graph that could be shown."));
        }
    }

    private static NetworkView view(Path file) {
        String name = file.toString();
        if (name.endsWith(".svg")) {
            return NetworkView.SVG;
        }
        if (name.endsWith(".dot")) {
            return NetworkView.DOT;
        }
        throw new AssayException("The file (" + name + ") of a picture must end with .svg or .dot.");
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new AssayException("The picture (" + file + ") cannot be written: " + e.getMessage(), e);
        }
    }
}
