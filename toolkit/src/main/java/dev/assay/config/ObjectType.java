package dev.assay.config;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A {@link Config} interface: a mapping with known keys. Immutable and thread-safe. */
public final class ObjectType implements ConfigType {
    private final Class<?> javaClass;
    private final Optional<String> kind;
    private final String description;
    private final Lazy<List<Property>> properties;

    ObjectType(Class<?> javaClass, Optional<String> kind, String description, TypeReader types) {
        this.javaClass = javaClass;
        this.kind = kind;
        this.description = description;
        this.properties = new Lazy<>(() -> new PropertyReader(javaClass, types).read());
    }

    /** The type of a configuration that was built. */
    public static ObjectType of(Validated config) {
        for (Class<?> parent : config.getClass().getInterfaces()) {
            if (parent.isAnnotationPresent(Config.class) && ConfigType.of(parent) instanceof ObjectType type) {
                return type;
            }
        }
        throw new IllegalArgumentException("The value (" + config.getClass().getName()
                + ") must be built by a generated class of a @Config interface.");
    }

    public Class<?> javaClass() {
        return javaClass;
    }

    /** The name that chooses it among alternatives, if it is one. */
    public Optional<String> kind() {
        return kind;
    }

    /** From {@link Doc}; empty if there is none. */
    public String description() {
        return description;
    }

    /** In the order of the declaration. Found at the first call, so that types may contain themselves. */
    public List<Property> properties() {
        return properties.get();
    }

    public Optional<Property> property(String name) {
        return properties().stream()
                .filter(property -> property.name().equals(name))
                .findFirst();
    }

    /** The key that has a name now or had it before. */
    public Optional<Property> current(String name) {
        return property(name)
                .or(() -> properties().stream()
                        .filter(property -> property.formerNames().contains(name))
                        .findFirst());
    }

    /** Builds the object from Java values by key; whatever its own code throws comes through. */
    Object build(Map<String, Object> values) {
        try {
            Object builder = PropertyReader.generatedClass(javaClass)
                    .getMethod("builder")
                    .invoke(null);
            for (Property property : properties()) {
                Object value = values.get(property.name());
                if (value != null) {
                    property.set(builder, value);
                }
            }
            Method build = builder.getClass().getMethod("build");
            return build.invoke(builder);
        } catch (InvocationTargetException e) {
            throw Property.unchecked(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("The builder of " + javaClass.getName() + " must be public.", e);
        }
    }

    @Override
    public String expected() {
        return "a mapping";
    }

    @Override
    public <R> R match(Cases<R> cases) {
        return cases.object(this);
    }
}
