package dev.assay.cli;

import dev.assay.recipe.PlannedTrial;
import dev.assay.recipe.Recipe;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "hash",
        mixinStandardHelpOptions = true,
        description = "Prints the content hashes of each cell of a recipe, by part, and those of its trials.")
final class ConfigHashCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final RecipeArguments recipe = new RecipeArguments();

    @Option(
            names = "--json",
            description = "Prints JSON: cells with data, model, train, and trials with seed and trial.")
    private boolean json;

    ConfigHashCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Recipe<?> read = session.recipe(recipe);
        List<List<PlannedTrial<?>>> cells = CellOption.all(read);
        if (json) {
            session.console().out().println(JsonOutput.hashes(cells));
            return ExitCode.OK;
        }
        for (int i = 0; i < cells.size(); i++) {
            print(i + 1, cells.get(i), session.console().out());
        }
        return ExitCode.OK;
    }

    private static void print(int number, List<PlannedTrial<?>> cell, PrintStream out) {
        var first = cell.get(0).identity();
        out.println("cell " + number);
        out.println("  data   " + first.data());
        out.println("  model  " + first.model());
        out.println("  train  " + first.train());
        for (PlannedTrial<?> trial : cell) {
            out.println("  seed   " + trial.identity().seed() + " ("
                    + trial.config().seed() + ")");
            out.println("  trial  " + trial.identity().trial());
        }
    }
}
