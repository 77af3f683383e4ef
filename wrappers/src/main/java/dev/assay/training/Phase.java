package dev.assay.training;

/** What the time of a step goes to. */
enum Phase {
    DATA,
    FORWARD,
    BACKWARD,
    OPTIMIZER,
    /** All from forward to optimizer, where they are one call of the engine. */
    COMPILED
}
