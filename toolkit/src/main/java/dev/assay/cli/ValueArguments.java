package dev.assay.cli;

import dev.assay.config.TypedValue;
import dev.assay.error.AssayException;
import java.util.function.Function;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** One value of a recipe's resolved config. */
final class ValueArguments {
    @Mixin
    private final RecipeArguments recipe = new RecipeArguments();

    @Parameters(index = "1", paramLabel = "PATH", description = "Such as train.optimizer.lr or model.widths[0].")
    private String path = "";

    @Mixin
    private final CellOption cell = new CellOption();

    @Option(names = "--json", description = "Prints JSON: path, type and value.")
    private boolean json;

    /** Prints the value as text, or as JSON if that was asked for. */
    int print(Session session, Function<TypedValue, String> text) {
        TypedValue found = find(session);
        session.console().out().println(json ? JsonOutput.typed(path, found) : text.apply(found));
        return ExitCode.OK;
    }

    private TypedValue find(Session session) {
        try {
            return TypedValue.of(cell.of(session.recipe(recipe)).config()).at(RunPath.parse(path));
        } catch (IllegalArgumentException e) {
            throw new AssayException(String.valueOf(e.getMessage()), e);
        }
    }
}
