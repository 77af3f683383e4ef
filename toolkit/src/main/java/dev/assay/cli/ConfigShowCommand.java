package dev.assay.cli;

import dev.assay.config.ConfigWriter;
import dev.assay.recipe.PlannedTrial;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = "Prints the resolved config of each cell of a recipe, defaults filled in, for its first seed.")
final class ConfigShowCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final RecipeArguments recipe = new RecipeArguments();

    ConfigShowCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Set<String> seen = new LinkedHashSet<>();
        for (PlannedTrial<?> trial : session.recipe(recipe.file, recipe.sets).trials()) {
            var identity = trial.identity();
            if (seen.add(identity.data() + identity.model() + identity.train())) {
                session.console().out().println((seen.size() > 1 ? "---\n" : "") + "# trial " + identity.trial());
                session.console().out().print(ConfigWriter.toYaml(trial.config()));
            }
        }
        return ExitCode.OK;
    }
}
