package dev.assay.config;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The classes that hold a value which may be absent. */
public enum OptionalForm {
    ANY(Optional.class) {
        @Override
        Object wrap(@Nullable Object value) {
            return Optional.ofNullable(value);
        }

        @Override
        public Optional<?> unwrap(Object optional) {
            return (Optional<?>) optional;
        }
    },
    INT(OptionalInt.class) {
        @Override
        Object wrap(@Nullable Object value) {
            return value == null ? OptionalInt.empty() : OptionalInt.of((Integer) value);
        }

        @Override
        public Optional<?> unwrap(Object optional) {
            OptionalInt value = (OptionalInt) optional;
            return value.isPresent() ? Optional.of(value.getAsInt()) : Optional.empty();
        }
    },
    LONG(OptionalLong.class) {
        @Override
        Object wrap(@Nullable Object value) {
            return value == null ? OptionalLong.empty() : OptionalLong.of((Long) value);
        }

        @Override
        public Optional<?> unwrap(Object optional) {
            OptionalLong value = (OptionalLong) optional;
            return value.isPresent() ? Optional.of(value.getAsLong()) : Optional.empty();
        }
    },
    DOUBLE(OptionalDouble.class) {
        @Override
        Object wrap(@Nullable Object value) {
            return value == null ? OptionalDouble.empty() : OptionalDouble.of((Double) value);
        }

        @Override
        public Optional<?> unwrap(Object optional) {
            OptionalDouble value = (OptionalDouble) optional;
            return value.isPresent() ? Optional.of(value.getAsDouble()) : Optional.empty();
        }
    };

    private final Class<?> javaClass;

    OptionalForm(Class<?> javaClass) {
        this.javaClass = javaClass;
    }

    Class<?> javaClass() {
        return javaClass;
    }

    abstract Object wrap(@Nullable Object value);

    /** The value inside an instance of the class. */
    public abstract Optional<?> unwrap(Object optional);
}
