package dev.assay.recipe;

import dev.assay.config.ConfigException;
import dev.assay.config.ConfigTrees;
import dev.assay.config.ConfigType;
import dev.assay.config.ConfigWriter;
import dev.assay.config.Fault;
import dev.assay.config.Faults;
import dev.assay.config.LocatedNode;
import dev.assay.config.Migrations;
import dev.assay.config.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/**
 * A recipe, or a file that recipes include, brought to the present {@code schemaVersion}.
 *
 * @param text the file's new text
 * @param keepsComments whether the text is the old one but for what had to change; if not, it was written anew
 * @param changes what is different, a path a line
 * @param steps what the migrations say of themselves
 */
public record RecipeMigration(String text, boolean keepsComments, List<String> changes, List<String> steps) {
    public RecipeMigration {
        changes = List.copyOf(changes);
        steps = List.copyOf(steps);
    }

    /**
     * Migrates a text.
     *
     * @param source what messages call the text
     * @return empty if it is of the present version already
     * @throws ConfigException if it is no YAML mapping, or of a version that cannot be read
     */
    public static Optional<RecipeMigration> of(String text, String source, Migrations migrations) {
        Faults faults = new Faults();
        LocatedNode old = parsed(text, source, faults);
        if (!(old instanceof LocatedNode.Mapping before)) {
            faults.add(old.place(), "", old.found() + " but must be a mapping.");
            throw new ConfigException(faults.sorted());
        }
        LocatedNode migrated = migrations.apply(before, faults);
        faults.throwIfAny();
        String version = Integer.toString(migrations.current());
        LocatedNode.Mapping after = versioned((LocatedNode.Mapping) migrated, version);
        if (json(before).equals(json(after))) {
            return Optional.empty();
        }
        Optional<String> edited = MigratedText.edited(text, before, after, version)
                .filter(known -> json(parsed(known, source, new Faults())).equals(json(after)));
        return Optional.of(new RecipeMigration(
                edited.orElseGet(() -> written(after)),
                edited.isPresent(),
                changes(before, after),
                faults.warnings().stream().map(Fault::message).toList()));
    }

    private static LocatedNode parsed(String text, String source, Faults faults) {
        return ConfigTrees.parse(text, source, List.of(), faults)
                .orElseGet(() -> new LocatedNode.Mapping(Place.of(source), List.of()));
    }

    /** The key for the version comes first. */
    private static LocatedNode.Mapping versioned(LocatedNode.Mapping tree, String version) {
        Place place = Place.of(Migrations.KEY);
        List<LocatedNode.Entry> entries = new ArrayList<>();
        entries.add(new LocatedNode.Entry(
                Migrations.KEY, place, new LocatedNode.Scalar(place, LocatedNode.Form.INTEGER, version)));
        entries.addAll(tree.entries());
        return new LocatedNode.Mapping(tree.place(), entries);
    }

    private static JsonNode json(LocatedNode tree) {
        return ConfigWriter.toJson(new ConfigType.TreeType(), tree);
    }

    private static String written(LocatedNode tree) {
        return YAMLMapper.builder()
                .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
                .build()
                .writeValueAsString(json(tree));
    }

    private static List<String> changes(LocatedNode before, LocatedNode after) {
        Map<String, String> old = new LinkedHashMap<>();
        Map<String, String> now = new LinkedHashMap<>();
        leaves("", json(before), old);
        leaves("", json(after), now);
        Set<String> paths = new LinkedHashSet<>(old.keySet());
        paths.addAll(now.keySet());
        return paths.stream()
                .filter(path -> !Objects.equals(old.get(path), now.get(path)))
                .map(path -> path + ": " + old.getOrDefault(path, "–") + " → " + now.getOrDefault(path, "–"))
                .toList();
    }

    private static void leaves(String path, JsonNode node, Map<String, String> into) {
        if (node.isObject() && !node.isEmpty()) {
            node.properties()
                    .forEach(entry -> leaves(
                            path.isEmpty() ? entry.getKey() : path + "." + entry.getKey(), entry.getValue(), into));
        } else {
            into.put(path, node.toString());
        }
    }
}
