package dev.assay.cli;

import dev.assay.config.ChoiceType;
import dev.assay.config.ConfigType;
import dev.assay.config.Limits;
import dev.assay.config.ObjectType;
import dev.assay.config.ScalarType;

/** A type in words: {@code a list, each an integer}. */
final class TypeWords implements ConfigType.Cases<String> {
    private TypeWords() {}

    static String of(ConfigType type) {
        return type.match(new TypeWords());
    }

    /** The same with what its key allows: {@code an integer, at least 1}. */
    static String of(ConfigType type, Limits limits) {
        String range = limits.toString();
        return of(type) + (range.isEmpty() ? "" : ", " + range);
    }

    @Override
    public String scalar(ScalarType type) {
        return type.expected();
    }

    @Override
    public String enumeration(ConfigType.EnumType type) {
        return type.expected();
    }

    @Override
    public String optional(ConfigType.OptionalType type) {
        return of(type.value()) + ", or null";
    }

    @Override
    public String list(ConfigType.ListType type) {
        return "a list, each " + of(type.element());
    }

    @Override
    public String map(ConfigType.MapType type) {
        return "a mapping, each value " + of(type.value());
    }

    @Override
    public String object(ObjectType type) {
        return type.kind().map(kind -> "a mapping of kind " + kind).orElse("a mapping");
    }

    @Override
    public String choice(ChoiceType type) {
        return type.expected();
    }

    @Override
    public String secret() {
        return new ConfigType.SecretType().expected();
    }

    @Override
    public String tree() {
        return "a value";
    }
}
