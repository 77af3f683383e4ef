package dev.assay.config.schema;

import dev.assay.config.ChoiceType;
import dev.assay.config.ConfigType;
import dev.assay.config.ObjectType;
import dev.assay.config.Property;
import dev.assay.config.ScalarType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes schemas of mappings whose keys are dot paths into a type: {@code train.optimizer.lr}, {@code model.widths[0]}. Paths through lists and
 * maps are patterns. A path that leads through several alternatives takes the values of each. Not thread-safe.
 */
public final class PathSchemas {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String ANY_INDEX = "\\[[0-9]{1,9}\\]";
    private static final String ANY_KEY = "\\.(\"[^\"]+\"|[^.\\[\\]\"\\s]+)";

    private final TypeSchemas types;
    private final Map<Place, Set<ObjectNode>> values = new LinkedHashMap<>();
    private final Deque<Class<?>> ancestors = new ArrayDeque<>();

    private PathSchemas(TypeSchemas types) {
        this.types = types;
    }

    /** A path or a pattern of paths. */
    private record Place(String text, boolean isPattern) {
        Place key(String name) {
            String separator = text.isEmpty() ? "" : isPattern ? "\\." : ".";
            return new Place(text + separator + (isPattern ? Pattern.quote(name) : name), isPattern);
        }

        Place any(String step) {
            String quoted = isPattern ? text : text.replaceAll("([.\\[\\]{}()*+?^$|\\\\])", "\\\\$1");
            return new Place(quoted + step, true);
        }
    }

    /** The paths into {@code root}; values refer to definitions of {@code types}. */
    public static PathSchemas of(ConfigType root, TypeSchemas types) {
        PathSchemas paths = new PathSchemas(types);
        root.match(paths.new Walk(new Place("", false)));
        return paths;
    }

    /** The schema of a mapping from paths to values. */
    public ObjectNode values() {
        return mapping(false);
    }

    /** The schema of a mapping from paths to lists of values, none of them empty. */
    public ObjectNode lists() {
        return mapping(true);
    }

    /**
     * The schema of a mapping from those paths that lead to a name or a boolean to mappings from their values.
     *
     * @param each the schema of what stands for a value
     */
    public ObjectNode branches(ObjectNode each) {
        ObjectNode schema = JSON.objectNode().put("type", "object");
        ObjectNode exact = schema.putObject("properties");
        ObjectNode patterns = JSON.objectNode();
        values.forEach((place, schemas) -> {
            Set<String> names = new LinkedHashSet<>();
            schemas.forEach(known -> names.addAll(names(known)));
            if (!names.isEmpty()) {
                ObjectNode branches = JSON.objectNode().put("type", "object");
                ObjectNode properties = branches.putObject("properties");
                names.forEach(name -> properties.set(name, each.deepCopy()));
                branches.put("additionalProperties", false);
                if (place.isPattern()) {
                    patterns.set("^" + place.text() + "$", branches);
                } else {
                    exact.set(place.text(), branches);
                }
            }
        });
        if (!patterns.isEmpty()) {
            schema.set("patternProperties", patterns);
        }
        return schema.put("additionalProperties", false);
    }

    private static List<String> names(ObjectNode schema) {
        if (schema.path("type").asString("").equals("boolean")) {
            return List.of("true", "false");
        }
        List<String> names = new ArrayList<>();
        schema.path("enum").forEach(name -> names.add(name.asString("")));
        names.removeIf(String::isEmpty);
        return names;
    }

    private ObjectNode mapping(boolean lists) {
        ObjectNode schema = JSON.objectNode().put("type", "object");
        ObjectNode exact = schema.putObject("properties");
        ObjectNode patterns = JSON.objectNode();
        values.forEach((place, schemas) -> {
            ObjectNode value = either(schemas);
            ObjectNode shown = lists ? list(value) : value;
            if (place.isPattern()) {
                patterns.set("^" + place.text() + "$", shown);
            } else {
                exact.set(place.text(), shown);
            }
        });
        if (!patterns.isEmpty()) {
            schema.set("patternProperties", patterns);
        }
        return schema.put("additionalProperties", false);
    }

    private static ObjectNode list(ObjectNode value) {
        ObjectNode list = JSON.objectNode();
        if (value.has("description")) {
            list.set("description", value.get("description"));
        }
        list.put("type", "array").put("minItems", 1).set("items", value);
        return list;
    }

    private static ObjectNode either(Set<ObjectNode> schemas) {
        if (schemas.size() == 1) {
            return schemas.iterator().next().deepCopy();
        }
        ObjectNode schema = JSON.objectNode();
        Set<String> descriptions = new LinkedHashSet<>();
        ArrayNode cases = schema.putArray("anyOf");
        for (ObjectNode each : schemas) {
            cases.add(each);
            descriptions.add(each.path("description").asString(""));
        }
        if (descriptions.size() == 1) {
            schema.put("description", descriptions.iterator().next());
        }
        return schema;
    }

    /** What lies below a path. */
    private final class Walk implements ConfigType.Cases<Void> {
        private final Place place;

        Walk(Place place) {
            this.place = place;
        }

        private void add(Place at, ConfigType type, ObjectNode schema) {
            schema.remove("default");
            values.computeIfAbsent(at, key -> new LinkedHashSet<>()).add(schema);
            type.match(new Walk(at));
        }

        @Override
        public Void object(ObjectType type) {
            if (ancestors.contains(type.javaClass())) {
                values.computeIfAbsent(place.any("[.\\[].+"), key -> new LinkedHashSet<>())
                        .add(JSON.objectNode());
                return done();
            }
            ancestors.push(type.javaClass());
            for (Property property : type.properties()) {
                add(place.key(property.name()), property.type(), types.of(type, property));
            }
            ancestors.pop();
            return done();
        }

        @Override
        public Void choice(ChoiceType type) {
            ObjectNode kinds = JSON.objectNode();
            TypeSchemas.kinds(kinds, type);
            values.computeIfAbsent(place.key(ChoiceType.KIND), key -> new LinkedHashSet<>())
                    .add(kinds);
            type.alternatives().values().forEach(this::object);
            return done();
        }

        @Override
        public Void optional(ConfigType.OptionalType type) {
            return type.value().match(this);
        }

        @Override
        public Void list(ConfigType.ListType type) {
            add(place.any(ANY_INDEX), type.element(), types.of(type.element()));
            return done();
        }

        @Override
        public Void map(ConfigType.MapType type) {
            add(place.any(ANY_KEY), type.value(), types.of(type.value()));
            return done();
        }

        @Override
        public Void scalar(ScalarType type) {
            return done();
        }

        @Override
        public Void enumeration(ConfigType.EnumType type) {
            return done();
        }

        @Override
        public Void secret() {
            return done();
        }

        @Override
        public Void tree() {
            return done();
        }

        @SuppressWarnings("NullAway")
        private static Void done() {
            return null;
        }
    }
}
