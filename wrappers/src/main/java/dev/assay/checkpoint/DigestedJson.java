package dev.assay.checkpoint;

import dev.assay.store.AtomicFile;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** JSON in a file, with its format and a digest over it. */
final class DigestedJson {
    private static final JsonMapper JSON = JsonMapper.shared();

    private DigestedJson() {}

    /** Content to be filled in and {@link #write written}. */
    static ObjectNode of(String format) {
        return JSON.createObjectNode().put("format", format);
    }

    /** Writes it as a whole or not at all. */
    static void write(Path file, ObjectNode content) throws IOException {
        ObjectNode root = JSON.createObjectNode();
        root.put("sha256", TensorDigest.of(content.toString()));
        root.set("content", content);
        AtomicFile.write(file, (root + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** @throws CorruptFileException if the content is not what its digest says, or of another format */
    static JsonNode read(Path file, String format) throws IOException {
        try {
            JsonNode root = JSON.readTree(Files.readString(file));
            JsonNode content = root.path("content");
            if (!root.path("sha256").asString("").equals(TensorDigest.of(content.toString()))) {
                throw new CorruptFileException(file, "its digest does not fit its content");
            }
            if (!content.path("format").asString("").equals(format)) {
                throw new CorruptFileException(file, "its format is not (" + format + ")");
            }
            return content;
        } catch (JacksonException | CharacterCodingException e) {
            throw new CorruptFileException(file, "it is not JSON");
        }
    }
}
