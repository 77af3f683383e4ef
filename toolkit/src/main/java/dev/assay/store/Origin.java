package dev.assay.store;

/**
 * The state of another trial that a trial starts from. It is part of what the trial is.
 *
 * @param trial hash of the other trial
 * @param step optimizer steps it had done
 */
public record Origin(String trial, long step) {}
