package dev.assay.identity;

import dev.assay.config.ByteSize;
import dev.assay.config.ChoiceType;
import dev.assay.config.ConfigType;
import dev.assay.config.LocatedNode;
import dev.assay.config.ObjectType;
import dev.assay.config.Property;
import dev.assay.config.ScalarType;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.Normalizer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The bytes a configuration's digest is taken of, version 1. Values that mean the same have the same bytes, whatever their spelling; values that
 * do not, differ. Each value is a letter for its sort followed by its content; lengths and counts are 4 bytes, big-endian:
 *
 * <table>
 * <caption>Version 1</caption>
 * <tr><td>absent optional</td><td>{@code N}</td></tr>
 * <tr><td>boolean</td><td>{@code T} or {@code F}</td></tr>
 * <tr><td>int, long, big integer</td><td>{@code I}, then text: the decimal digits, with a minus sign if negative</td></tr>
 * <tr><td>double</td><td>{@code D}, 8 bytes IEEE 754, big-endian; -0.0 as 0.0</td></tr>
 * <tr><td>float</td><td>{@code G}, 4 bytes, likewise</td></tr>
 * <tr><td>text</td><td>{@code S}, then text: length in bytes, UTF-8 in normal form C</td></tr>
 * <tr><td>enum</td><td>{@code E}, then text: its name in files</td></tr>
 * <tr><td>path</td><td>{@code P}, then text, with {@code /} between names</td></tr>
 * <tr><td>duration</td><td>{@code U}, 8 bytes seconds, 4 bytes nanoseconds</td></tr>
 * <tr><td>size</td><td>{@code B}, 8 bytes: the number of bytes, big-endian</td></tr>
 * <tr><td>list</td><td>{@code L}, count, the values</td></tr>
 * <tr><td>map</td><td>{@code M}, count, for each key in the order of its bytes: text, value</td></tr>
 * <tr><td>object</td><td>{@code O}, count, for each key in the order of its bytes: text, value</td></tr>
 * <tr><td>alternative</td><td>{@code C}, text: its kind, then the object</td></tr>
 * </table>
 *
 * <p>An object leaves out what is stateless or derived, secrets among it, and what equals its declared default, so a new key with a default changes no digest that was taken
 * before it existed. The price: a default must never be changed, only a new key or kind be added; a store that finds a digest
 * compares the stored config with the asked one to catch it. A default that is computed from other keys is never left out.
 * A key that was renamed is known by the oldest of its {@linkplain dev.assay.config.FormerName former names}, so renaming changes no digest either. Bits of a
 * number are taken instead of its digits since JDK 17 and 19 print some numbers differently.
 */
final class CanonicalForm implements ConfigType.Cases<byte[]> {
    private static final Comparator<byte[]> BYTES = Arrays::compareUnsigned;

    private final Object value;

    private CanonicalForm(Object value) {
        this.value = value;
    }

    static byte[] of(ConfigType type, Object value) {
        return type.match(new CanonicalForm(value));
    }

    /** An object with some of its keys. */
    static byte[] ofObject(List<Property> properties, Object object) {
        List<Field> fields = new ArrayList<>();
        for (Property property : properties) {
            if (property.isStateful()) {
                stated(property, object)
                        .ifPresent(bytes -> fields.add(new Field(text(property.identityName()), bytes)));
            }
        }
        return fields('O', fields);
    }

