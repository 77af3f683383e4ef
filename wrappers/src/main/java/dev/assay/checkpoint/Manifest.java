package dev.assay.checkpoint;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a checkpoint consists of: its numbers, and where its tensors are. In a file of its own. */
record Manifest(long step, Checkpoint.Maker maker, Map<String, Double> numbers, TensorPlaces tensors) {
    private static final String FORMAT = "assay checkpoint 2";

    void write(Path file) throws IOException {
        ObjectNode content = DigestedJson.of(FORMAT);
        content.put("step", step);
        content.put("trial", maker.trial());
        content.put("config", maker.config());
        content.put("threads", maker.threads());
        content.put("engine", maker.engine());
        ObjectNode values = content.putObject("numbers");
        // As text, since JSON has neither NaN nor infinity; Double.toString is exact.
        new TreeMap<>(numbers).forEach((name, value) -> values.put(name, value.toString()));
        tensors.addTo(content);
        DigestedJson.write(file, content);
    }

    /** @throws CorruptFileException if the content is not what its digest says */
    static Manifest read(Path file) throws IOException {
        JsonNode content = DigestedJson.read(file, FORMAT);
        Map<String, Double> numbers = new TreeMap<>();
        content.get("numbers").forEachEntry((name, value) -> numbers.put(name, Double.valueOf(value.asString())));
        Checkpoint.Maker maker = new Checkpoint.Maker(
                content.get("trial").asString(),
                content.get("config").asString(),
                content.get("threads").asInt(),
                content.get("engine").asString());
        return new Manifest(content.get("step").asLong(), maker, numbers, TensorPlaces.from(content));
    }
}
