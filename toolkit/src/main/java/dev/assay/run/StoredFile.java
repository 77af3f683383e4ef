package dev.assay.run;

import java.nio.file.Path;

/**
 * A file below a store's folder.
 *
 * @param kind what it is
 * @param path where it is
 * @param bytes its size
 * @param references how many trials need it; what no trial needs can be deleted
 */
public record StoredFile(Kind kind, Path path, long bytes, int references) {

    /** What files there are. */
    public enum Kind {
        /** Final tensors, and lists of them. Trials that have equal tensors share a file, and so do their checkpoints. */
        WEIGHTS,
        /** Checkpoints and whatever else a trial leaves in its folder. */
        TRIALS,
        /** What workers print. */
        LOGS,
        REPORTS
    }
}
