package dev.assay.recipe;

import dev.assay.config.ConfigException;
import dev.assay.config.ConfigTrees;
import dev.assay.config.Faults;
import dev.assay.config.Migrations;
import dev.assay.config.RunConfig;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads recipes: everything in them, each cell of the sweep included, is checked before a trial comes of it, and every fault of the file is told
 * at once. Immutable and thread-safe.
 */
public final class RecipeReader {
    private final Map<String, Class<? extends RunConfig>> wrappers;
    private final Migrations migrations;

    private RecipeReader(Map<String, Class<? extends RunConfig>> wrappers, Migrations migrations) {
        this.wrappers = Collections.unmodifiableMap(new LinkedHashMap<>(wrappers));
        this.migrations = migrations;
    }

    /**
     * A reader of recipes for some wrappers.
     *
     * @param wrappers the run config of each wrapper by its name
     */
    public static RecipeReader of(Map<String, Class<? extends RunConfig>> wrappers) {
        return new RecipeReader(wrappers, Migrations.none());
    }

    /** A reader that brings files of earlier versions to the present one. */
    public RecipeReader withMigrations(Migrations all) {
        return new RecipeReader(wrappers, all);
    }

    /**
     * Reads a recipe from a file.
     *
     * @param sets overrides {@code path=value} with paths from the root of the recipe, such as {@code base.train.epochs=2}
     * @throws ConfigException with every fault, also if there is no such file
     */
    public Recipe<? extends RunConfig> read(Path file, List<String> sets) {
        return read(file, Overlays.ofSets(sets));
    }

    /**
     * Reads a recipe from a file, with everything that goes before it.
     *
     * @throws ConfigException with every fault of every file
     */
    public Recipe<? extends RunConfig> read(Path file, Overlays overlays) {
        Faults faults = new Faults();
        return finish(file, ConfigTrees.text(file, faults), overlays, faults);
    }

    /**
     * Reads a recipe from text.
     *
     * @param file what messages call the text
     */
    public Recipe<? extends RunConfig> parse(String yaml, Path file, List<String> sets) {
        return finish(file, Optional.of(yaml), Overlays.ofSets(sets), new Faults());
    }

    private Recipe<? extends RunConfig> finish(Path file, Optional<String> text, Overlays overlays, Faults faults) {
        LayerReader layers = new LayerReader(wrappers, migrations, overlays, faults);
        text.ifPresent(known -> layers.index().add(new Source(Layer.RECIPE, file.toString(), known)));
        Optional<Recipe<? extends RunConfig>> recipe = text.flatMap(
                        known -> ConfigTrees.parse(known, file.toString(), List.of(), faults))
                .map(written -> layers.lay(written, file))
                .flatMap(root -> new RecipeAssembly(wrappers, file, root, layers.index(), faults).recipe());
        faults.throwIfAny();
        return recipe.orElseThrow();
    }
}
