package dev.assay.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds what a path leads to in a type. */
public final class TypePaths {
    private TypePaths() {}

    /**
     * What a path leads to.
     *
     * @param type of the value
     * @param owner the object that has the key; empty for an element of a list or map and for a whole alternative
     * @param property the key
     */
    public record Key(ConfigType type, Optional<ObjectType> owner, Optional<Property> property) {
        static Key of(ConfigType type) {
            return new Key(type, Optional.empty(), Optional.empty());
        }

        static Key of(ObjectType owner, Property property) {
            return new Key(property.type(), Optional.of(owner), Optional.of(property));
        }
    }

    /**
     * The types a path may lead to: several where it leads through a choice whose alternatives have the key with different types.
     *
     * @throws IllegalArgumentException if it leads nowhere; the message is a sentence for people, and a hint may be its second line
     */
    public static List<ConfigType> at(ConfigType root, DotPath path) {
        return types(walk(root, path, false));
    }

    /**
     * The keys a path may lead to, for explaining them. Other than for {@link #at}, a step may name an alternative, so that
     * {@code train.optimizer.sgd} is all of it and {@code train.optimizer.sgd.lr} a key of that one only.
     *
     * @throws IllegalArgumentException likewise
     */
    public static List<Key> keys(ConfigType root, DotPath path) {
        return walk(root, path, true);
    }

    /** The types that one step leads to; notes the steps that could have been taken. */
    static List<ConfigType> step(List<ConfigType> types, DotPath.Step step, Set<String> known) {
        return types(step(types.stream().map(Key::of).toList(), new OneStep(step, known, false)));
    }

    private static List<Key> walk(ConfigType root, DotPath path, boolean throughNames) {
        List<Key> keys = List.of(Key.of(root));
        for (int i = 0; i < path.steps().size(); i++) {
            Set<String> known = new LinkedHashSet<>();
            keys = step(keys, new OneStep(path.steps().get(i), known, throughNames));
            if (keys.isEmpty()) {
                throw new IllegalArgumentException(UnknownStep.message(path, i, known));
            }
        }
        return keys;
    }

    private static List<Key> step(List<Key> keys, OneStep step) {
        return keys.stream()
                .flatMap(key -> key.type().match(step).stream())
                .distinct()
                .toList();
    }

    private static List<ConfigType> types(List<Key> keys) {
        return keys.stream().map(Key::type).distinct().toList();
    }

    /** One step from a type; notes the steps that could have been taken, and may go through the name of an alternative. */
    private record OneStep(DotPath.Step step, Set<String> known, boolean throughNames)
            implements ConfigType.Cases<List<Key>> {
        @Override
        public List<Key> scalar(ScalarType type) {
            return List.of();
        }

        @Override
        public List<Key> enumeration(ConfigType.EnumType type) {
            return List.of();
        }

        @Override
        public List<Key> optional(ConfigType.OptionalType type) {
            return type.value().match(this);
        }

        @Override
        public List<Key> list(ConfigType.ListType type) {
            known.add("[0]");
            return step instanceof DotPath.Index ? List.of(Key.of(type.element())) : List.of();
        }

        @Override
        public List<Key> map(ConfigType.MapType type) {
            return step instanceof DotPath.Key ? List.of(Key.of(type.value())) : List.of();
        }

        @Override
        public List<Key> object(ObjectType type) {
            type.properties().forEach(property -> known.add(property.name()));
            return type.property(name()).map(property -> Key.of(type, property)).stream()
                    .toList();
        }

        @Override
        public List<Key> choice(ChoiceType type) {
            known.add(ChoiceType.KIND);
            if (name().equals(ChoiceType.KIND)) {
                return List.of(Key.of(type.kinds()));
            }
            List<Key> keys = new ArrayList<>();
            type.alternatives().values().forEach(alternative -> keys.addAll(object(alternative)));
            if (throughNames) {
                known.addAll(type.alternatives().keySet());
            }
            ObjectType named = type.alternatives().get(name());
            return throughNames && keys.isEmpty() && named != null ? List.of(Key.of(named)) : keys;
        }

        @Override
        public List<Key> secret() {
            List<String> keys = List.of(Secret.Source.ENV.key(), Secret.Source.FILE.key());
            known.addAll(keys);
            return keys.contains(name()) ? List.of(Key.of(ScalarType.STRING)) : List.of();
        }

        @Override
        public List<Key> tree() {
            return List.of();
        }

        /** Empty, which is no key's name, for an index. */
        private String name() {
            return step instanceof DotPath.Key key ? key.name() : "";
        }
    }
}
