package dev.assay.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Reads configurations of one type, strictly: every key known, every required key there, every value of its type without loss, every
 * constraint kept. What is wrong is told all at once by a {@link ConfigException}; nothing else is thrown for whatever a file holds. Immutable
 * and thread-safe.
 *
 * @param <C> the {@link Config} interface
 */
public final class ConfigReader<C> {
    private final Class<C> javaClass;
    private final ConfigType type;

    private ConfigReader(Class<C> javaClass) {
        this.javaClass = javaClass;
        this.type = ConfigType.of(javaClass);
    }

    /**
     * A reader of one type.
     *
     * @throws IllegalArgumentException if the interface is no configuration
     */
    public static <C> ConfigReader<C> of(Class<C> javaClass) {
        return new ConfigReader<>(javaClass);
    }

    /** A reader of the type that a config was built of. */
    @SuppressWarnings("unchecked")
    public static <C extends Validated> ConfigReader<C> like(C config) {
        return (ConfigReader<C>) of(ObjectType.of(config).javaClass());
    }

    /**
     * Reads a YAML file.
     *
     * @param sets overrides {@code path=value}, applied in order before anything is checked
     * @throws ConfigException with every fault, also if there is no such file
     */
    public C read(Path file, List<String> sets) {
        Faults faults = new Faults();
        return finish(ConfigTrees.read(file, sets, faults), faults);
    }

    /**
     * Reads YAML text.
     *
     * @param source what messages call the text
     */
    public C parse(String yaml, String source) {
        Faults faults = new Faults();
        return finish(ConfigTrees.parse(yaml, source, List.of(), faults), faults);
    }

    /**
     * Reads what {@link ConfigWriter#toJson(Validated)} of this or an older program wrote, leaving out what does not fit any more.
     *
     * @param migrations carried out first
     */
    public LenientReading<C> lenient(JsonNode json, Migrations migrations) {
        Faults warnings = new Faults();
        LocatedNode tree = migrations.apply(LocatedTrees.from(json, Place.of(javaClass.getSimpleName())), warnings);
        while (true) {
            Faults faults = new Faults();
            Optional<C> value = check(tree, "", faults, Checker.Mode.RECORDED);
            LocatedNode smaller = without(tree, faults.sorted());
            warnings.addAll(faults);
            if (faults.isEmpty() || smaller.equals(tree)) {
                List<Fault> all = new ArrayList<>(warnings.warnings());
                all.addAll(warnings.sorted());
                return new LenientReading<>(value, all);
            }
            tree = smaller;
        }
    }

    /** The tree without the values that have a fault. Where none of them stands in the tree, they are missing, and it stays as it is. */
    private static LocatedNode without(LocatedNode tree, List<Fault> faults) {
        LocatedNode smaller = tree;
        // From the last to the first, so that the indexes of a list still fit.
        for (int i = faults.size() - 1; i >= 0; i--) {
            try {
                smaller =
                        LocatedTrees.remove(smaller, DotPath.parse(faults.get(i).path()));
            } catch (IllegalArgumentException e) {
                // The fault is about the whole, or about a key that no path can lead to: it stays.
            }
        }
        return smaller;
    }

    /** Reads what {@link ConfigWriter#toJson(Validated)} wrote. */
    public C fromJson(JsonNode json) {
        return fromJson(json, List.of());
    }

    /**
     * The same, with values set.
     *
     * @param sets overrides {@code path=value}, applied in order before anything is checked
     */
    public C fromJson(JsonNode json, List<String> sets) {
        Faults faults = new Faults();
        LocatedNode written = LocatedTrees.from(json, Place.of(javaClass.getSimpleName()));
        LocatedNode tree = Overrides.apply(written, sets, faults);
        Optional<C> value = check(tree, "", faults, Checker.Mode.RECORDED);
        faults.throwIfAny();
        return value.orElseThrow();
    }

    private C finish(Optional<LocatedNode> tree, Faults faults) {
        Optional<C> value = tree.flatMap(node -> check(node, "", faults));
        faults.throwIfAny();
        return value.orElseThrow();
    }

    /**
     * Checks a tree and builds the value, if nothing is wrong with the tree.
     *
     * @param path where the tree stands in its file
     */
    public Optional<C> check(LocatedNode tree, String path, Faults faults) {
        return check(tree, path, faults, Checker.Mode.WRITTEN);
    }

    private Optional<C> check(LocatedNode tree, String path, Faults faults, Checker.Mode mode) {
        int before = faults.additions();
        Optional<Object> value = new Checker(faults, mode).read(type, tree, path, tree.place());
        return faults.additions() == before ? value.map(javaClass::cast) : Optional.empty();
    }

    /** Checks what is there of a tree that may yet lack required keys. */
    public void checkPart(LocatedNode tree, String path, Faults faults) {
        new Checker(faults, Checker.Mode.PARTIAL).read(type, tree, path, tree.place());
    }
}
