package dev.assay.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Builds {@link ConfigType}s from Java types and keeps them, one for each class. Thread-safe. */
final class TypeReader {
    /** The one that all of Assay asks, so that a class has one type. */
    static final TypeReader SHARED = new TypeReader();

    private final ClassValue<ConfigType> known = new ClassValue<>() {
        @Override
        protected ConfigType computeValue(Class<?> type) {
            return declared(type);
        }
    };

    ConfigType read(Class<?> declared) {
        return known.get(declared);
    }

    /** @param subject what has the type, for messages */
    ConfigType read(Type type, String subject) {
        if (type instanceof ParameterizedType generic) {
            return parameterized((Class<?>) generic.getRawType(), generic.getActualTypeArguments(), subject);
        }
        if (!(type instanceof Class<?> javaClass)) {
            throw unsupported(type, subject);
        }
        for (OptionalForm form : OptionalForm.values()) {
            if (form != OptionalForm.ANY && form.javaClass() == javaClass) {
                return new ConfigType.OptionalType(primitiveOf(form), form);
            }
        }
        if (javaClass == LocatedNode.class) {
            return new ConfigType.TreeType();
        }
        Optional<ScalarType> scalar = ScalarType.of(javaClass);
        if (scalar.isPresent()) {
            return scalar.get();
        }
        if (javaClass == Secret.class) {
            return new ConfigType.SecretType();
        }
        if (!javaClass.isEnum() && !Alternatives.isChoice(javaClass) && !javaClass.isAnnotationPresent(Config.class)) {
            throw unsupported(type, subject);
        }
        return read(javaClass);
    }

    private ConfigType parameterized(Class<?> raw, Type[] arguments, String subject) {
        if (raw == Optional.class) {
            return new ConfigType.OptionalType(read(arguments[0], subject), OptionalForm.ANY);
        }
        if (raw == List.class) {
            return new ConfigType.ListType(read(arguments[0], subject));
        }
        if (raw == Map.class && arguments[0] == String.class) {
            return new ConfigType.MapType(read(arguments[1], subject));
        }
        throw unsupported(raw, subject);
    }

    private static ScalarType primitiveOf(OptionalForm form) {
        return switch (form) {
            case INT -> ScalarType.INT;
            case LONG -> ScalarType.LONG;
            case DOUBLE -> ScalarType.DOUBLE;
            case ANY -> throw new IllegalArgumentException("An Optional must say what it holds.");
        };
    }

    private ConfigType declared(Class<?> type) {
        if (type.isEnum()) {
            return enumeration(type);
        }
        if (Alternatives.isChoice(type)) {
            return new ChoiceType(type, Alternatives.of(type, this));
        }
        if (!type.isAnnotationPresent(Config.class)) {
            throw unsupported(type, "A configuration");
        }
        Optional<String> kind =
                Optional.ofNullable(type.getAnnotation(Kind.class)).map(Kind::value);
        return new ObjectType(type, kind, description(type), this);
    }

    private static String description(Class<?> type) {
        Doc doc = type.getAnnotation(Doc.class);
        return doc == null ? "" : doc.value();
    }

    private static ConfigType enumeration(Class<?> type) {
        List<String> names = new ArrayList<>();
        for (Object constant : type.getEnumConstants()) {
            names.add(nameOf((Enum<?>) constant));
        }
        return new ConfigType.EnumType(names, List.of(type.getEnumConstants()));
    }

    private static String nameOf(Enum<?> constant) {
        try {
            Kind kind = constant.getDeclaringClass().getField(constant.name()).getAnnotation(Kind.class);
            return kind != null
                    ? kind.value()
                    : constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException("The enum constant (" + constant + ") must be a field.", e);
        }
    }

    private static IllegalArgumentException unsupported(Type type, String subject) {
        return new IllegalArgumentException(subject + " has type " + type.getTypeName()
                + ", but must be a @Config interface, a sealed or @Open interface of such, a list, a map with text keys, an optional,"
                + " an enum, a number, a boolean, text, a path, a duration, a size or a secret.");
    }
}
