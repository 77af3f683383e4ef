package dev.assay.config;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One key of an object: what an accessor of a {@link Config} interface says about it. Immutable and thread-safe. */
public final class Property {
    private final Class<?> owner;
    private final Method accessor;
    private final Method setter;
    private final ConfigType type;
    private final Marks marks;
    private final String description;
    private final Lazy<Optional<Object>> defaultValue;

    /** What annotations say of an accessor. */
    record Marks(boolean stateless, boolean derived, List<String> formerNames) {
        Marks {
            formerNames = List.copyOf(formerNames);
        }
    }

    Property(Class<?> owner, Method accessor, Method setter, ConfigType type, Marks marks, String description) {
        this.owner = owner;
        this.accessor = accessor;
        this.setter = setter;
        this.type = type;
        this.marks = marks;
        this.description = description;
        this.defaultValue = new Lazy<>(() -> accessor.isDefault() ? constantDefault() : emptyValue());
    }

    public String name() {
        return accessor.getName();
    }

    public ConfigType type() {
        return type;
    }

    /** Whether a file must have the key. */
    public boolean isRequired() {
        return !accessor.isDefault()
                && !(type instanceof ConfigType.OptionalType
                        || type instanceof ConfigType.ListType
                        || type instanceof ConfigType.MapType);
    }

    /** Whether it may differ between two configs of the same trial: marked so, or a secret. */
    public boolean isStateless() {
        return marks.stateless;
    }

    /** Whether its value comes from the data and not from a file. */
    public boolean isDerived() {
        return marks.derived;
    }

    /** Whether it makes a trial what it is. */
    public boolean isStateful() {
        return !marks.stateless && !marks.derived;
    }

    /** What it was called before, the oldest name first. */
    public List<String> formerNames() {
        return marks.formerNames;
    }

    /** The name the identity knows it by: the oldest it ever had. */
    public String identityName() {
        return marks.formerNames.isEmpty() ? name() : marks.formerNames.get(0);
    }

    /** Whether it holds lists or maps inside a list or map. */
    boolean hasNestedCollection() {
        return (type instanceof ConfigType.ListType list && isCollection(list.element()))
                || (type instanceof ConfigType.MapType map && isCollection(map.value()));
    }

    private static boolean isCollection(ConfigType type) {
        return type instanceof ConfigType.ListType || type instanceof ConfigType.MapType;
    }

    /** From {@link Doc}; empty if there is none. */
    public String description() {
        return description;
    }

    /** The value of this key in an object. */
    public Object valueOf(Object object) {
        try {
            return accessor.invoke(object);
        } catch (InvocationTargetException e) {
            throw unchecked(e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(
                    "The accessor (" + name() + ") of " + owner.getName() + " must be open to Assay.", e);
        }
    }

    /**
     * The value an object has where a file leaves the key out: a constant default, an empty optional, list or map. Empty for a required key,
     * and for a default that is computed from other keys, since that is a different value in each object.
     */
    public Optional<Object> defaultValue() {
        return defaultValue.get();
    }

    void set(Object builder, Object value) {
        try {
            setter.invoke(builder, value);
        } catch (InvocationTargetException e) {
            throw unchecked(e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("The builder of " + owner.getName() + " must be open to Assay.", e);
        }
    }

    static RuntimeException unchecked(@Nullable Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException runtime ? runtime : new IllegalStateException(cause);
    }

    private Optional<Object> emptyValue() {
        if (type instanceof ConfigType.OptionalType optional) {
            return Optional.of(optional.form().wrap(null));
        }
        if (type instanceof ConfigType.ListType) {
            return Optional.of(List.of());
        }
        return type instanceof ConfigType.MapType ? Optional.of(Map.of()) : Optional.empty();
    }

    private Optional<Object> constantDefault() {
        InvocationHandler onlyThis = (proxy, method, arguments) -> {
            if (method.getName().equals(name()) && method.getParameterCount() == 0) {
                return body().bindTo(proxy).invokeWithArguments();
            }
            throw new ComputedDefault();
        };
        Object proxy = Proxy.newProxyInstance(owner.getClassLoader(), new Class<?>[] {owner}, onlyThis);
        try {
            return Optional.of(valueOf(proxy));
        } catch (ComputedDefault e) {
            return Optional.empty();
        }
    }

    /** The default method itself; unlike {@code invokeDefault} this works for interfaces that are not public. */
    private MethodHandle body() throws IllegalAccessException {
        Class<?> declaring = accessor.getDeclaringClass();
        return MethodHandles.privateLookupIn(declaring, MethodHandles.lookup()).unreflectSpecial(accessor, declaring);
    }

    /** Says that a default reads another key. */
    private static final class ComputedDefault extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
