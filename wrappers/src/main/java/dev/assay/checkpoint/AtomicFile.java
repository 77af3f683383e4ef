package dev.assay.checkpoint;

import dev.assay.store.FullDisk;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Writes a file as a whole or not at all: beside its place first, forced to disk, then moved there. */
final class AtomicFile {
    private AtomicFile() {}

    /** What writes the content. */
    @FunctionalInterface
    interface Content {
        void writeTo(FileChannel channel) throws IOException;
    }

    static void write(Path file, Content content) throws IOException {
        Path parent = Files.createDirectories(file.toAbsolutePath().getParent());
        Path temporary = Files.createTempFile(parent, file.getFileName() + ".", ".part", permissions(parent));
        try {
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                content.writeTo(channel);
                channel.force(true);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            // Asked while the part that was written is still there.
            throw FullDisk.isAt(parent) ? new IOException(FullDisk.sentence("The file (" + file + ")"), e) : e;
        } finally {
            Files.deleteIfExists(temporary);
        }
        forceFolder(parent);
    }

    /** As any new file has them: what several share must not be for its writer alone, as temporary files are. */
    private static FileAttribute<?>[] permissions(Path folder) {
        if (!folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return new FileAttribute<?>[0];
        }
        // The system takes away what the process's mask forbids.
        return new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-rw-rw-"))
        };
    }

    /** A file's name is on disk only when its folder is. */
    private static void forceFolder(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
