package dev.assay.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a checkpoint consists of: its numbers, and where the bytes of each tensor are. In a file of its own, JSON with a digest over its
 * content.
 */
record Manifest(long step, Checkpoint.Maker maker, Map<String, Double> numbers, Map<String, Place> tensors) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String FORMAT = "assay checkpoint 1";

    /**
     * Where a tensor is.
     *
     * @param sha256 digest of the tensor alone
     * @param file a safetensors file, relative to the store's folder
     * @param name of the tensor there
     */
    record Place(String sha256, String file, String name) {}

    void write(Path file) throws IOException {
        ObjectNode content = content();
        ObjectNode root = JSON.createObjectNode();
        root.put("sha256", TensorDigest.of(content.toString()));
        root.set("checkpoint", content);
        AtomicFile.write(file, channel -> {
            ByteBuffer bytes = ByteBuffer.wrap((root + "\n").getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        });
    }

    /** @throws CorruptFileException if the content is not what its digest says */
    static Manifest read(Path file) throws IOException {
        try {
            JsonNode root = JSON.readTree(Files.readString(file));
            JsonNode content = root.path("checkpoint");
            if (!root.path("sha256").asString("").equals(TensorDigest.of(content.toString()))) {
                throw new CorruptFileException(file, "its digest does not fit its content");
            }
            if (!content.path("format").asString("").equals(FORMAT)) {
                throw new CorruptFileException(file, "its format is not (" + FORMAT + ")");
            }
            return from(content);
        } catch (JacksonException e) {
            throw new CorruptFileException(file, "it is not JSON");
        }
    }

    private ObjectNode content() {
        ObjectNode content = JSON.createObjectNode();
        content.put("format", FORMAT);
        content.put("step", step);
        content.put("trial", maker.trial());
        content.put("config", maker.config());
        content.put("threads", maker.threads());
        content.put("engine", maker.engine());
        ObjectNode values = content.putObject("numbers");
        // As text, since JSON has neither NaN nor infinity; Double.toString is exact.
        new TreeMap<>(numbers).forEach((name, value) -> values.put(name, value.toString()));
        ObjectNode places = content.putObject("tensors");
        new TreeMap<>(tensors)
                .forEach((name, place) -> places.putObject(name)
                        .put("sha256", place.sha256())
                        .put("file", place.file())
                        .put("name", place.name()));
        return content;
    }

    private static Manifest from(JsonNode content) {
        Map<String, Double> numbers = new TreeMap<>();
        content.get("numbers").forEachEntry((name, value) -> numbers.put(name, Double.valueOf(value.asString())));
        Map<String, Place> tensors = new TreeMap<>();
        content.get("tensors")
                .forEachEntry((name, place) -> tensors.put(
                        name,
                        new Place(
                                place.get("sha256").asString(),
                                place.get("file").asString(),
                                place.get("name").asString())));
        Checkpoint.Maker maker = new Checkpoint.Maker(
                content.get("trial").asString(),
                content.get("config").asString(),
                content.get("threads").asInt(),
                content.get("engine").asString());
        return new Manifest(content.get("step").asLong(), maker, numbers, tensors);
    }
}
