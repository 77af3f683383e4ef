package dev.assay.cli;

import dev.assay.error.AssayException;
import dev.assay.recipe.PlannedTrial;
import dev.assay.recipe.Recipe;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** {@code --cell}: which of the configs a recipe varies. */
final class CellOption {
    @Option(
            names = "--cell",
            paramLabel = "N",
            defaultValue = "1",
            description = "Which cell of the sweep, counted from 1, in its first seed. Default: ${DEFAULT-VALUE}")
    private int number = 1;

    /** The first trial of that cell. */
    PlannedTrial<?> of(Recipe<?> recipe) {
        List<List<PlannedTrial<?>>> cells = all(recipe);
        if (number < 1 || number > cells.size()) {
            throw new AssayException("The cell (" + number + ") of " + recipe.file() + " must be a number from 1 to "
                    + cells.size() + ".");
        }
        return cells.get(number - 1).get(0);
    }

    /** The trials of each cell: they differ in their seed only. */
    static List<List<PlannedTrial<?>>> all(Recipe<?> recipe) {
        Map<List<String>, List<PlannedTrial<?>>> cells = new LinkedHashMap<>();
        for (PlannedTrial<?> trial : recipe.trials()) {
            var identity = trial.identity();
            cells.computeIfAbsent(
                            List.of(identity.data(), identity.model(), identity.train()), key -> new ArrayList<>())
                    .add(trial);
        }
        return List.copyOf(cells.values());
    }
}
