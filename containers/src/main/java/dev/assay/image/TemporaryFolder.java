package dev.assay.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder that is deleted with all that is in it when it is closed. */
record TemporaryFolder(Path path) implements AutoCloseable {

    static TemporaryFolder create() throws IOException {
        return new TemporaryFolder(Files.createTempDirectory("assay-image"));
    }

    /** Writes a file into it, below a name with slashes. */
    Path write(String name, byte[] content) throws IOException {
        Path file = path.resolve(name).normalize();
        if (!file.startsWith(path)) {
            throw new IOException("The name (" + name + ") leads out of its jar.");
        }
        Files.createDirectories(file.resolveSibling(""));
        return Files.write(file, content);
    }

    static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.delete(file);
            }
        }
    }

    @Override
    public void close() throws IOException {
        delete(path);
    }
}