    /** Length and UTF-8 bytes of a text in normal form C. */
    static byte[] text(String text) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            // It would be written as another text, a question mark in place of what has no bytes.
            throw new IllegalArgumentException("The text (" + text + ") must be valid Unicode to have an identity.");
        }
        byte[] bytes = Normalizer.normalize(text, Normalizer.Form.NFC).getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(4 + bytes.length)
                .putInt(bytes.length)
                .put(bytes)
                .array();
    }

    /** A key and its value, both as bytes. */
    private static final class Field {
        private final byte[] key;
        private final byte[] value;

        Field(byte[] key, byte[] value) {
            this.key = key;
            this.value = value;
        }

        /** The key's text without its length. */
        byte[] order() {
            return Arrays.copyOfRange(key, 4, key.length);
        }
    }

    private static Optional<byte[]> stated(Property property, Object object) {
        Object value = property.valueOf(object);
        Optional<Object> left = property.defaultValue();
        if (left.isPresent() && left.get().equals(value)) {
            return Optional.empty();
        }
        byte[] bytes = of(property.type(), value);
        boolean same = left.isPresent() && Arrays.equals(of(property.type(), left.get()), bytes);
        return same ? Optional.empty() : Optional.of(bytes);
    }

    private static byte[] fields(char tag, List<Field> fields) {
        fields.sort(Comparator.comparing(Field::order, BYTES).thenComparing(field -> field.value, BYTES));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(tagged(tag, 4).putInt(fields.size()).array());
        for (Field field : fields) {
            out.writeBytes(field.key);
            out.writeBytes(field.value);
        }
        return out.toByteArray();
    }

    private static ByteBuffer tagged(char tag, int length) {
        return ByteBuffer.allocate(1 + length).put((byte) tag);
    }

    private static byte[] tagged(char tag, byte[] content) {
        return tagged(tag, content.length).put(content).array();
    }

    @Override
    public byte[] scalar(ScalarType type) {
        return switch (type) {
            case BOOLEAN -> tagged((Boolean) value ? 'T' : 'F', 0).array();
            case INT, LONG, BIG_INTEGER -> tagged('I', text(value.toString()));
            case FLOAT -> tagged('G', 4).putFloat((Float) value + 0.0f).array();
            case DOUBLE -> tagged('D', 8).putDouble((Double) value + 0.0).array();
            case STRING -> tagged('S', text((String) value));
            case PATH -> tagged('P', text(withSlashes((Path) value)));
            case DURATION ->
                tagged('U', 12)
                        .putLong(((Duration) value).toSeconds())
                        .putInt(((Duration) value).toNanosPart())
                        .array();
            case SIZE -> tagged('B', 8).putLong(((ByteSize) value).bytes()).array();
        };
    }

    private static String withSlashes(Path path) {
        return path.toString().replace(path.getFileSystem().getSeparator(), "/");
    }

    @Override
    public byte[] enumeration(ConfigType.EnumType type) {
        return tagged('E', text(type.nameOf(value)));
    }

    @Override
    public byte[] optional(ConfigType.OptionalType type) {
        Optional<?> present = type.form().unwrap(value);
        return present.isPresent()
                ? of(type.value(), present.get())
                : tagged('N', 0).array();
    }

    @Override
    public byte[] list(ConfigType.ListType type) {
        List<?> items = (List<?>) value;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(tagged('L', 4).putInt(items.size()).array());
        items.forEach(item -> out.writeBytes(of(type.element(), item)));
        return out.toByteArray();
    }

    @Override
    public byte[] map(ConfigType.MapType type) {
        List<Field> fields = new ArrayList<>();
        ((Map<?, ?>) value).forEach((key, item) -> fields.add(new Field(text(key.toString()), of(type.value(), item))));
        return fields('M', fields);
    }

    @Override
    public byte[] object(ObjectType type) {
        byte[] object = ofObject(type.properties(), value);
        return type.kind().isEmpty() ? object : alternative(type.kind().get(), object);
    }

    private static byte[] alternative(String kind, byte[] object) {
        byte[] name = text(kind);
        return tagged('C', name.length + object.length).put(name).put(object).array();
    }

    @Override
    public byte[] choice(ChoiceType type) {
        return object(type.alternativeOf(value));
    }

    @Override
    public byte[] secret() {
        throw new IllegalArgumentException("A secret (" + value + ") must not be part of an identity.");
    }

    @Override
    public byte[] tree() {
        throw new IllegalArgumentException(
                "A value without a type (" + ((LocatedNode) value).place() + ") must not be part of an identity.");
    }
}
