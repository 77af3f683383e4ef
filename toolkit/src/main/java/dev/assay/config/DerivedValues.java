package dev.assay.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Fills in the values marked {@link Derived} once the data are known. */
public final class DerivedValues {
    private DerivedValues() {}

    /** The paths of the derived values a config does not have yet, in the order of the declaration. */
    public static List<String> unresolved(Validated config) {
        Filling filling = new Filling(Map.of(), new Faults(), Place.of(""));
        filling.fill(ObjectType.of(config), config, "");
        return filling.unresolved;
    }

    /**
     * A copy of a config in which every derived value is there.
     *
     * @param values by path, such as {@code model.classes}
     * @throws ConfigException with everything that is wrong: a derived value that stays unresolved, a path without a derived value, a value of the
     *     wrong type, a value that is there already and differs, a constraint that breaks
     */
    @SuppressWarnings("unchecked")
    public static <C extends Validated> C fill(C config, Map<String, ?> values) {
        ObjectType type = ObjectType.of(config);
        Faults faults = new Faults();
        Place place = Place.of(type.javaClass().getSimpleName());
        Filling filling = new Filling(values, faults, place);
        Object filled = filling.fill(type, config, "");
        filling.refuseWhatIsLeft();
        faults.throwIfAny();
        return (C) filled;
    }

    /** One walk through a config. */
    private static final class Filling {
        private final Map<String, Object> values;
        private final Faults faults;
        private final Place place;
        private final List<String> unresolved = new ArrayList<>();
        private final Set<String> derived = new HashSet<>();

        Filling(Map<String, ?> values, Faults faults, Place place) {
            this.values = new TreeMap<>(values);
            this.faults = faults;
            this.place = place;
        }

        Object fill(ConfigType type, Object value, String path) {
            if (type instanceof ObjectType object) {
                return object(object, value, path);
            }
            if (type instanceof ChoiceType choice) {
                return object(choice.alternativeOf(value), value, path);
            }
            if (type instanceof ConfigType.OptionalType optional) {
                return optional.form()
                        .unwrap(value)
                        .map(present -> optional.form().wrap(fill(optional.value(), present, path)))
                        .orElse(value);
            }
            if (type instanceof ConfigType.ListType list) {
                List<Object> items = new ArrayList<>();
                ((List<?>) value)
                        .forEach(item -> items.add(fill(list.element(), item, path + "[" + items.size() + "]")));
                return List.copyOf(items);
            }
            if (type instanceof ConfigType.MapType map) {
                Map<String, Object> entries = new LinkedHashMap<>();
                ((Map<?, ?>) value).forEach((key, item) -> {
                    String name = key.toString();
                    entries.put(name, fill(map.value(), item, DotPath.child(path, name)));
                });
                return Collections.unmodifiableMap(entries);
            }
            return value;
        }

        private Object object(ObjectType type, Object object, String path) {
            Map<String, Object> filled = new HashMap<>();
            boolean changed = false;
            for (Property property : type.properties()) {
                Object old = property.valueOf(object);
                String at = DotPath.child(path, property.name());
                Object now = property.isDerived()
                        ? derived((ConfigType.OptionalType) property.type(), old, at)
                        : fill(property.type(), old, at);
                filled.put(property.name(), now);
                changed |= !now.equals(old);
            }
            return changed ? rebuilt(type, object, filled, path) : object;
        }

        /** Without what could not be filled in right, the old object stands for the new one; the fault says why. */
        private Object rebuilt(ObjectType type, Object object, Map<String, Object> filled, String path) {
            try {
                return type.build(filled);
            } catch (ConfigException e) {
                e.faults().forEach(fault -> faults.add(place, inside(path, fault.path()), fault.message()));
                return object;
            }
        }

        private static String inside(String path, String within) {
            return path.isEmpty() || within.isEmpty() ? path + within : path + "." + within;
        }

        private Object derived(ConfigType.OptionalType type, Object old, String path) {
            derived.add(path);
            Optional<?> known = type.form().unwrap(old);
            Object given = values.remove(path);
            if (given == null) {
                if (known.isEmpty()) {
                    unresolved.add(path);
                }
                return old;
            }
            if (!fits(type.value(), given)) {
                faults.add(
                        place,
                        path,
                        "The derived value (" + given + ") must be "
                                + type.value().expected() + ".");
                return old;
            }
            if (known.isPresent() && !known.get().equals(given)) {
                faults.add(
                        place,
                        path,
                        "The derived value is " + known.get() + " already and must not become " + given + ".");
                return old;
            }
            return type.form().wrap(given);
        }

        private static boolean fits(ConfigType type, Object value) {
            if (type instanceof ScalarType scalar) {
                return scalar.isHeldBy(value);
            }
            if (type instanceof ConfigType.EnumType enumeration) {
                return enumeration.values().contains(value);
            }
            if (type instanceof ConfigType.ListType list) {
                return value instanceof List<?> items && items.stream().allMatch(item -> fits(list.element(), item));
            }
            if (type instanceof ConfigType.MapType map) {
                return value instanceof Map<?, ?> entries
                        && entries.entrySet().stream()
                                .allMatch(entry ->
                                        entry.getKey() instanceof String && fits(map.value(), entry.getValue()));
            }
            if (type instanceof ObjectType object) {
                return object.javaClass().isInstance(value);
            }
            return type instanceof ChoiceType choice && choice.javaClass().isInstance(value);
        }

        void refuseWhatIsLeft() {
            for (String path : unresolved) {
                faults.add(place, path, "This value must be derived from the data, but nothing derived it.");
            }
            for (String path : values.keySet()) {
                faults.add(place, path, "There is no derived value here.", Texts.maybe(path, derived));
            }
        }
    }
}
