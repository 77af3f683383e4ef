package dev.assay.data;

/** What an evaluated partition is for. */
public enum Role {
    /** Choices are made by it: when to stop, which checkpoint is the best, which config to go on with. */
    VALIDATE,
    /** It only tells how good the outcome of all choices is; no choice may depend on it. */
    TEST
}
