package dev.assay.store;

/**
 * How a trial stands just now.
 *
 * @param hash the trial
 * @param attempt how many times a worker has begun it
 * @param progress fraction done, 0 to 1
 */
public record Standing(String hash, TrialState state, int attempt, double progress) {}
