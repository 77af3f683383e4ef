package dev.assay.checkpoint;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.assay.engine.ElementType;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.LongStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a safetensors file says of its tensors.
 *
 * @param entries by name
 * @param dataStart position in the file from which the entries' offsets count
 */
record Header(SortedMap<String, Entry> entries, long dataStart) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final long MAX_BYTES = 100_000_000;

    /** One tensor: its bytes are {@code [begin, end)} of the data. */
    record Entry(ElementType type, Shape shape, long begin, long end) {
        long length() {
            return end - begin;
        }

        /** Whether there are as many bytes as the shape asks for; division, since a made-up shape may overflow a product. */
        boolean isConsistent() {
            long left = length();
            boolean isEmpty = false;
            for (long size : shape.getShape()) {
                isEmpty |= size == 0;
            }
            if (isEmpty) {
                return left == 0;
            }
            for (long size : shape.getShape()) {
                if (size < 0 || left % size != 0) {
                    return false;
                }
                left /= size;
            }
            return left == type.bytes();
        }
    }

    static Header of(SortedMap<String, NDArray> tensors) {
        SortedMap<String, Entry> entries = new TreeMap<>();
        long position = 0;
        for (Map.Entry<String, NDArray> tensor : tensors.entrySet()) {
            NDArray array = tensor.getValue();
            ElementType type = ElementType.from(array.getDataType());
            long end = position + array.size() * type.bytes();
            entries.put(tensor.getKey(), new Entry(type, array.getShape(), position, end));
            position = end;
        }
        return new Header(entries, 0);
    }

    String toJson() {
        ObjectNode root = JSON.createObjectNode();
        entries.forEach((name, entry) -> {
            ObjectNode node = root.putObject(name);
            node.put("dtype", entry.type().safetensorsName());
            ArrayNode shape = node.putArray("shape");
            LongStream.of(entry.shape().getShape()).forEach(shape::add);
            node.putArray("data_offsets").add(entry.begin()).add(entry.end());
        });
        return root.toString();
    }

    static Header read(FileChannel channel, Path file) throws IOException {
        long length = Safetensors.readFully(channel, 0, 8, file).getLong();
        if (length < 2 || length > Math.min(MAX_BYTES, channel.size() - 8)) {
            throw new CorruptFileException(file, "it claims a header of " + length + " bytes");
        }
        String json = StandardCharsets.UTF_8
                .decode(Safetensors.readFully(channel, 8, length, file))
                .toString();
        Header header = new Header(parse(json, file), 8 + length);
        header.requireGapless(channel.size(), file);
        return header;
    }

    private static SortedMap<String, Entry> parse(String json, Path file) {
        SortedMap<String, Entry> entries = new TreeMap<>();
        try {
            for (Map.Entry<String, JsonNode> property : JSON.readTree(json).properties()) {
                if (!property.getKey().equals("__metadata__")) {
                    entries.put(property.getKey(), entry(property.getValue()));
                }
            }
        } catch (JacksonException | IllegalArgumentException e) {
            throw new CorruptFileException(file, "its header cannot be read", e);
        }
        return entries;
    }

    private static Entry entry(JsonNode node) {
        long[] sizes =
                node.required("shape").valueStream().mapToLong(JsonNode::asLong).toArray();
        JsonNode offsets = node.required("data_offsets");
        return new Entry(
                ElementType.parse(node.required("dtype").asString()),
                new Shape(sizes),
                offsets.required(0).asLong(),
                offsets.required(1).asLong());
    }

    /** Every byte of the data belongs to exactly one tensor. */
    private void requireGapless(long fileSize, Path file) {
        List<Entry> inOrder = new ArrayList<>(entries.values());
        inOrder.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
        long position = 0;
        for (Entry entry : inOrder) {
            if (entry.begin() != position || !entry.isConsistent()) {
                throw new CorruptFileException(
                        file,
                        "the tensor at " + entry.begin() + " to " + entry.end()
                                + " does not fit its shape or its neighbours");
            }
            position = entry.end();
        }
        if (dataStart + position != fileSize) {
            throw new CorruptFileException(
                    file, "it has " + fileSize + " bytes where its header asks for " + (dataStart + position));
        }
    }
}
