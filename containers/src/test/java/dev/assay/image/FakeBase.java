package dev.assay.image;

import dev.assay.provenance.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** A base image in which there is nothing to run. */
final class FakeBase {
    private FakeBase() {}

    static Path write(Path file) throws IOException {
        byte[] layer = tar(Map.of("etc/base", bytes("base")));
        Map<String, byte[]> parts = new LinkedHashMap<>();
        parts.put("config.json", bytes("""
            {"architecture":"amd64","os":"linux","created":"1970-01-01T00:00:00Z","config":{"Env":["PATH=/bin"]},
             "rootfs":{"type":"layers","diff_ids":["sha256:%s"]},"history":[]}
            """.formatted(Sha256.of(layer))));
        parts.put("layer.tar", layer);
        parts.put("manifest.json", bytes("""
            [{"Config":"config.json","RepoTags":["fake/base:latest"],"Layers":["layer.tar"]}]
            """));
        return Files.write(file, tar(parts));
    }

    private static byte[] tar(Map<String, byte[]> files) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream out = new TarArchiveOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
                entry.setSize(file.getValue().length);
                entry.setModTime(0);
                out.putArchiveEntry(entry);
                out.write(file.getValue());
                out.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
