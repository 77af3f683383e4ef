package dev.assay.run;

/**
 * A file of a store, in its folder or elsewhere.
 *
 * @param kind what it is
 * @param name below the store's folder
 * @param bytes its size
 * @param references how many trials need it; what no trial needs can be deleted
 */
public record StoredFile(Kind kind, String name, long bytes, int references) {

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
