package dev.assay.config;

import java.lang.annotation.Annotation;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds the keys of a {@link Config} interface from it and from the class generated for it, whose fields are in the declared order. */
final class PropertyReader {
    private final Class<?> owner;
    private final TypeReader types;

    PropertyReader(Class<?> owner, TypeReader types) {
        this.owner = owner;
        this.types = types;
    }

    /** In the order of the declaration. */
    List<Property> read() {
        Class<?> generated = generatedClass(owner);
        Class<?> builder = builderClass(generated);
        List<Property> properties = new ArrayList<>();
        for (Field field : generated.getDeclaredFields()) {
            if (Modifier.isStatic(field.getModifiers())) {
                continue;
            }
            Optional<Method> accessor = method(owner, field.getName());
            if (accessor.isPresent()) {
                Optional<Method> setter = setter(builder, accessor.get());
                setter.ifPresent(method -> properties.add(property(generated, accessor.get(), method)));
            }
        }
        refuseReusedNames(properties);
        return List.copyOf(properties);
    }

    private void refuseReusedNames(List<Property> properties) {
        Set<String> names = new HashSet<>();
        for (Property property : properties) {
            List<String> own = new ArrayList<>(property.formerNames());
            own.add(property.name());
            for (String name : own) {
                if (!names.add(name)) {
                    throw new IllegalArgumentException("The name (" + name + ") must belong to one key of "
                            + owner.getName() + ", now and before.");
                }
            }
        }
    }

    /** The class that {@link Config} makes the annotation processor generate. */
    static Class<?> generatedClass(Class<?> owner) {
        String name = owner.getPackageName() + ".Immutable" + owner.getSimpleName();
        try {
            return Class.forName(name, true, owner.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException(
                    "The interface (" + owner.getName() + ") must have a generated class " + name
                            + ".\n  Maybe the Immutables annotation processor did not run where it was compiled.",
                    e);
        }
    }

    private static Class<?> builderClass(Class<?> generated) {
        for (Class<?> nested : generated.getDeclaredClasses()) {
            if (nested.getSimpleName().equals("Builder")) {
                return nested;
            }
        }
        throw new IllegalArgumentException("The class (" + generated.getName() + ") must have a builder.");
    }

    private Property property(Class<?> generated, Method accessor, Method setter) {
        // The generated method has the narrowest of the inherited return types.
        Method narrowest = method(generated, accessor.getName()).orElse(accessor);
        accessor.setAccessible(true);
        setter.setAccessible(true);
        String subject = "The accessor (" + accessor.getName() + ") of " + owner.getName();
        ConfigType type = types.read(narrowest.getGenericReturnType(), subject);
        String description =
                annotation(accessor.getName(), Doc.class).map(Doc::value).orElse("");
        return new Property(owner, accessor, setter, type, marks(accessor.getName(), type, subject), description);
    }

    private Property.Marks marks(String accessor, ConfigType type, String subject) {
        boolean derived = annotation(accessor, Derived.class).isPresent();
        if (derived && !(type instanceof ConfigType.OptionalType)) {
            throw new IllegalArgumentException(subject + " is @Derived and must therefore be an optional.");
        }
        boolean stateless = annotation(accessor, Stateless.class).isPresent() || isSecret(type);
        List<String> former = annotation(accessor, FormerName.class)
                .map(names -> List.of(names.value()))
                .orElse(List.of());
        return new Property.Marks(stateless, derived, former);
    }

    private static boolean isSecret(ConfigType type) {
        if (type instanceof ConfigType.OptionalType optional) {
            return isSecret(optional.value());
        }
        if (type instanceof ConfigType.ListType list) {
            return isSecret(list.element());
        }
        return type instanceof ConfigType.MapType map ? isSecret(map.value()) : type instanceof ConfigType.SecretType;
    }

    private static Optional<Method> method(Class<?> type, String name) {
        try {
            return Optional.of(type.getMethod(name));
        } catch (NoSuchMethodException e) {
            return Optional.empty();
        }
    }

    /** The builder's method that takes a whole value: by name, or {@code addAll…} and {@code putAll…} for collections. */
    private static Optional<Method> setter(Class<?> builder, Method accessor) {
        String name = accessor.getName();
        String capital = Character.toUpperCase(name.charAt(0)) + name.substring(1);
        for (Method method : builder.getMethods()) {
            if (method.getParameterCount() != 1 || method.isVarArgs()) {
                continue;
            }
            Class<?> parameter = method.getParameterTypes()[0];
            boolean whole = method.getName().equals(name) && parameter.isAssignableFrom(accessor.getReturnType());
            boolean elements = (method.getName().equals("addAll" + capital) && parameter == Iterable.class)
                    || (method.getName().equals("putAll" + capital) && parameter == Map.class);
            if (whole || elements) {
                return Optional.of(method);
            }
        }
        return Optional.empty();
    }

    /** The annotation on an accessor or on one it overrides. */
    private <A extends Annotation> Optional<A> annotation(String accessor, Class<A> annotation) {
        Set<Class<?>> types = new LinkedHashSet<>();
        collect(owner, types);
        for (Class<?> type : types) {
            for (Method method : type.getDeclaredMethods()) {
                if (method.getName().equals(accessor)
                        && method.getParameterCount() == 0
                        && method.isAnnotationPresent(annotation)) {
                    return Optional.of(method.getAnnotation(annotation));
                }
            }
        }
        return Optional.empty();
    }

    private static void collect(Class<?> type, Set<Class<?>> into) {
        into.add(type);
        for (Class<?> parent : type.getInterfaces()) {
            collect(parent, into);
        }
    }
}
