package dev.assay.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads YAML to located trees, overrides included, for readers that give parts of a file different types. */
public final class ConfigTrees {
    private ConfigTrees() {}

    /** The tree of a file, or nothing if the faults leave none. */
    public static Optional<LocatedNode> read(Path file, List<String> sets, Faults faults) {
        return YamlText.read(file, faults).map(tree -> Overrides.apply(tree, sets, faults));
    }

    /** The text of a file, or nothing if it cannot be had, which is among the faults then. */
    public static Optional<String> text(Path file, Faults faults) {
        return YamlText.text(file, faults);
    }

    /** The tree of a text. */
    public static Optional<LocatedNode> parse(String yaml, String source, List<String> sets, Faults faults) {
        return YamlText.parse(yaml, source, faults).map(tree -> Overrides.apply(tree, sets, faults));
    }

    /** A copy of a tree without what stands at the paths, then with the values of arguments {@code path=value}, each in the order given. */
    public static LocatedNode override(LocatedNode tree, List<String> unsets, List<String> sets, Faults faults) {
        return Overrides.apply(Overrides.remove(tree, unsets, faults), sets, faults);
    }

    /** A copy of a tree with a value, written in YAML, at a path; all of it is at one place. */
    public static LocatedNode set(LocatedNode tree, DotPath path, String yaml, Place place, Faults faults) {
        return Overrides.set(tree, path.toString(), yaml, place, faults);
    }

    /** Checks a tree against any type and gives its Java value, if nothing is wrong with it. */
    public static Optional<Object> check(ConfigType type, LocatedNode tree, String path, Faults faults) {
        int before = faults.additions();
        Optional<Object> value = new Checker(faults, Checker.Mode.WRITTEN).read(type, tree, path, tree.place());
        return faults.additions() == before ? value : Optional.empty();
    }
}
