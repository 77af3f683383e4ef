package dev.assay.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Finds the type of what a path leads to. */
public final class TypePaths {
    private TypePaths() {}

    /**
     * The types a path may lead to: several where it leads through a choice whose alternatives have the key with different types.
     *
     * @throws IllegalArgumentException if it leads nowhere; the message is a sentence for people, and a hint may be its second line
     */
    public static List<ConfigType> at(ConfigType root, DotPath path) {
        List<ConfigType> types = List.of(root);
        String walked = "";
        int taken = 0;
        for (DotPath.Step step : path.steps()) {
            Set<String> known = new LinkedHashSet<>();
            List<ConfigType> next = step(types, step, known);
            if (next.isEmpty()) {
                throw new IllegalArgumentException(unknown(path, walked, step, known));
            }
            walked = new DotPath(path.steps().subList(0, ++taken)).toString();
            types = next;
        }
        return types;
    }

    /** The types that one step leads to; notes the keys that it could have taken. */
    static List<ConfigType> step(List<ConfigType> types, DotPath.Step step, Set<String> known) {
        Set<ConfigType> next = new LinkedHashSet<>();
        types.forEach(type -> next.addAll(type.match(new OneStep(step, known))));
        return List.copyOf(next);
    }

    private static String unknown(DotPath path, String walked, DotPath.Step step, Collection<String> known) {
        String where = walked.isEmpty() ? "" : " in " + walked;
        String name = step instanceof DotPath.Key key ? key.name() : "[" + ((DotPath.Index) step).position() + "]";
        String hint = Texts.maybe(name, known);
        return "The path (" + path + ") must lead to a value, but " + name + " is not known" + where
                + (known.isEmpty() ? "." : "; known are " + String.join(", ", known) + ".")
                + (hint.isEmpty() ? "" : "\n  " + hint);
    }

    /** One step from a type; notes the keys it could have taken. */
    private record OneStep(DotPath.Step step, Set<String> known) implements ConfigType.Cases<List<ConfigType>> {
        @Override
        public List<ConfigType> scalar(ScalarType type) {
            return List.of();
        }

        @Override
        public List<ConfigType> enumeration(ConfigType.EnumType type) {
            return List.of();
        }

        @Override
        public List<ConfigType> optional(ConfigType.OptionalType type) {
            return type.value().match(this);
        }

        @Override
        public List<ConfigType> list(ConfigType.ListType type) {
            return step instanceof DotPath.Index ? List.of(type.element()) : List.of();
        }

        @Override
        public List<ConfigType> map(ConfigType.MapType type) {
            return step instanceof DotPath.Key ? List.of(type.value()) : List.of();
        }

        @Override
        public List<ConfigType> object(ObjectType type) {
            type.properties().forEach(property -> known.add(property.name()));
            return step instanceof DotPath.Key key
                    ? type.property(key.name()).map(Property::type).stream().toList()
                    : List.of();
        }

        @Override
        public List<ConfigType> choice(ChoiceType type) {
            known.add(ChoiceType.KIND);
            if (step instanceof DotPath.Key key && key.name().equals(ChoiceType.KIND)) {
                return List.of(type.kinds());
            }
            List<ConfigType> types = new ArrayList<>();
            type.alternatives().values().forEach(alternative -> types.addAll(object(alternative)));
            return types;
        }

        @Override
        public List<ConfigType> secret() {
            List<String> keys = List.of(Secret.Source.ENV.key(), Secret.Source.FILE.key());
            known.addAll(keys);
            return step instanceof DotPath.Key key && keys.contains(key.name())
                    ? List.of(ScalarType.STRING)
                    : List.of();
        }

        @Override
        public List<ConfigType> tree() {
            return List.of();
        }
    }
}
