package dev.assay.recipe;

import dev.assay.config.ConfigException;
import dev.assay.config.ConfigTrees;
import dev.assay.config.Faults;
import dev.assay.config.LocatedNode;
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

    private RecipeReader(Map<String, Class<? extends RunConfig>> wrappers) {
        this.wrappers = Collections.unmodifiableMap(new LinkedHashMap<>(wrappers));
    }

    /**
     * A reader of recipes for some wrappers.
     *
     * @param wrappers the run config of each wrapper by its name
     */
    public static RecipeReader of(Map<String, Class<? extends RunConfig>> wrappers) {
        return new RecipeReader(wrappers);
    }

    /**
     * Reads a recipe from a file.
     *
     * @param sets overrides {@code path=value} with paths from the root of the recipe, such as {@code base.train.epochs=2}
     * @throws ConfigException with every fault, also if there is no such file
     */
    public Recipe<? extends RunConfig> read(Path file, List<String> sets) {
        Faults faults = new Faults();
        Optional<LocatedNode> tree = ConfigTrees.read(file, sets, faults);
        return finish(file, tree, faults);
    }

    /**
     * Reads a recipe from text.
     *
     * @param file what messages call the text
     */
    public Recipe<? extends RunConfig> parse(String yaml, Path file, List<String> sets) {
        Faults faults = new Faults();
        Optional<LocatedNode> tree = ConfigTrees.parse(yaml, file.toString(), sets, faults);
        return finish(file, tree, faults);
    }

    private Recipe<? extends RunConfig> finish(Path file, Optional<LocatedNode> tree, Faults faults) {
        Optional<Recipe<? extends RunConfig>> recipe =
                tree.flatMap(root -> new RecipeAssembly(wrappers, file, root, faults).recipe());
        faults.throwIfAny();
        return recipe.orElseThrow();
    }
}
