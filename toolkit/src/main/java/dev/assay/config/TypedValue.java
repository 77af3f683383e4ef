package dev.assay.config;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * A value inside a configuration, with its type. Immutable.
 *
 * @param type its type; inside a choice that of the alternative that was chosen
 * @param value an instance of the type
 * @param limits what the constraints of its key allow
 * @param isStateless whether it, or something it lies in, is no part of the identity
 */
public record TypedValue(ConfigType type, Object value, Limits limits, boolean isStateless) {

    /** A whole configuration. */
    public static TypedValue of(Validated config) {
        return new TypedValue(ObjectType.of(config), config, Limits.none(), false);
    }

    /**
     * What a path leads to; {@code kind} is a key of every alternative.
     *
     * @throws IllegalArgumentException if it leads nowhere; the message is a sentence for people, and a hint may be its second line
     */
    public TypedValue at(DotPath path) {
        TypedValue found = this;
        for (int i = 0; i < path.steps().size(); i++) {
            Map<DotPath.Step, TypedValue> children = found.children();
            DotPath.Step step = path.steps().get(i);
            TypedValue child = children.get(step);
            if (child == null) {
                throw new IllegalArgumentException(UnknownStep.message(path, i, names(children.keySet())));
            }
            found = child;
        }
        return found;
    }

    /** The single values in it by path, and what is empty or absent; in the order of the declaration. */
    public Map<String, TypedValue> leaves() {
        Map<String, TypedValue> leaves = new LinkedHashMap<>();
        collect("", leaves);
        return leaves;
    }

    /** As {@link ConfigWriter} writes it. */
    public JsonNode json() {
        return ConfigWriter.toJson(type, value);
    }

    private void collect(String path, Map<String, TypedValue> leaves) {
        Map<DotPath.Step, TypedValue> children = children();
        if (children.isEmpty()) {
            leaves.put(path, this);
        }
        children.forEach((step, child) -> child.collect(
                step instanceof DotPath.Key key
                        ? DotPath.child(path, key.name())
                        : path + "[" + ((DotPath.Index) step).position() + "]",
                leaves));
    }

    private static Set<String> names(Set<DotPath.Step> steps) {
        Set<String> names = new LinkedHashSet<>();
        steps.forEach(step -> names.add(UnknownStep.name(step)));
        return names;
    }

    private Map<DotPath.Step, TypedValue> children() {
        return type.match(new Children());
    }

    /** The values one step away. */
    private final class Children implements ConfigType.Cases<Map<DotPath.Step, TypedValue>> {
        @Override
        public Map<DotPath.Step, TypedValue> secret() {
            return Map.of();
        }

        @Override
        public Map<DotPath.Step, TypedValue> scalar(ScalarType scalar) {
            return Map.of();
        }

        @Override
        public Map<DotPath.Step, TypedValue> enumeration(ConfigType.EnumType enumeration) {
            return Map.of();
        }

        @Override
        public Map<DotPath.Step, TypedValue> optional(ConfigType.OptionalType optional) {
            Optional<?> present = optional.form().unwrap(value);
            return present.isEmpty()
                    ? Map.of()
                    : new TypedValue(optional.value(), present.get(), limits, isStateless).children();
        }

        @Override
        public Map<DotPath.Step, TypedValue> list(ConfigType.ListType list) {
            Map<DotPath.Step, TypedValue> children = new LinkedHashMap<>();
            for (Object item : (List<?>) value) {
                children.put(
                        new DotPath.Index(children.size()),
                        new TypedValue(list.element(), item, limits.elements(), isStateless));
            }
            return children;
        }

        @Override
        public Map<DotPath.Step, TypedValue> map(ConfigType.MapType map) {
            Map<DotPath.Step, TypedValue> children = new LinkedHashMap<>();
            new TreeMap<>((Map<?, ?>) value)
                    .forEach((key, item) -> children.put(
                            new DotPath.Key(key.toString()),
                            new TypedValue(map.value(), item, limits.elements(), isStateless)));
            return children;
        }

        @Override
        public Map<DotPath.Step, TypedValue> object(ObjectType object) {
            Map<DotPath.Step, TypedValue> children = new LinkedHashMap<>();
            object.kind().ifPresent(kind -> children.put(new DotPath.Key(ChoiceType.KIND), kind(List.of(kind), kind)));
            for (Property property : object.properties()) {
                children.put(
                        new DotPath.Key(property.name()),
                        new TypedValue(
                                property.type(),
                                property.valueOf(value),
                                Limits.of(object, property),
                                isStateless || !property.isStateful()));
            }
            return children;
        }

        @Override
        public Map<DotPath.Step, TypedValue> choice(ChoiceType choice) {
            ObjectType chosen = choice.alternativeOf(value);
            Map<DotPath.Step, TypedValue> children = new LinkedHashMap<>(object(chosen));
            chosen.kind()
                    .ifPresent(kind -> children.put(
                            new DotPath.Key(ChoiceType.KIND),
                            kind(choice.kinds().names(), kind)));
            return children;
        }

        private TypedValue kind(List<String> names, String kind) {
            return new TypedValue(new ConfigType.EnumType(names, names), kind, Limits.none(), isStateless);
        }

        @Override
        public Map<DotPath.Step, TypedValue> tree() {
            return Map.of();
        }
    }
}
