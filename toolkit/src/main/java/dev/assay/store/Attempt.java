package dev.assay.store;

import java.time.Instant;
import java.util.Optional;

/**
 * One try at a trial.
 *
 * @param number from 1
 * @param worker who tried
 * @param state what the trial became by it, {@link TrialState#QUEUED} if it was given back; empty while it runs
 * @param failure what ended it, if anything did that was not meant to
 * @param cause why it ended early
 */
public record Attempt(
        int number,
        String worker,
        Instant started,
        Optional<Instant> ended,
        Optional<TrialState> state,
        Optional<FailureKind> failure,
        Optional<String> cause) {}
