package dev.assay.query;

import dev.assay.config.ChoiceType;
import dev.assay.config.ConfigType;
import dev.assay.config.DotPath;
import dev.assay.config.ObjectType;
import dev.assay.config.ScalarType;
import dev.assay.config.TypePaths;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The values of a complete config, as {@link dev.assay.config.ConfigWriter} writes it, by their paths. Immutable. */
public final class ConfigFields implements Fields<JsonNode> {
    private final List<ConfigType> roots;

    /** @param roots the types that a config may be of, at least one */
    public ConfigFields(List<? extends ConfigType> roots) {
        this.roots = List.copyOf(roots);
    }

    @Override
    public Field<JsonNode> at(DotPath path) {
        Kinds kinds = new Kinds();
        Optional<IllegalArgumentException> none = Optional.empty();
        for (ConfigType root : roots) {
            try {
                TypePaths.at(root, path).forEach(type -> type.match(kinds));
            } catch (IllegalArgumentException e) {
                none = none.or(() -> Optional.of(e));
            }
        }
        if (kinds.types.isEmpty()) {
            throw none.orElseThrow();
        }
        Set<ValueType> types = Set.copyOf(kinds.types);
        return new Field<>(path.toString(), types, List.copyOf(kinds.names), config -> value(path.in(config), types));
    }

    private static Optional<Value> value(JsonNode node, Set<ValueType> types) {
        if (node.isMissingNode() || node.isNull()) {
            return Optional.empty();
        }
        if (node.isNumber()) {
            return Optional.of(Value.number(node.asString()));
        }
        if (node.isBoolean()) {
            return Optional.of(Value.flag(node.asBoolean()));
        }
        if (node.isContainer()) {
            return Optional.of(new Value(ValueType.STRUCTURE, node.toString()));
        }
        String text = node.asString();
        return types.stream().flatMap(type -> Value.parse(type, text).stream()).findFirst();
    }

    /** What the values of types are compared as. */
    private static final class Kinds implements ConfigType.Cases<Boolean> {
        private final Set<ValueType> types = EnumSet.noneOf(ValueType.class);
        private final Set<String> names = new LinkedHashSet<>();

        @Override
        public Boolean scalar(ScalarType type) {
            return types.add(
                    switch (type) {
                        case BOOLEAN -> ValueType.FLAG;
                        case INT, LONG, FLOAT, DOUBLE, BIG_INTEGER -> ValueType.NUMBER;
                        case STRING, PATH -> ValueType.TEXT;
                        case DURATION -> ValueType.DURATION;
                        case SIZE -> ValueType.SIZE;
                    });
        }

        @Override
        public Boolean enumeration(ConfigType.EnumType type) {
            names.addAll(type.names());
            return types.add(ValueType.NAME);
        }

        @Override
        public Boolean optional(ConfigType.OptionalType type) {
            return type.value().match(this);
        }

        @Override
        public Boolean list(ConfigType.ListType type) {
            return types.add(ValueType.STRUCTURE);
        }

        @Override
        public Boolean map(ConfigType.MapType type) {
            return types.add(ValueType.STRUCTURE);
        }

        @Override
        public Boolean object(ObjectType type) {
            return types.add(ValueType.STRUCTURE);
        }

        @Override
        public Boolean choice(ChoiceType type) {
            return types.add(ValueType.STRUCTURE);
        }

        @Override
        public Boolean secret() {
            return types.add(ValueType.STRUCTURE);
        }

        @Override
        public Boolean tree() {
            return types.add(ValueType.STRUCTURE);
        }
    }
}
