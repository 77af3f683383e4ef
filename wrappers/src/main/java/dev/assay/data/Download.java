package dev.assay.data;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file fetched over HTTP at most once, by however many threads and processes. It stands under its name only when it is whole and its
 * checksum is right; until then its beginning lies beside it as {@code <name>.part}, from where a later call goes on, and
 * {@code <name>.lock} tells who fetches it.
 *
 * @param source where it is
 * @param target where it is to be
 * @param checksum what it must come to
 */
public record Download(URI source, Path target, Checksum checksum) {
    private static final Logger LOG = LoggerFactory.getLogger(Download.class);
    private static final int ATTEMPTS = 5;
    private static final Duration LOCK_POLL = Duration.ofMillis(100);

    /**
     * Fetches the file unless it is there, waiting for another thread or process that fetches it.
     *
     * @return {@link #target}
     * @throws DownloadFailedException if it cannot be had or is not what was expected
     */
    public Path fetch() {
        if (Files.exists(target)) {
            return target;
        }
        try {
            Files.createDirectories(target.toAbsolutePath().getParent());
            // Closing the channel gives the lock back.
            try (FileChannel channel =
                    FileChannel.open(beside(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                awaitLock(channel);
                return Files.exists(target) ? target : fetchAlone();
            }
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    private Path fetchAlone() throws IOException {
        Path part = beside(".part");
        LOG.info("Fetching {} to {}", source, target);
        boolean isResumed = Files.exists(part);
        fetchRest(part);
        Checksum found = checksum.of(part);
        if (isResumed && !found.equals(checksum)) {
            LOG.warn("The earlier part of {} does not fit the rest; fetching all of it again", source);
            Files.delete(part);
            fetchRest(part);
            found = checksum.of(part);
        }
        if (!found.equals(checksum)) {
            Files.delete(part);
            throw new DownloadFailedException("What came from " + source + " has " + found + "; it must have "
                    + checksum + ". It was thrown away.\nMaybe a proxy answered in place of the server.");
        }
        return Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Fetches what {@code part} lacks, trying again where the connection was cut, as long as more comes. */
    private void fetchRest(Path part) throws IOException {
        @Nullable IOException last = null;
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            try {
                new HttpFile(source).appendTo(part);
                return;
            } catch (HttpFile.CutException e) {
                LOG.warn(
                        "The connection to {} was cut ({}); attempt {} of {}",
                        source,
                        e.getMessage(),
                        attempt,
                        ATTEMPTS);
                last = e;
            }
        }
        throw last;
    }

    private void awaitLock(FileChannel channel) throws IOException {
        boolean isOurs = tryLock(channel);
        if (!isOurs) {
            LOG.info("Waiting for another process or thread that fetches {}", target);
        }
        while (!isOurs) {
            sleep();
            isOurs = tryLock(channel);
        }
    }

    /** Takes the lock if it is free; other threads are excluded as well, for which Java throws instead of waiting. */
    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private void sleep() {
        try {
            Thread.sleep(LOCK_POLL.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DownloadFailedException("Interrupted while waiting for " + target + ".", e);
        }
    }

    private Path beside(String ending) {
        return target.resolveSibling(target.getFileName() + ending);
    }

    private DownloadFailedException unreachable(IOException cause) {
        return new DownloadFailedException(
                "The file " + source + " could not be fetched to " + target + " (" + cause
                        + "). Fetch it elsewhere and put"
                        + " it there.\nMaybe this machine is offline or behind a proxy (-Dhttps.proxyHost=…"
                        + " -Dhttps.proxyPort=…).",
                cause);
    }
}
