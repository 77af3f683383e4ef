package dev.assay.cli;

import dev.assay.artifact.Artifacts;
import dev.assay.artifact.ObjectStore;
import dev.assay.run.Wrappers;
import dev.assay.store.TrialRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

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

    /** Has the pictures of trials here that are elsewhere. */
    static void fetchPictures(Artifacts artifacts, List<TrialRecord> trials) throws IOException {
        if (artifacts.address().isEmpty()) {
            return;
        }
        Set<String> wanted = trials.stream()
                .map(trial -> artifacts.name(
                        Wrappers.directory(artifacts.folder(), trial.hash()).resolve(PICTURE)))
                .collect(Collectors.toSet());
        // Most trials may have none, which one list tells for all.
        artifacts.fetch(artifacts.list("trials").stream()
                .map(ObjectStore.Entry::name)
                .filter(wanted::contains)
                .toList());
    }

    /** Deletes all a trial has left, so that it starts afresh. */
    static void delete(Artifacts artifacts, String hash) {
        try {
            artifacts.deleteBelow(artifacts.name(Wrappers.directory(artifacts.folder(), hash)));
        } catch (IOException e) {
            throw new UncheckedIOException("The folder of trial " + hash + " cannot be deleted: " + e.getMessage(), e);
        }
    }
}
