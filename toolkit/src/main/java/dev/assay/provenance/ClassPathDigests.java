package dev.assay.provenance;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SHA-256 of what is on a class path. Digests of jars are kept in a file by path, size and time of change, since computing them all takes longer
 * than starting a worker may. For one thread.
 */
public final class ClassPathDigests {
    private static final Logger LOG = LoggerFactory.getLogger(ClassPathDigests.class);

    private final Path file;
    private final Map<String, String> known = new TreeMap<>();
    private boolean isChanged;

    ClassPathDigests(Path file) {
        this.file = file;
    }

    /** With the file of this user, whatever store is in use. */
    public static ClassPathDigests ofUser() {
        return new ClassPathDigests(userCache().resolve("digests.txt"));
    }

    /** The folder for what Assay can make again: {@code assay} in XDG_CACHE_HOME, or else in {@code .cache} of the user's home. May not be there. */
    public static Path userCache() {
        String cache = System.getenv("XDG_CACHE_HOME");
        Path folder =
                cache == null || cache.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(cache);
        return folder.resolve("assay");
    }

    /** By name of a file or path of a folder, in the order of the path; what is not there is left out. */
    public Map<String, String> of(String classPath) throws IOException {
        read();
        Map<String, String> digests = new LinkedHashMap<>();
        for (String entry : classPath.split(File.pathSeparator, -1)) {
            Path path = Path.of(entry);
            if (Files.isRegularFile(path)) {
                digests.putIfAbsent(path.getFileName().toString(), jar(path));
            } else if (Files.isDirectory(path)) {
                digests.putIfAbsent(entry, folder(path));
            }
        }
        if (isChanged) {
            write();
        }
        return digests;
    }

    /** Of one file. */
    public String of(Path file) throws IOException {
        read();
        String digest = jar(file);
        if (isChanged) {
            write();
        }
        return digest;
    }

    private String jar(Path path) throws IOException {
        String key = Files.size(path) + " " + Files.getLastModifiedTime(path).toMillis() + " " + path.toAbsolutePath();
        String digest = known.get(key);
        if (digest == null) {
            digest = Sha256.of(path);
            known.put(key, digest);
            isChanged = true;
        }
        return digest;
    }

    /** Of the names and digests of all files below it. */
    private static String folder(Path folder) throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> sorted = files.filter(Files::isRegularFile).sorted().toList();
            for (Path each : sorted) {
                all.append(folder.relativize(each))
                        .append(' ')
                        .append(Sha256.of(each))
                        .append('\n');
            }
        }
        return Sha256.of(all.toString().getBytes(StandardCharsets.UTF_8));
    }

    private void read() throws IOException {
        if (Files.isRegularFile(file)) {
            for (String line : Files.readAllLines(file)) {
                String[] parts = line.split(" ", 2);
                if (parts.length == 2 && parts[0].matches("[0-9a-f]{64}")) {
                    known.put(parts[1], parts[0]);
                }
            }
        }
    }

    /** Where it cannot be written, digests are computed again the next time. */
    private void write() {
        StringBuilder text = new StringBuilder();
        known.forEach(
                (key, digest) -> text.append(digest).append(' ').append(key).append('\n'));
        try {
            Path folder = Files.createDirectories(file.toAbsolutePath().resolveSibling(""));
            Path fresh = Files.createTempFile(folder, "digests", ".txt");
            Files.writeString(fresh, text);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            LOG.debug("Digests of the class path cannot be kept: {}", e.getMessage());
        }
    }
}
