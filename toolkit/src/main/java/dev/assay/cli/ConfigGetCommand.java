package dev.assay.cli;

import dev.assay.config.TypedValue;
import dev.assay.error.AssayException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(
        name = "get",
        mixinStandardHelpOptions = true,
        description = "Prints one value of a recipe's resolved config: a single value as it is, anything else as JSON.")
final class ConfigGetCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final RecipeArguments recipe = new RecipeArguments();

    @Parameters(index = "1", paramLabel = "PATH", description = "Such as train.optimizer.lr or model.widths[0].")
    private String path = "";

    @Mixin
    private final CellOption cell = new CellOption();

    @Option(names = "--json", description = "Prints JSON: path, type and value.")
    private boolean json;

    ConfigGetCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        TypedValue found = find(session, recipe, cell, path);
        JsonNode value = found.json();
        if (json) {
            session.console().out().println(JsonOutput.typed(path, found));
        } else {
            session.console().out().println(value.isContainer() ? JsonOutput.line(value) : value.asString());
        }
        return ExitCode.OK;
    }

    static TypedValue find(Session session, RecipeArguments recipe, CellOption cell, String path) {
        try {
            return TypedValue.of(cell.of(session.recipe(recipe)).config()).at(RunPath.parse(path));
        } catch (IllegalArgumentException e) {
            throw new AssayException(String.valueOf(e.getMessage()), e);
        }
    }
}
