package dev.assay.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Writes a file as a whole or not at all: beside its place first, forced to disk, then moved there. What fails leaves an older file as it was;
 * a process that is killed may leave one whose name ends with {@code .part}.
 */
public final class AtomicFile {
    private AtomicFile() {}

    /** What writes the content; it may close the channel. */
    @FunctionalInterface
    public interface Content {
        void writeTo(FileChannel channel) throws IOException;
    }

    /**
     * Writes a file, whose folder is made if need be.
     *
     * @throws IOException if it cannot be written; where the disk is full, its message says so
     */
    public static void write(Path file, Content content) throws IOException {
        Path parent = Files.createDirectories(file.toAbsolutePath().getParent());
        Path temporary = Files.createTempFile(parent, file.getFileName() + ".", ".part", permissions(parent));
        try {
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                content.writeTo(channel);
            }
            force(temporary, StandardOpenOption.WRITE);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            // Asked while the part that was written is still there.
            throw FullDisk.isAt(parent) ? new IOException(FullDisk.sentence("The file (" + file + ")"), e) : e;
        } finally {
            Files.deleteIfExists(temporary);
        }
        // A file's name is on disk only when its folder is.
        force(parent, StandardOpenOption.READ);
    }

    /** Writes a file of these bytes; see {@link #write(Path, Content)}. */
    public static void write(Path file, byte[] content) throws IOException {
        write(file, channel -> {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        });
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

    private static void force(Path fileOrFolder, StandardOpenOption option) throws IOException {
        try (FileChannel channel = FileChannel.open(fileOrFolder, option)) {
            channel.force(true);
        }
    }
}
