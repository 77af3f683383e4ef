package dev.assay.config;

import java.util.List;

/**
 * The type of a value in a configuration. The types of one {@link Config} interface are built once from its accessors; reading, writing,
 * hashing and explaining all walk them. Immutable and thread-safe.
 */
public sealed interface ConfigType
        permits ScalarType,
                ObjectType,
                ChoiceType,
                ConfigType.EnumType,
                ConfigType.OptionalType,
                ConfigType.ListType,
                ConfigType.MapType,
                ConfigType.SecretType,
                ConfigType.TreeType {

    /** What a value must be, for messages: {@code "an integer"}. */
    String expected();

    /** Calls the case that fits. */
    <R> R match(Cases<R> cases);

    /** The type of a {@link Config} interface or of a sealed interface of them. */
    static ConfigType of(Class<?> declared) {
        return TypeReader.SHARED.read(declared);
    }

    /** What to do for each sort of type. */
    interface Cases<R> {
        R scalar(ScalarType type);

        R enumeration(EnumType type);

        R optional(OptionalType type);

        R list(ListType type);

        R map(MapType type);

        R object(ObjectType type);

        R choice(ChoiceType type);

        R secret();

        R tree();
    }

    /** One of a closed set of names. {@code values} are the Java values, in the order of {@code names}. */
    record EnumType(List<String> names, List<?> values) implements ConfigType {
        public EnumType {
            names = List.copyOf(names);
            values = List.copyOf(values);
        }

        public String nameOf(Object value) {
            return names.get(values.indexOf(value));
        }

        @Override
        public String expected() {
            return "one of " + String.join(", ", names);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.enumeration(this);
        }
    }

    /** A value that may be absent, written {@code null} or not at all. {@code form} is the Java class that holds it. */
    record OptionalType(ConfigType value, OptionalForm form) implements ConfigType {
        @Override
        public String expected() {
            return value.expected();
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.optional(this);
        }
    }

    /** Any number of values of one type. */
    record ListType(ConfigType element) implements ConfigType {
        @Override
        public String expected() {
            return "a list";
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.list(this);
        }
    }

    /** Values of one type by text keys of the user's choice. */
    record MapType(ConfigType value) implements ConfigType {
        @Override
        public String expected() {
            return "a mapping";
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.map(this);
        }
    }

    /** A {@link Secret}: a mapping with the one key {@code env} or {@code file}. */
    record SecretType() implements ConfigType {
        @Override
        public String expected() {
            return "a reference to a secret, {env: NAME} or {file: PATH}";
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.secret();
        }
    }

    /** Anything, kept as it was written, for a reader that gives it a type later. */
    record TreeType() implements ConfigType {
        @Override
        public String expected() {
            return "a value";
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.tree();
        }
    }
}
