package dev.assay.recipe;

import dev.assay.config.ConfigReader;
import dev.assay.config.ConfigTrees;
import dev.assay.config.ConfigType;
import dev.assay.config.ConfigWriter;
import dev.assay.config.DotPath;
import dev.assay.config.EnvironmentPath;
import dev.assay.config.Faults;
import dev.assay.config.LocatedNode;
import dev.assay.config.LocatedTrees;
import dev.assay.config.Migrations;
import dev.assay.config.Place;
import dev.assay.config.RunConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Lays everything over a recipe that goes before it: included files, profiles, local settings, environment, command line. */
final class LayerReader {
    private static final String BASE = "base";
    private static final String VARIABLE = "ASSAY_SET_";
    private static final DotPath BASE_PATH = DotPath.parse(BASE);

    private final Map<String, Class<? extends RunConfig>> wrappers;
    private final Migrations migrations;
    private final Overlays overlays;
    private final Faults faults;
    private final LayerIndex index = new LayerIndex();

    LayerReader(
            Map<String, Class<? extends RunConfig>> wrappers, Migrations migrations, Overlays overlays, Faults faults) {
        this.wrappers = wrappers;
        this.migrations = migrations;
        this.overlays = overlays;
        this.faults = faults;
    }

    /** Which layer each place belongs to. */
    LayerIndex index() {
        return index;
    }

    LocatedNode lay(LocatedNode written, Path file) {
        arguments();
        LocatedNode tree = new IncludedFiles(migrations, index, faults).resolve(written, file);
        Profiles profiles = Profiles.of(tree, faults);
        tree = environment(profiles.lay(tree, overlays.profiles(), index));
        Optional<Class<? extends RunConfig>> type = wrapper(tree);
        if (type.isPresent()) {
            profiles.checkOthers(ConfigReader.of(type.get()), overlays.profiles());
            tree = environment(local(tree, file, ConfigType.of(type.get())), ConfigType.of(type.get()));
        }
        tree = ConfigTrees.override(tree, overlays.unsets(), overlays.sets(), faults);
        LocatedTrees.find(tree, DotPath.parse("design")).ifPresent(design -> index.mark(design, Layer.SWEEP, ""));
        LocatedTrees.find(tree, DotPath.parse("sweep")).ifPresent(sweep -> index.mark(sweep, Layer.SWEEP, ""));
        return tree;
    }

    private void arguments() {
        arguments("--profile", Layer.PROFILE, overlays.profiles());
        arguments("--unset", Layer.COMMAND_LINE, overlays.unsets());
        arguments("--set", Layer.COMMAND_LINE, overlays.sets());
    }

    private void arguments(String option, Layer layer, List<String> values) {
        for (int i = 0; i < values.size(); i++) {
            index.add(new Source(layer, Place.argument(option, i + 1).source(), values.get(i)));
        }
    }

    /** The config of the wrapper that it will be in the end. */
    private Optional<Class<? extends RunConfig>> wrapper(LocatedNode tree) {
        LocatedNode overridden = ConfigTrees.override(tree, overlays.unsets(), overlays.sets(), new Faults());
        return LocatedTrees.find(overridden, DotPath.parse("wrapper"))
                .filter(LocatedNode.Scalar.class::isInstance)
                .map(name -> wrappers.get(((LocatedNode.Scalar) name).text()));
    }

    private LocatedNode local(LocatedNode tree, Path recipe, ConfigType type) {
        Optional<Path> found = localFile(recipe);
        Optional<LocatedNode> written = found.flatMap(file -> ConfigTrees.read(file, List.of(), faults))
                .map(root -> migrations.apply(root, faults));
        if (written.isEmpty()) {
            return tree;
        }
        LocatedNode.Mapping root = mapping(written.get(), "");
        for (LocatedNode.Entry entry : root.entries()) {
            if (!entry.key().equals(BASE)) {
                faults.add(
                        entry.keyPlace(),
                        entry.key(),
                        "This key is not known in " + LocalSettings.FILE + "; known is " + BASE + ".");
            }
        }
        LocatedNode laid = tree;
        for (LocatedNode.Entry entry : root.find(BASE).stream().toList()) {
            LocatedNode.Mapping settings = new LocalSettings(faults)
                    .applicable(type, mapping(entry.value(), BASE), LocatedTrees.find(tree, BASE_PATH), BASE);
            LocatedNode.Entry applicable = new LocatedNode.Entry(BASE, entry.keyPlace(), settings);
            LocatedNode.Mapping laidOver = new LocatedNode.Mapping(root.place(), List.of(applicable));
            laid = LocatedTrees.merge(laid, laidOver);
            String text =
                    ConfigWriter.toJson(new ConfigType.TreeType(), laidOver).toString();
            index.add(new Source(Layer.LOCAL, found.orElseThrow().toString(), text));
        }
        return laid;
    }

    /** The one beside the recipe or, without one, that of the folder named. */
    private Optional<Path> localFile(Path recipe) {
        return overlays.localFolder()
                .flatMap(folder ->
                        List.of(recipe.resolveSibling(LocalSettings.FILE), folder.resolve(LocalSettings.FILE)).stream()
                                .filter(Files::isRegularFile)
                                .findFirst());
    }

    private LocatedNode.Mapping mapping(LocatedNode node, String path) {
        if (node instanceof LocatedNode.Mapping mapping) {
            return mapping;
        }
        faults.add(node.place(), path, node.found() + " but must be a mapping.");
        return new LocatedNode.Mapping(node.place(), List.of());
    }

    /** The variables about the recipe, which have a part in what config there is. */
    private LocatedNode environment(LocatedNode root) {
        LocatedNode tree = root;
        for (Map.Entry<String, String> variable : variables(false).entrySet()) {
            tree = set(tree, variable, ConfigType.of(RecipeFile.class), List.of());
        }
        return tree;
    }

    /** The variables about the config. */
    private LocatedNode environment(LocatedNode root, ConfigType type) {
        LocatedNode tree = root;
        for (Map.Entry<String, String> variable : variables(true).entrySet()) {
            tree = set(tree, variable, type, BASE_PATH.steps());
        }
        return tree;
    }

    private LocatedNode set(
            LocatedNode tree, Map.Entry<String, String> variable, ConfigType type, List<DotPath.Step> below) {
        Place place = Place.of(variable.getKey());
        index.add(new Source(Layer.ENVIRONMENT, place.source(), variable.getValue()));
        String name = variable.getKey().substring(VARIABLE.length() + (below.isEmpty() ? 0 : BASE.length() + 2));
        try {
            List<DotPath.Step> steps = new ArrayList<>(below);
            LocatedNode under = LocatedTrees.find(tree, new DotPath(below)).orElse(tree);
            steps.addAll(EnvironmentPath.parse(name, type, under).steps());
            return ConfigTrees.set(tree, new DotPath(steps), variable.getValue(), place, faults);
        } catch (IllegalArgumentException e) {
            faults.add(place, "", String.valueOf(e.getMessage()));
            return tree;
        }
    }

    /** Those that set something, in the order of their names. */
    private Map<String, String> variables(boolean ofBase) {
        Map<String, String> found = new TreeMap<>();
        overlays.environment().forEach((name, value) -> {
            String upper = name.toUpperCase(Locale.ROOT);
            if (upper.startsWith(VARIABLE) && upper.startsWith(VARIABLE + "BASE__") == ofBase) {
                found.put(name, value);
            }
        });
        return found;
    }
}
