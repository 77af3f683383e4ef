package dev.assay.config.schema;

import dev.assay.config.ChoiceType;
import dev.assay.config.ConfigType;
import dev.assay.config.ConfigWriter;
import dev.assay.config.Doc;
import dev.assay.config.Limits;
import dev.assay.config.ObjectType;
import dev.assay.config.Property;
import dev.assay.config.ScalarType;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes schemas of config types. Objects and choices become definitions that are referred to by name, so a type may contain itself. A
 * choice has a branch for each alternative: {@code if} its kind is that, {@code then} it has the keys of that. Not thread-safe.
 */
public final class TypeSchemas {
    static final String DURATION = "^(P.+|([0-9]{1,15}(d|h|ms|us|ns|m|s))+)$";
    /** Of a {@link dev.assay.config.ByteSize} with a unit. */
    static final String SIZE = "^[0-9]{1,19}(\\.[0-9]{1,18})? ?(B|[kMGT]B|[KMGT]iB)$";

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final ObjectNode definitions;
    private final String prefix;
    private final boolean complete;
    private final Map<Class<?>, String> names = new HashMap<>();

    private TypeSchemas(ObjectNode definitions, String prefix, boolean complete) {
        this.definitions = definitions;
        this.prefix = prefix;
        this.complete = complete;
    }

    /** Schemas that want every required key; their definitions are put into {@code definitions}. */
    public static TypeSchemas complete(ObjectNode definitions) {
        return new TypeSchemas(definitions, "", true);
    }

    /** Schemas that want no key, for values whose rest is written elsewhere. */
    public static TypeSchemas partial(ObjectNode definitions) {
        return new TypeSchemas(definitions, "partial.", false);
    }

    /** The schema of a value of a type. */
    public ObjectNode of(ConfigType type) {
        return limited(type, Limits.none());
    }

    /** The schema of the value of a key: with its description, its default and its limits. */
    public ObjectNode of(ObjectType owner, Property property) {
        ObjectNode schema = limited(property.type(), Limits.of(owner, property));
        String description = description(property);
        if (!description.isEmpty()) {
            schema.put("description", description);
        }
        property.defaultValue()
                .filter(value -> !Limits.isRequired(owner, property))
                .map(value -> ConfigWriter.toJson(property.type(), value))
                .filter(value -> !value.isNull())
                .ifPresent(value -> schema.set("default", value));
        return schema;
    }

    /** The schema of an object itself instead of a reference to it. */
    public ObjectNode object(ObjectType type) {
        ObjectNode schema = JSON.objectNode();
        fill(schema, type);
        return schema;
    }

    /** The definition that {@link #of(ConfigType)} refers to. */
    public ObjectNode definition(ObjectType type) {
        reference(type.javaClass(), definition -> fill(definition, type));
        return (ObjectNode) definitions.get(prefix + names.get(type.javaClass()));
    }

    private static String description(Property property) {
        StringBuilder text = new StringBuilder(property.description());
        if (!property.isRequired() && property.defaultValue().isEmpty()) {
            text.append(text.isEmpty() ? "" : " ").append("The default is computed from other keys.");
        }
        if (property.isStateless()) {
            text.append(text.isEmpty() ? "" : " ").append("Stateless: no part of what a trial is.");
        }
        return text.toString();
    }

    private ObjectNode limited(ConfigType type, Limits limits) {
        return type.match(new Writing(limits));
    }

    private interface Filling {
        void fill(ObjectNode definition);
    }

    private ObjectNode reference(Class<?> type, Filling filling) {
        String known = names.get(type);
        if (known == null) {
            String simple = type.getSimpleName();
            known = definitions.has(prefix + simple) ? type.getName() : simple;
            names.put(type, known);
            filling.fill(definitions.putObject(prefix + known));
        }
        return JSON.objectNode().put("$ref", "#/$defs/" + prefix + known);
    }

    private void fill(ObjectNode schema, ObjectType type) {
        if (!type.description().isEmpty()) {
            schema.put("description", type.description());
        }
        schema.put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        type.kind().ifPresent(kind -> properties.putObject(ChoiceType.KIND).put("const", kind));
        ArrayNode required = JSON.arrayNode();
        for (Property property : type.properties()) {
            if (property.isDerived()) {
                // Filled from the data; a file must not give it.
                continue;
            }
            properties.set(property.name(), of(type, property));
            if (Limits.isRequired(type, property)) {
                required.add(property.name());
            }
        }
        if (complete && !required.isEmpty()) {
            schema.set("required", required);
        }
        schema.put("additionalProperties", false);
    }

    private void fill(ObjectNode schema, ChoiceType type) {
        Doc doc = type.javaClass().getAnnotation(Doc.class);
        if (doc != null) {
            schema.put("description", doc.value());
        }
        schema.put("type", "object");
        kinds(schema.putObject("properties").putObject(ChoiceType.KIND), type);
        if (complete) {
            schema.putArray("required").add(ChoiceType.KIND);
        }
        ArrayNode branches = schema.putArray("allOf");
        type.alternatives().forEach((kind, alternative) -> {
            ObjectNode branch = branches.addObject();
            ObjectNode chosen = branch.putObject("if");
            chosen.putObject("properties").putObject(ChoiceType.KIND).put("const", kind);
            chosen.putArray("required").add(ChoiceType.KIND);
            branch.set("then", of(alternative));
        });
        if (!complete) {
            keysOfAny(branches.addObject(), type);
        }
    }

