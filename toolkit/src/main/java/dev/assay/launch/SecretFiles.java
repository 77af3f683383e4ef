package dev.assay.launch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** What a worker is told in files that their owner alone can read. Each is named by the environment variable that says where it is. */
public final class SecretFiles {
    private SecretFiles() {}

    /** Writes them into a folder, over those that are there. */
    public static void write(Path folder, Map<String, String> secrets) {
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try {
            Files.createDirectories(folder);
            for (Map.Entry<String, String> secret : secrets.entrySet()) {
                Path fresh = Files.createTempFile(folder, secret.getKey(), ".new", ownerOnly);
                Files.writeString(fresh, secret.getValue());
                Files.move(fresh, folder.resolve(secret.getKey()), StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Secrets for workers cannot be written to " + folder + ": " + e.getMessage(), e);
        }
    }

    /** Deletes them with their folder, and the folder that was in where it is empty then. */
    public static void delete(Path folder) {
        try {
            for (Path file : files(folder)) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(folder);
            Files.deleteIfExists(Objects.requireNonNull(folder.getParent()));
        } catch (DirectoryNotEmptyException e) {
            // Others are in use.
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Secrets for workers cannot be deleted from " + folder + ": " + e.getMessage(), e);
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }
}
