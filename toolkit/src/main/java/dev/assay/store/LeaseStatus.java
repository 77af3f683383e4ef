package dev.assay.store;

/** How a worker's lease stands. */
public enum LeaseStatus {
    HELD,
    /** Held, but somebody has cancelled the trial: it should stop after its step. */
    CANCELLED,
    /** The trial went to another worker or has ended: nothing was written, and the worker must stop. */
    LOST
}
