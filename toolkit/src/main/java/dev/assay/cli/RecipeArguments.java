package dev.assay.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A recipe and changes to it. */
final class RecipeArguments {
    @Parameters(paramLabel = "RECIPE", description = "The YAML file that describes the experiment.")
    Path file = Path.of("recipe.yaml");

    @Option(
            names = "--set",
            paramLabel = "PATH=VALUE",
            description = "Sets a value of the recipe, as if it were written in the file: --set base.train.epochs=2."
                    + " May be given many times.")
    List<String> sets = new ArrayList<>();
}
