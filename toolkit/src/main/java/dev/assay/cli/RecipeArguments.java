package dev.assay.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
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
                    + " May be given many times. ASSAY_SET_BASE__TRAIN__EPOCHS=2 in the environment does the same.")
    List<String> sets = new ArrayList<>();

    @Option(
            names = "--unset",
            paramLabel = "PATH",
            description = "Leaves out a value of the recipe, so that its default applies. Done before --set.")
    List<String> unsets = new ArrayList<>();

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            description =
                    "Applies one of the recipe's profiles. May be given many times; later ones go before earlier ones.")
    List<String> profiles = new ArrayList<>();

    /** Holds the trials that a recipe names. */
    @Mixin
    final StoreOption store = new StoreOption();
}
