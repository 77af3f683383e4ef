package dev.assay.config;

import java.util.Collections;
import java.util.List;
import java.util.Map;

/** A sealed interface: one of several objects, chosen by the key {@code kind}. */
public final class ChoiceType implements ConfigType {
    /** The key that names the alternative. */
    public static final String KIND = "kind";

    private final Class<?> javaClass;
    private final Map<String, ObjectType> alternatives;

    /** Takes ownership of {@code alternatives}, by kind in the order they are to be shown. */
    ChoiceType(Class<?> javaClass, Map<String, ObjectType> alternatives) {
        this.javaClass = javaClass;
        this.alternatives = Collections.unmodifiableMap(alternatives);
    }

    public Class<?> javaClass() {
        return javaClass;
    }

    /** By kind, in the order they are shown. */
    public Map<String, ObjectType> alternatives() {
        return alternatives;
    }

    /** The alternative a value is of. */
    public ObjectType alternativeOf(Object value) {
        for (ObjectType alternative : alternatives.values()) {
            if (alternative.javaClass().isInstance(value)) {
                return alternative;
            }
        }
        throw new IllegalArgumentException("The value (" + value + ") must be one of the alternatives of "
                + javaClass.getSimpleName() + ": " + String.join(", ", alternatives.keySet()) + ".");
    }

    EnumType kinds() {
        List<String> names = List.copyOf(alternatives.keySet());
        return new EnumType(names, names);
    }

    @Override
    public String expected() {
        return "a mapping with a kind (one of " + String.join(", ", alternatives.keySet()) + ")";
    }

    @Override
    public <R> R match(Cases<R> cases) {
        return cases.choice(this);
    }
}
