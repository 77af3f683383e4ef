package dev.assay.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A lock that a worker holds on a file in the store's folder as long as it lives. The kernel gives it back whatever the worker dies of, so
 * that others on the same machine need not wait until its lease expires.
 */
public final class LifeSign implements AutoCloseable {
    private final Path file;
    private final FileChannel channel;

    private LifeSign(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Gives the sign of that worker until it is closed or the process ends. */
    public static LifeSign of(Path storeDirectory, String worker) {
        Path file = file(storeDirectory, worker);
        try {
            Files.createDirectories(storeDirectory.resolve("workers"));
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock unused = channel.lock();
            return new LifeSign(file, channel);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The file (" + file + ") of a worker's life cannot be locked: " + e.getMessage(), e);
        }
    }

    /** Whether that worker has lived on this machine and is dead. Never of a worker of this process. */
    static boolean hasEnded(Path storeDirectory, String worker) {
        Path file = file(storeDirectory, worker);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            @Nullable FileLock lock = channel.tryLock();
            if (lock == null) {
                return false;
            }
            Files.deleteIfExists(file);
            return true;
        } catch (NoSuchFileException e) {
            // On another machine, or long gone: its lease tells.
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The file (" + file + ") of a worker's life cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public String toString() {
        return "life sign " + file;
    }

    private static Path file(Path storeDirectory, String worker) {
        return storeDirectory.resolve("workers").resolve(worker);
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
