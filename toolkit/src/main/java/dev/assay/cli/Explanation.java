package dev.assay.cli;

import dev.assay.config.ChoiceType;
import dev.assay.config.ConfigType;
import dev.assay.config.ConfigWriter;
import dev.assay.config.Doc;
import dev.assay.config.Limits;
import dev.assay.config.ObjectType;
import dev.assay.config.Property;
import dev.assay.config.TypePaths;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What is to be said of a key or an alternative, as a tree that programs read and people see as lines. */
final class Explanation {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private Explanation() {}

    /** What is to be said of each key, with the kinds it is for; what is the same for several kinds is said once. */
    static List<ObjectNode> of(List<TypePaths.Key> keys) {
        Map<ObjectNode, Set<String>> kinds = new LinkedHashMap<>();
        for (TypePaths.Key key : keys) {
            kinds.computeIfAbsent(of(key), said -> new LinkedHashSet<>())
                    .addAll(key.owner().flatMap(ObjectType::kind).stream().toList());
        }
        List<ObjectNode> all = new ArrayList<>();
        kinds.forEach((said, of) -> {
            ObjectNode complete = said.deepCopy();
            if (!of.isEmpty()) {
                ArrayNode names = complete.putArray("kinds");
                of.forEach(names::add);
            }
            all.add(complete);
        });
        return all;
    }

    private static ObjectNode of(TypePaths.Key key) {
        ObjectNode said = JSON.objectNode();
        if (key.owner().isPresent() && key.property().isPresent()) {
            describe(said, key.owner().get(), key.property().get());
        } else {
            String description = description(key.type());
            if (!description.isEmpty()) {
                said.put("description", description);
            }
            said.put("type", TypeWords.of(key.type()));
        }
        below(said, key.type());
        return said;
    }

    private static void describe(ObjectNode said, ObjectType owner, Property property) {
        String description = property.description().isEmpty() ? description(property.type()) : property.description();
        if (!description.isEmpty()) {
            said.put("description", description);
        }
        said.put("type", TypeWords.of(property.type()));
        String range = Limits.of(owner, property).toString();
        if (!range.isEmpty()) {
            said.put("range", range);
        }
        boolean required = Limits.isRequired(owner, property);
        said.put("required", required);
        property.defaultValue()
                .filter(value -> !required)
                .ifPresent(value -> said.set("default", ConfigWriter.toJson(property.type(), value)));
        said.put("stateless", property.isStateless());
        if (property.isDerived()) {
            said.put("derived", true);
        }
    }

    private static String description(ConfigType type) {
        if (type instanceof ConfigType.OptionalType optional) {
            return description(optional.value());
        }
        if (type instanceof ObjectType object) {
            return object.description();
        }
        Doc doc = type instanceof ChoiceType choice ? choice.javaClass().getAnnotation(Doc.class) : null;
        return doc == null ? "" : doc.value();
    }

    private static void below(ObjectNode said, ConfigType type) {
        if (type instanceof ConfigType.OptionalType optional) {
            below(said, optional.value());
        } else if (type instanceof ChoiceType choice) {
            ArrayNode alternatives = said.putArray("alternatives");
            choice.alternatives()
                    .forEach((kind, alternative) ->
                            alternatives.addObject().put("kind", kind).put("description", alternative.description()));
        } else if (type instanceof ObjectType object) {
            ArrayNode keys = said.putArray("keys");
            object.properties().forEach(property -> {
                ObjectNode key = keys.addObject().put("key", property.name());
                describe(key, object, property);
            });
        } else if (type instanceof ConfigType.ListType list) {
            below(said, list.element());
        }
    }

    /** The lines for people. */
    static List<String> lines(ObjectNode said) {
        List<String> lines = new ArrayList<>();
        text(said, "description").ifPresent(lines::add);
        lines.add("type      " + said.get("type").asString());
        text(said, "range").ifPresent(range -> lines.add("range     " + range));
        if (said.has("required")) {
            lines.add("default   " + defaultOf(said));
        }
        if (said.has("stateless")) {
            lines.add("identity  " + identity(said));
        }
        names(said, "kinds").ifPresent(kinds -> lines.add("of kind   " + kinds));
        names(said, "wrappers").ifPresent(wrappers -> lines.add("wrapper   " + wrappers));
        said.path("alternatives")
                .forEach(each -> lines.add("  kind: " + each.get("kind").asString() + "  "
                        + each.get("description").asString()));
        said.path("keys").forEach(each -> lines.add("  " + keyLine((ObjectNode) each)));
        return lines.stream().map(String::stripTrailing).toList();
    }

    private static String identity(ObjectNode said) {
        if (said.has("derived")) {
            return "derived from the data when a trial runs: no part of what it is";
        }
        return said.get("stateless").asBoolean() ? "stateless: no part of what a trial is" : "part of what a trial is";
    }

    private static String keyLine(ObjectNode key) {
        String range = text(key, "range").map(words -> ", " + words).orElse("");
        String left = key.get("required").asBoolean() ? "required" : "default " + defaultOf(key);
        String stateless = key.path("stateless").asBoolean(false) ? "; stateless" : "";
        return key.get("key").asString() + ": " + key.get("type").asString() + range + "; " + left + stateless + ". "
                + text(key, "description").orElse("");
    }

    private static String defaultOf(ObjectNode said) {
        if (said.get("required").asBoolean()) {
            return "none, the key is required";
        }
        return said.has("default") ? JsonOutput.line(said.get("default")) : "computed from other keys";
    }

    private static Optional<String> names(ObjectNode said, String key) {
        List<String> names = new ArrayList<>();
        said.path(key).forEach(name -> names.add(name.asString()));
        return names.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", names));
    }

    private static Optional<String> text(ObjectNode said, String key) {
        return said.has(key) ? Optional.of(said.get(key).asString()) : Optional.empty();
    }
}
