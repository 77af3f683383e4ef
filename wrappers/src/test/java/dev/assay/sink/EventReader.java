package dev.assay.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.CRC32C;

/** Reads event files by the rules of their format, without anything of what writes them; checks every checksum. */
final class EventReader {
    private EventReader() {}

    /** The messages of a file, fields by number; a message within is in bytes. */
    static List<Map<Integer, Object>> read(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        List<Map<Integer, Object>> events = new ArrayList<>();
        while (bytes.hasRemaining()) {
            int start = bytes.position();
            int length = Math.toIntExact(bytes.getLong());
            assertThat(bytes.getInt()).isEqualTo(masked(bytes.array(), start, 8));
            byte[] data = new byte[length];
            bytes.get(data);
            assertThat(bytes.getInt()).isEqualTo(masked(data, 0, length));
            events.add(message(data));
        }
        return events;
    }

    static Map<Integer, Object> message(Object data) {
        ByteBuffer bytes = ByteBuffer.wrap((byte[]) data).order(ByteOrder.LITTLE_ENDIAN);
        Map<Integer, Object> fields = new LinkedHashMap<>();
        while (bytes.hasRemaining()) {
            long tag = varint(bytes);
            fields.put(
                    (int) (tag >>> 3),
                    switch ((int) (tag & 7)) {
                        case 0 -> varint(bytes);
                        case 1 -> bytes.getDouble();
                        case 2 -> counted(bytes);
                        case 5 -> bytes.getFloat();
                        default -> throw new AssertionError("wire type " + (tag & 7));
                    });
        }
        return fields;
    }

    static String text(Object data) {
        return new String((byte[]) data, StandardCharsets.UTF_8);
    }

    /** The scalars of a file: {@code tag@step=value}. */
    static List<String> scalars(Path file) throws IOException {
        List<String> scalars = new ArrayList<>();
        for (Map<Integer, Object> event : read(file)) {
            if (event.containsKey(5)) {
                Map<Integer, Object> value = message(field(1, message(field(5, event))));
                scalars.add(text(field(1, value)) + "@" + field(2, event) + "=" + field(2, value));
            }
        }
        return scalars;
    }

    static Object field(int number, Map<Integer, Object> message) {
        return Objects.requireNonNull(message.get(number));
    }

    private static byte[] counted(ByteBuffer bytes) {
        byte[] data = new byte[(int) varint(bytes)];
        bytes.get(data);
        return data;
    }

    private static long varint(ByteBuffer bytes) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = bytes.get();
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    private static int masked(byte[] bytes, int offset, int length) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, offset, length);
        long crc = checksum.getValue();
        return (int) ((((crc >>> 15) | (crc << 17)) & 0xffffffffL) + 0xa282ead8L);
    }
}
