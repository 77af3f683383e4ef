package dev.assay.cli;

import dev.assay.config.TypedValue;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "type",
        mixinStandardHelpOptions = true,
        description = "Prints the type and range of one value of a recipe's resolved config.")
final class ConfigTypeCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final RecipeArguments recipe = new RecipeArguments();

    @Parameters(index = "1", paramLabel = "PATH", description = "Such as train.optimizer.lr or model.widths[0].")
    private String path = "";

    @Mixin
    private final CellOption cell = new CellOption();

    @Option(names = "--json", description = "Prints JSON: path, type and value.")
    private boolean json;

    ConfigTypeCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        TypedValue found = ConfigGetCommand.find(session, recipe, cell, path);
        session.console()
                .out()
                .println(json ? JsonOutput.typed(path, found) : TypeWords.of(found.type(), found.limits()));
        return ExitCode.OK;
    }
}
