package dev.assay.image;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An image read back from a file.
 *
 * @param config of the image
 * @param layers in their order
 */
record ImageTar(JsonNode config, List<Layer> layers) {

    /** @param files their bytes by their places; folders are there without any, with a slash at the end */
    record Layer(int compressed, Map<String, Entry> files) {}

    /** @param content each byte a character */
    record Entry(String content, long user, int mode, long seconds) {}

    static ImageTar read(Path file) throws IOException {
        Map<String, Entry> parts;
        try (InputStream in = Files.newInputStream(file)) {
            parts = entries(in);
        }
        JsonNode manifest =
                JsonMapper.shared().readTree(content(parts, "manifest.json")).get(0);
        List<Layer> layers = new ArrayList<>();
        for (JsonNode name : manifest.get("Layers")) {
            byte[] bytes = content(parts, name.asString()).getBytes(StandardCharsets.ISO_8859_1);
            try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
                layers.add(new Layer(bytes.length, entries(in)));
            }
        }
        return new ImageTar(
                JsonMapper.shared()
                        .readTree(content(parts, manifest.get("Config").asString())),
                layers);
    }

    private static String content(Map<String, Entry> files, String name) {
        return Optional.ofNullable(files.get(name)).orElseThrow().content();
    }

    private static Map<String, Entry> entries(InputStream in) throws IOException {
        Map<String, Entry> files = new LinkedHashMap<>();
        TarArchiveInputStream tar = new TarArchiveInputStream(in);
        for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            tar.transferTo(content);
            files.put(
                    entry.getName(),
                    new Entry(
                            content.toString(StandardCharsets.ISO_8859_1),
                            entry.getLongUserId(),
                            entry.getMode() & 0xfff,
                            entry.getLastModifiedTime().toInstant().getEpochSecond()));
        }
        return files;
    }

    /** What a file holds. */
    String content(String name) {
        return content(files(), name);
    }

    /** Of all layers. */
    Map<String, Entry> files() {
        Map<String, Entry> files = new LinkedHashMap<>();
        layers.forEach(layer -> files.putAll(layer.files()));
        return files;
    }
}
