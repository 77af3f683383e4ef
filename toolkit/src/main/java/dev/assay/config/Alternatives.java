package dev.assay.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.ServiceLoader;

/** Finds the alternatives of a sealed or open interface. */
final class Alternatives {
    private final Class<?> choice;
    private final TypeReader types;
    private final Map<String, ObjectType> found = new LinkedHashMap<>();
    private final Map<String, String> origins = new LinkedHashMap<>();

    private Alternatives(Class<?> choice, TypeReader types) {
        this.choice = choice;
        this.types = types;
    }

    static boolean isChoice(Class<?> type) {
        return type.isSealed() || type.isAnnotationPresent(Open.class);
    }

    /** By kind: those of the interface itself in the order of their declaration, then those contributed. */
    static Map<String, ObjectType> of(Class<?> choice, TypeReader types) {
        Alternatives alternatives = new Alternatives(choice, types);
        alternatives.collect(choice);
        if (alternatives.found.isEmpty()) {
            throw new IllegalArgumentException("The interface (" + choice.getName()
                    + ") must have an alternative, nested in it or contributed by a "
                    + ConfigAlternatives.class.getSimpleName() + ".");
        }
        return alternatives.found;
    }

    private void collect(Class<?> type) {
        if (type.isSealed()) {
            for (Class<?> permitted : type.getPermittedSubclasses()) {
                collectOrAdd(permitted, type);
            }
        }
        if (type.isAnnotationPresent(Open.class)) {
            for (Class<?> nested : type.getDeclaredClasses()) {
                if (type.isAssignableFrom(nested) && nested.isInterface()) {
                    collectOrAdd(nested, type);
                }
            }
            ServiceLoader.load(ConfigAlternatives.class, type.getClassLoader())
                    .forEach(provider -> contributed(provider, type));
        }
    }

    private void collectOrAdd(Class<?> alternative, Class<?> parent) {
        if (isChoice(alternative)) {
            collect(alternative);
        } else {
            add(alternative, parent.getName());
        }
    }

    private void contributed(ConfigAlternatives provider, Class<?> open) {
        for (Class<?> alternative : provider.alternatives()) {
            if (open.isAssignableFrom(alternative)) {
                add(alternative, provider.getClass().getName());
            }
        }
    }

    private void add(Class<?> alternative, String origin) {
        if (!alternative.isAnnotationPresent(Config.class)
                || !(types.read(alternative) instanceof ObjectType object)
                || object.kind().isEmpty()) {
            throw new IllegalArgumentException("The alternative (" + alternative.getName() + ") of " + choice.getName()
                    + " must be an interface with @Config and @Kind.");
        }
        String kind = object.kind().get();
        if (found.put(kind, object) != null) {
            throw new IllegalArgumentException("The kind (" + kind + ") must name one alternative of "
                    + choice.getName() + " only, but " + origins.get(kind) + " and " + origin + " both have it.");
        }
        origins.put(kind, origin);
    }
}
