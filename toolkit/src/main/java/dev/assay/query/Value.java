package dev.assay.query;

import dev.assay.config.ByteSize;
import dev.assay.config.ConfigTrees;
import dev.assay.config.ConfigWriter;
import dev.assay.config.Faults;
import dev.assay.config.LocatedNode;
import dev.assay.config.Place;
import dev.assay.config.ScalarType;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A value of a field or of a literal. Immutable.
 *
 * @param content a {@link BigDecimal}, or a {@link Double} where it is infinite; {@link String}, {@link Boolean}, {@link Duration},
 *     {@link ByteSize} or {@link Instant}, by the type
 */
public record Value(ValueType type, Object content) {

    /** A number as it is written, so that 0.1 is 0.1 whatever bits hold it. */
    public static Value number(String written) {
        return new Value(ValueType.NUMBER, new BigDecimal(written));
    }

    /** A number; empty for NaN, which compares with nothing. */
    public static Optional<Value> number(double value) {
        if (Double.isNaN(value)) {
            return Optional.empty();
        }
        return Optional.of(
                new Value(ValueType.NUMBER, Double.isInfinite(value) ? (Object) value : BigDecimal.valueOf(value)));
    }

    public static Value text(String text) {
        return new Value(ValueType.TEXT, text);
    }

    public static Value name(String name) {
        return new Value(ValueType.NAME, name);
    }

    public static Value flag(boolean flag) {
        return new Value(ValueType.FLAG, flag);
    }

    public static Value time(Instant time) {
        return new Value(ValueType.TIME, time);
    }

    public static Value duration(Duration duration) {
        return new Value(ValueType.DURATION, duration);
    }

    /** Reads text as a type; empty if it is none. Times without a zone are those of this machine's. */
    static Optional<Value> parse(ValueType type, String text) {
        return switch (type) {
            case TEXT, NAME -> Optional.of(new Value(type, text));
            case DURATION -> scalar(ScalarType.DURATION, text).map(known -> new Value(type, known));
            case SIZE -> ByteSize.parse(text).map(known -> new Value(type, known));
            case TIME -> time(text).map(known -> new Value(type, known));
            case NUMBER, FLAG, STRUCTURE -> Optional.empty();
        };
    }

    private static Optional<Object> scalar(ScalarType type, String text) {
        LocatedNode node = new LocatedNode.Scalar(Place.of("value"), LocatedNode.Form.TEXT, text);
        return ConfigTrees.check(type, node, "", new Faults());
    }

    private static Optional<Instant> time(String text) {
        ZoneId here = ZoneId.systemDefault();
        try {
            if (text.length() == 10) {
                return Optional.of(LocalDate.parse(text).atStartOfDay(here).toInstant());
            }
            return Optional.of(
                    text.endsWith("Z")
                            ? Instant.parse(text)
                            : LocalDateTime.parse(text).atZone(here).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** As a program reads it: a number, a boolean, or text. An infinite number is text, since JSON has none. */
    public JsonNode json() {
        JsonNodeFactory json = JsonNodeFactory.instance;
        return switch (type) {
            case NUMBER ->
                content instanceof BigDecimal exact ? json.numberNode(exact) : json.stringNode(content.toString());
            case FLAG -> json.booleanNode((Boolean) content);
            case DURATION -> ConfigWriter.toJson(ScalarType.DURATION, content);
            case STRUCTURE -> JsonMapper.shared().readTree((String) content);
            case TEXT, NAME, SIZE, TIME -> json.stringNode(content.toString());
        };
    }

    /** The same as text, a mapping or list as JSON. */
    public String text() {
        JsonNode json = json();
        return json.isContainer() ? json.toString() : json.asString();
    }

    /** As {@link Comparable} has it; empty where the two are of different types. */
    Optional<Integer> compare(Value other) {
        if (type != other.type) {
            return Optional.empty();
        }
        return Optional.of(
                switch (type) {
                    case NUMBER -> numbers(content, other.content);
                    case TEXT, NAME, STRUCTURE -> ((String) content).compareTo((String) other.content);
                    case FLAG -> ((Boolean) content).compareTo((Boolean) other.content);
                    case DURATION -> ((Duration) content).compareTo((Duration) other.content);
                    case SIZE -> ((ByteSize) content).compareTo((ByteSize) other.content);
                    case TIME -> ((Instant) content).compareTo((Instant) other.content);
                });
    }

    private static int numbers(Object one, Object other) {
        if (one instanceof BigDecimal exact && other instanceof BigDecimal otherExact) {
            return exact.compareTo(otherExact);
        }
        return Double.compare(((Number) one).doubleValue(), ((Number) other).doubleValue());
    }
}
