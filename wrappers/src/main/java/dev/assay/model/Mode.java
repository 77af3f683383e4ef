package dev.assay.model;

/** What a model is run for. */
public enum Mode {
    /** Dropout is active, batch norm uses and updates its statistics, operations are recorded for gradients. */
    TRAIN,
    /** Nothing random, nothing changed, nothing recorded. */
    EVALUATE
}
