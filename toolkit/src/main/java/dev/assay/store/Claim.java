package dev.assay.store;

import java.time.Instant;

/**
 * Who runs a trial.
 *
 * @param worker its name
 * @param until when the trial is given to another unless the worker gives a sign of life before
 */
public record Claim(String worker, Instant until) {}
