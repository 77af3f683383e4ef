package dev.assay.cli;

import dev.assay.run.Wrappers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The folders of trials below that of their store. */
final class TrialFolders {
    /** What wrappers leave in a trial's folder where its network can be drawn. */
    private static final String PICTURE = "network.svg";

    private TrialFolders() {}

    /** The picture of a trial's network, if it has left one. */
    static Optional<String> picture(Path storeDirectory, String hash) {
        Path file = Wrappers.directory(storeDirectory, hash).resolve(PICTURE);
        try {
            return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("The picture (" + file + ") cannot be read: " + e.getMessage(), e);
        }
    }

    /** Deletes all a trial has left, so that it starts afresh. */
    static void delete(Path storeDirectory, String hash) {
        Path folder = Wrappers.directory(storeDirectory, hash);
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The folder of trial " + hash + " cannot be deleted: " + e.getMessage(), e);
        }
    }
}
