package dev.assay.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the keys a path may lead to, for explaining them. Other than for {@link TypePaths}, a step may name an alternative, so that
 * {@code train.optimizer.sgd} is all of it and {@code train.optimizer.sgd.lr} a key of that one only.
 */
public final class KeyPaths {
    private KeyPaths() {}

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
     * The keys: several where the path leads through a choice.
     *
     * @throws IllegalArgumentException if it leads nowhere; the message is a sentence for people, and a hint may be its second line
     */
    public static List<Key> at(ConfigType root, DotPath path) {
        List<Key> keys = List.of(Key.of(root));
        for (int i = 0; i < path.steps().size(); i++) {
            Set<String> known = new LinkedHashSet<>();
            Set<Key> next = new LinkedHashSet<>();
            for (Key key : keys) {
                next.addAll(key.type().match(new OneStep(path.steps().get(i), known)));
            }
            if (next.isEmpty()) {
                throw new IllegalArgumentException(UnknownStep.message(path, i, known));
            }
            keys = List.copyOf(next);
        }
        return keys;
    }

    /** One step from a type; notes the steps that could have been taken. */
    private record OneStep(DotPath.Step step, Set<String> known) implements ConfigType.Cases<List<Key>> {
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
            return step instanceof DotPath.Key key
                    ? type.property(key.name()).stream()
                            .map(property -> Key.of(type, property))
                            .toList()
                    : List.of();
        }

        @Override
        public List<Key> choice(ChoiceType type) {
            known.add(ChoiceType.KIND);
            String name = step instanceof DotPath.Key key ? key.name() : "";
            if (name.equals(ChoiceType.KIND)) {
                return List.of(Key.of(type.kinds()));
            }
            List<Key> keys = new ArrayList<>();
            type.alternatives().values().forEach(alternative -> keys.addAll(object(alternative)));
            ObjectType named = type.alternatives().get(name);
            known.addAll(type.alternatives().keySet());
            return keys.isEmpty() && named != null ? List.of(Key.of(named)) : keys;
        }

        @Override
        public List<Key> secret() {
            return List.of();
        }

        @Override
        public List<Key> tree() {
            return List.of();
        }
    }
}
