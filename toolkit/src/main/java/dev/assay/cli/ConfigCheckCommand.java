package dev.assay.cli;

import dev.assay.recipe.Recipe;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = "Checks a recipe and prints every fault at once, as file:line:column path: message.")
final class ConfigCheckCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final RecipeArguments recipe = new RecipeArguments();

    ConfigCheckCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Recipe<?> read = session.recipe(recipe);
        int count = read.trials().size();
        session.console().out().println(recipe.file + ": no faults, " + count + (count == 1 ? " trial." : " trials."));
        return ExitCode.OK;
    }
}
