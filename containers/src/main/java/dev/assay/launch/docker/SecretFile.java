package dev.assay.launch.docker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/** A file that its owner alone can read. */
final class SecretFile {
    private SecretFile() {}

    /** Deletes it, and the folder with the last one. */
    static void delete(Path folder, String name) {
        try {
            Files.deleteIfExists(folder.resolve(name));
            Files.deleteIfExists(folder);
        } catch (DirectoryNotEmptyException e) {
            // Others are in use.
        } catch (IOException e) {
            throw new UncheckedIOException("The store's address for workers cannot be deleted: " + e.getMessage(), e);
        }
    }

    /** Writes it into a folder, over what is there. */
    static Path write(Path folder, String name, String secret) {
        try {
            Files.createDirectories(folder);
            var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
            Path fresh = Files.createTempFile(folder, name, ".new", ownerOnly);
            Files.writeString(fresh, secret);
            return Files.move(fresh, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("The store's address cannot be written for workers: " + e.getMessage(), e);
        }
    }
}
