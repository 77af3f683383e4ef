package dev.assay.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the path that the name of an environment variable means, which can hold neither dots nor, by custom, small letters. Steps are joined by two
 * underscores and are compared with the known keys without regard to case, hyphens and single underscores: {@code TRAIN__BATCH_SIZE} and
 * {@code TRAIN__BATCHSIZE} are {@code train.batchSize}, {@code MODEL__LAYERS__0__WIDTH} is {@code model.layers[0].width}. A key of a map of the
 * user's own is the one that is there already, or else the step in lower case.
 */
public final class EnvironmentPath {
    private EnvironmentPath() {}

    /**
     * The path below a root.
     *
     * @param tree what is written already
     * @throws IllegalArgumentException if the name leads nowhere; the message is a sentence for people, and a hint may be its second line
     */
    public static DotPath parse(String name, ConfigType root, LocatedNode tree) {
        List<DotPath.Step> steps = new ArrayList<>();
        List<ConfigType> types = List.of(root);
        for (String written : name.split("__", -1)) {
            Set<String> known = new LinkedHashSet<>();
            TypePaths.step(types, new DotPath.Key(""), known);
            DotPath.Step step = step(written, types, known, LocatedTrees.find(tree, new DotPath(steps)));
            types = TypePaths.step(types, step, known);
            if (types.isEmpty()) {
                throw new IllegalArgumentException(unknown(written, new DotPath(steps), known));
            }
            steps.add(step);
        }
        return new DotPath(steps);
    }

    private static DotPath.Step step(
            String written, List<ConfigType> types, Set<String> known, Optional<LocatedNode> there) {
        boolean list = types.stream().anyMatch(type -> plain(type) instanceof ConfigType.ListType);
        if (list && written.matches("[0-9]{1,9}")) {
            return new DotPath.Index(Integer.parseInt(written));
        }
        List<String> names = new ArrayList<>(known);
        if (there.isPresent() && there.get() instanceof LocatedNode.Mapping mapping) {
            mapping.entries().forEach(entry -> names.add(entry.key()));
        }
        return new DotPath.Key(names.stream()
                .filter(key -> Texts.fold(key).equals(Texts.fold(written)))
                .findFirst()
                .orElse(written.toLowerCase(Locale.ROOT)));
    }

    private static ConfigType plain(ConfigType type) {
        return type instanceof ConfigType.OptionalType optional ? optional.value() : type;
    }

    private static String unknown(String written, DotPath walked, Set<String> known) {
        String where = walked.steps().isEmpty() ? "" : " in " + walked;
        String hint = Texts.maybe(written, known);
        return "The name must lead to a value, but " + written + " is not known" + where
                + (known.isEmpty() ? "." : "; known are " + String.join(", ", known) + ".")
                + (hint.isEmpty() ? "" : "\n  " + hint);
    }
}
