package dev.assay.config;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;
import tools.jackson.dataformat.yaml.util.StringQuotingChecker;

/**
 * Writes configurations: complete, with defaults filled in and {@code kind} first, in the order of the declaration; maps in the order of
 * their keys, an absent optional as null. {@link ConfigReader} reads an equal value back.
 */
public final class ConfigWriter {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private ConfigWriter() {}

    public static ObjectNode toJson(Validated config) {
        return object(ObjectType.of(config), config);
    }

    /** The same as YAML text, without a document marker. */
    public static String toYaml(Validated config) {
        return YAMLMapper.builder(YAMLFactory.builder()
                        .stringQuotingChecker(new Quoting())
                        .build())
                .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
                .enable(YAMLWriteFeature.MINIMIZE_QUOTES)
                .build()
                .writeValueAsString(toJson(config));
    }

    /** A value of a known type. */
    public static JsonNode toJson(ConfigType type, Object value) {
        return type.match(new Writing(value));
    }

    private static ObjectNode object(ObjectType type, Object value) {
        ObjectNode node = JSON.objectNode();
        type.kind().ifPresent(kind -> node.put(ChoiceType.KIND, kind));
        for (Property property : type.properties()) {
            node.set(property.name(), toJson(property.type(), property.valueOf(value)));
        }
        return node;
    }

    private static JsonNode scalar(ScalarType type, Object value) {
        return switch (type) {
            case BOOLEAN -> JSON.booleanNode((Boolean) value);
            case INT -> JSON.numberNode((Integer) value);
            case LONG -> JSON.numberNode((Long) value);
            case FLOAT -> JSON.numberNode((Float) value);
            case DOUBLE -> JSON.numberNode((Double) value);
            case STRING -> JSON.stringNode((String) value);
            case PATH -> JSON.stringNode(((Path) value).toString());
            case DURATION -> JSON.stringNode(Durations.format((Duration) value));
            case BIG_INTEGER -> JSON.numberNode((BigInteger) value);
            case SIZE -> JSON.stringNode(value.toString());
        };
    }

    private static JsonNode tree(LocatedNode node) {
        if (node instanceof LocatedNode.Mapping mapping) {
            ObjectNode object = JSON.objectNode();
            mapping.entries().forEach(entry -> object.set(entry.key(), tree(entry.value())));
            return object;
        }
        if (node instanceof LocatedNode.Sequence list) {
            ArrayNode array = JSON.arrayNode();
            list.items().forEach(item -> array.add(tree(item)));
            return array;
        }
        LocatedNode.Scalar scalar = (LocatedNode.Scalar) node;
        if (scalar.text().length() > ScalarReader.LONGEST_NUMBER) {
            // As a number it would take for ever, and is refused by whatever gives it a type.
            return JSON.stringNode(scalar.text());
        }
        return switch (scalar.form()) {
            case NULL, REFUSED -> JSON.nullNode();
            case BOOLEAN -> JSON.booleanNode(Boolean.parseBoolean(scalar.text()));
            case INTEGER -> JSON.numberNode(integer(scalar.text()));
            case DECIMAL -> JSON.numberNode(new BigDecimal(scalar.text()));
            case TEXT -> JSON.stringNode(scalar.text());
        };
    }

    private static BigInteger integer(String text) {
        if (text.startsWith("0x") || text.startsWith("0o")) {
            return new BigInteger(text.substring(2), text.startsWith("0x") ? 16 : 8);
        }
        return new BigInteger(text);
    }

    /** Quotes whatever the reader would not take for text. */
    private static final class Quoting extends StringQuotingChecker.Default {
        private static final long serialVersionUID = 1L;

        @Override
        public boolean needToQuoteValue(String value) {
            return super.needToQuoteValue(value) || YamlText.isSpecial(value);
        }
    }

    /** One value being written. */
    private record Writing(Object value) implements ConfigType.Cases<JsonNode> {
        @Override
        public JsonNode scalar(ScalarType type) {
            return ConfigWriter.scalar(type, value);
        }

        @Override
        public JsonNode enumeration(ConfigType.EnumType type) {
            return JSON.stringNode(type.nameOf(value));
        }

        @Override
        public JsonNode optional(ConfigType.OptionalType type) {
            return type.form()
                    .unwrap(value)
                    .map(present -> toJson(type.value(), (Object) present))
                    .orElseGet(JSON::nullNode);
        }

        @Override
        public JsonNode list(ConfigType.ListType type) {
            ArrayNode array = JSON.arrayNode();
            ((List<?>) value).forEach(item -> array.add(toJson(type.element(), item)));
            return array;
        }

        @Override
        public JsonNode map(ConfigType.MapType type) {
            ObjectNode object = JSON.objectNode();
            new TreeMap<>((Map<?, ?>) value)
                    .forEach((key, item) -> object.set(key.toString(), toJson(type.value(), item)));
            return object;
        }

        @Override
        public JsonNode object(ObjectType type) {
            return ConfigWriter.object(type, value);
        }

        @Override
        public JsonNode choice(ChoiceType type) {
            return ConfigWriter.object(type.alternativeOf(value), value);
        }

        @Override
        public JsonNode secret() {
            Secret secret = (Secret) value;
            return JSON.objectNode().put(secret.source().key(), secret.name());
        }

        @Override
        public JsonNode tree() {
            return ConfigWriter.tree((LocatedNode) value);
        }
    }
}