    /** Where the kind is written elsewhere, a key must be one of some alternative. */
    private static void keysOfAny(ObjectNode branch, ChoiceType type) {
        Set<String> keys = new TreeSet<>();
        type.alternatives()
                .values()
                .forEach(alternative -> alternative.properties().forEach(property -> keys.add(property.name())));
        branch.putObject("if").putObject("not").putArray("required").add(ChoiceType.KIND);
        ArrayNode known = branch.putObject("then").putObject("propertyNames").putArray("enum");
        keys.forEach(known::add);
    }

    /** What {@code kind} may be, each with what it means. */
    static void kinds(ObjectNode schema, ChoiceType type) {
        StringBuilder text = new StringBuilder("Which alternative:");
        ArrayNode kinds = schema.putArray("enum");
        type.alternatives().forEach((kind, alternative) -> {
            kinds.add(kind);
            text.append("\n- ").append(kind);
            text.append(alternative.description().isEmpty() ? "" : ": " + alternative.description());
        });
        schema.put("description", text.toString());
    }

    /** The schema that takes null as well. */
    private static ObjectNode nullable(ObjectNode schema) {
        if (schema.get("enum") instanceof ArrayNode names) {
            names.addNull();
        }
        JsonNode type = schema.get("type");
        if (type != null) {
            schema.putArray("type").add(type.asString()).add("null");
            return schema;
        }
        if (schema.isEmpty()) {
            return schema;
        }
        ObjectNode either = JSON.objectNode();
        either.putArray("anyOf").add(schema).addObject().put("type", "null");
        return either;
    }

    /** One type being written. */
    private final class Writing implements ConfigType.Cases<ObjectNode> {
        private final Limits limits;

        Writing(Limits limits) {
            this.limits = limits;
        }

        @Override
        public ObjectNode scalar(ScalarType type) {
            return switch (type) {
                case BOOLEAN -> sort("boolean");
                case INT, LONG, BIG_INTEGER -> range(sort("integer"));
                case FLOAT, DOUBLE -> range(sort("number"));
                case STRING, PATH -> text(sort("string"));
                case DURATION -> sort("string").put("pattern", DURATION);
                case SIZE -> size();
            };
        }

        /** Bytes as a number, or a number with a unit. */
        private static ObjectNode size() {
            ObjectNode schema = JSON.objectNode();
            schema.putArray("type").add("integer").add("string");
            return schema.put("minimum", 0).put("pattern", SIZE);
        }

        private static ObjectNode sort(String name) {
            return JSON.objectNode().put("type", name);
        }

        private ObjectNode range(ObjectNode schema) {
            limits.least().ifPresent(bound -> {
                schema.set(bound.isInclusive() ? "minimum" : "exclusiveMinimum", number(bound.value()));
            });
            limits.most().ifPresent(bound -> {
                schema.set(bound.isInclusive() ? "maximum" : "exclusiveMaximum", number(bound.value()));
            });
            return schema;
        }

        private static JsonNode number(BigDecimal value) {
            return value.stripTrailingZeros().scale() <= 0
                    ? JSON.numberNode(value.toBigInteger())
                    : JSON.numberNode(value);
        }

        private ObjectNode text(ObjectNode schema) {
            length(schema, "minLength", "maxLength");
            if (limits.patterns().size() == 1) {
                schema.put("pattern", "^(?:" + limits.patterns().get(0) + ")$");
            }
            return schema;
        }

        private void length(ObjectNode schema, String shortest, String longest) {
            if (limits.shortest() > 0) {
                schema.put(shortest, limits.shortest());
            }
            if (limits.longest() < Integer.MAX_VALUE) {
                schema.put(longest, limits.longest());
            }
        }

        @Override
        public ObjectNode enumeration(ConfigType.EnumType type) {
            ObjectNode schema = JSON.objectNode();
            ArrayNode names = schema.putArray("enum");
            type.names().forEach(names::add);
            return schema;
        }

        @Override
        public ObjectNode optional(ConfigType.OptionalType type) {
            return nullable(limited(type.value(), limits));
        }

        @Override
        public ObjectNode list(ConfigType.ListType type) {
            ObjectNode schema = JSON.objectNode().put("type", "array");
            length(schema, "minItems", "maxItems");
            schema.set("items", limited(type.element(), limits.elements()));
            return schema;
        }

        @Override
        public ObjectNode map(ConfigType.MapType type) {
            ObjectNode schema = JSON.objectNode().put("type", "object");
            length(schema, "minProperties", "maxProperties");
            schema.set("additionalProperties", limited(type.value(), limits.elements()));
            return schema;
        }

        @Override
        public ObjectNode object(ObjectType type) {
            return reference(type.javaClass(), definition -> fill(definition, type));
        }

        @Override
        public ObjectNode choice(ChoiceType type) {
            return reference(type.javaClass(), definition -> fill(definition, type));
        }

        @Override
        public ObjectNode secret() {
            ObjectNode schema = JSON.objectNode().put("type", "object");
            ObjectNode properties = schema.putObject("properties");
            properties.set("env", sort("string"));
            properties.set("file", sort("string"));
            return schema.put("minProperties", 1).put("maxProperties", 1).put("additionalProperties", false);
        }

        @Override
        public ObjectNode tree() {
            return JSON.objectNode();
        }
    }
}
