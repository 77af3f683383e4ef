package dev.assay.training;

/** What the time of a step goes to. */
enum Phase {
    DATA,
    FORWARD,
    BACKWARD,
    OPTIMIZER
}
