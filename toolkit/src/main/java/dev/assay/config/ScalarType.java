package dev.assay.config;

import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The types of single values. A new one is a constant here with its reading in {@link ScalarReader}, its writing in {@link ConfigWriter} and
 * its canonical form in the identity; the compiler names the places.
 */
public enum ScalarType implements ConfigType {
    BOOLEAN("true or false", boolean.class, Boolean.class),
    INT("an integer", int.class, Integer.class),
    LONG("an integer", long.class, Long.class),
    FLOAT("a number", float.class, Float.class),
    DOUBLE("a number", double.class, Double.class),
    STRING("text", String.class, String.class),
    PATH("a path", Path.class, Path.class),
    DURATION("a duration such as 90s or 1h30m", Duration.class, Duration.class),
    BIG_INTEGER("an integer", BigInteger.class, BigInteger.class),
    SIZE("a size such as 512MiB or 1.5GB", ByteSize.class, ByteSize.class);

    private final String expected;
    private final Class<?> javaClass;
    private final Class<?> boxed;

    ScalarType(String expected, Class<?> javaClass, Class<?> boxed) {
        this.expected = expected;
        this.javaClass = javaClass;
        this.boxed = boxed;
    }

    /** The scalar type of a Java class, primitive or boxed. */
    static Optional<ScalarType> of(Class<?> javaClass) {
        for (ScalarType type : values()) {
            if (type.javaClass == javaClass || type.boxed == javaClass) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    /** Whether a value could be held as this type. */
    boolean isHeldBy(Object value) {
        return boxed.isInstance(value);
    }

    @Override
    public String expected() {
        return expected;
    }

    @Override
    public <R> R match(Cases<R> cases) {
        return cases.scalar(this);
    }
}
