package dev.assay.query;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A condition on a row, checked against the types of the fields it names. Immutable and thread-safe.
 *
 * @param <R> the rows
 */
public sealed interface Condition<R> {

    /** Whether it holds for a row; unknown where that depends on a value the row does not have. */
    Truth of(R row);

    /** Whether it is sure to hold. */
    default boolean holds(R row) {
        return of(row) == Truth.TRUE;
    }

    /** All of some. */
    record All<R>(List<Condition<R>> parts) implements Condition<R> {
        public All {
            parts = List.copyOf(parts);
        }

        @Override
        public Truth of(R row) {
            return parts.stream().map(part -> part.of(row)).reduce(Truth.TRUE, Truth::and);
        }
    }

    /** At least one of some. */
    record Any<R>(List<Condition<R>> parts) implements Condition<R> {
        public Any {
            parts = List.copyOf(parts);
        }

        @Override
        public Truth of(R row) {
            return parts.stream().map(part -> part.of(row)).reduce(Truth.FALSE, Truth::or);
        }
    }

    /** The opposite. */
    record Not<R>(Condition<R> part) implements Condition<R> {
        @Override
        public Truth of(R row) {
            return part.of(row).negated();
        }
    }

    /**
     * A field compared with what was written.
     *
     * @param written the literal as each type that the field may be of
     */
    record WithLiteral<R>(Field<R> field, Relation relation, List<Value> written) implements Condition<R> {
        public WithLiteral {
            written = List.copyOf(written);
        }

        @Override
        public Truth of(R row) {
            return field.of(row)
                    .flatMap(value -> written.stream()
                            .flatMap(literal -> value.compare(literal).stream())
                            .findFirst())
                    .map(order -> Truth.of(relation.holds(order)))
                    .orElse(Truth.UNKNOWN);
        }
    }

    /** Two fields compared. */
    record WithField<R>(Field<R> field, Relation relation, Field<R> other) implements Condition<R> {
        @Override
        public Truth of(R row) {
            return field.of(row)
                    .flatMap(value -> other.of(row).flatMap(value::compare))
                    .map(order -> Truth.of(relation.holds(order)))
                    .orElse(Truth.UNKNOWN);
        }
    }

    /** Text that fits a pattern. */
    record Likeness<R>(Field<R> field, Pattern pattern) implements Condition<R> {
        @Override
        public Truth of(R row) {
            return field.of(row)
                    .map(Value::content)
                    .map(text -> Truth.of(pattern.matcher(text.toString()).matches()))
                    .orElse(Truth.UNKNOWN);
        }
    }

    /** No value at all. */
    record Absence<R>(Field<R> field) implements Condition<R> {
        @Override
        public Truth of(R row) {
            return Truth.of(field.of(row).isEmpty());
        }
    }
}
