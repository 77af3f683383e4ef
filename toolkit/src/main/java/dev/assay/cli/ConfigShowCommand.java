package dev.assay.cli;

import dev.assay.config.ConfigWriter;
import dev.assay.recipe.PlannedTrial;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = "Prints the resolved config of each cell of a recipe, defaults filled in, for its first seed.")
final class ConfigShowCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final RecipeArguments recipe = new RecipeArguments();

    @Option(
            names = "--origin",
            description = "Prints each value on a line with what set it: a place, a profile, a default.")
    private boolean origin;

    ConfigShowCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Set<String> seen = new LinkedHashSet<>();
        for (PlannedTrial<?> trial : session.recipe(recipe).trials()) {
            var identity = trial.identity();
            if (seen.add(identity.data() + identity.model() + identity.train())) {
                session.console().out().println((seen.size() > 1 ? "---\n" : "") + "# trial " + identity.trial());
                session.console().out().print(origin ? origins(trial) : ConfigWriter.toYaml(trial.config()));
            }
        }
        return ExitCode.OK;
    }

    private static String origins(PlannedTrial<?> trial) {
        TextTable table = new TextTable(List.of("key", "value", "set by"));
        trial.origins()
                .of(trial.config())
                .forEach(leaf -> table.add(List.of(
                        leaf.path(), leaf.value().toString(), leaf.origin().toString())));
        return String.join("\n", table.lines()) + "\n";
    }
}
