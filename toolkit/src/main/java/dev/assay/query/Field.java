package dev.assay.query;

import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Something that a row has a value of.
 *
 * @param name the path that names it
 * @param types what its values may be; several where it leads through a choice whose alternatives differ
 * @param names what its values of type {@link ValueType#NAME} may be
 * @param value of a row; empty where it has none
 * @param <R> the rows
 */
public record Field<R>(String name, Set<ValueType> types, List<String> names, Function<R, Optional<Value>> value) {
    public Field {
        types = Set.copyOf(types);
        names = List.copyOf(names);
    }

    /** A field of one type. */
    public static <R> Field<R> of(String name, ValueType type, Function<R, Optional<Value>> value) {
        return new Field<>(name, EnumSet.of(type), List.of(), value);
    }

    Optional<Value> of(R row) {
        return value.apply(row);
    }

    /** Rows by this field; those without a value come last either way. */
    Comparator<R> order(boolean descending) {
        Comparator<Value> ascending =
                (one, other) -> one.compare(other).orElseGet(() -> one.type().compareTo(other.type()));
        Comparator<Value> wanted = descending ? ascending.reversed() : ascending;
        return (one, other) -> {
            Optional<Value> left = of(one);
            Optional<Value> right = of(other);
            if (left.isEmpty() || right.isEmpty()) {
                return Boolean.compare(left.isEmpty(), right.isEmpty());
            }
            return wanted.compare(left.get(), right.get());
        };
    }

    /** For messages: {@code a number}. */
    String expected() {
        return types.stream()
                .sorted()
                .map(type -> type == ValueType.NAME ? "one of " + String.join(", ", names) : type.expected())
                .collect(Collectors.joining(" or "));
    }
}
