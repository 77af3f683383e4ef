package dev.assay.store;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * A trial as the store knows it.
 *
 * @param hash content hash of the trial, 64 hex digits
 * @param wrapper name of the wrapper that runs it
 * @param config the complete resolved config: {@code data}, {@code model}, {@code train}, {@code seed}, defaults filled in; once it has begun, also the
 *     values derived from the data
 * @param origin the state of another trial that it started from, if any
 * @param state where it stands
 * @param attempt how many times a worker has begun it
 * @param cause why it failed, diverged or was stopped: first line for people, more lines may follow
 * @param lastLog the last lines its worker wrote, newest last; empty where there is nothing to tell
 * @param progress fraction done, 0 to 1
 * @param metrics final value of each metric by name, such as {@code val.accuracy}
 * @param weights the final tensors, where the trial has ended well
 * @param created when it was first asked for
 * @param started when its last attempt began
 * @param ended when it reached an end state
 * @param circumstances who asked for it, who runs it, what it died of
 */
public record TrialRecord(
        String hash,
        String wrapper,
        ObjectNode config,
        Optional<Origin> origin,
        TrialState state,
        int attempt,
        Optional<String> cause,
        Optional<String> lastLog,
        double progress,
        Map<String, Double> metrics,
        Optional<Weights> weights,
        Instant created,
        Optional<Instant> started,
        Optional<Instant> ended,
        Circumstances circumstances) {

    /** A trial of nobody in particular. */
    public TrialRecord(
            String hash,
            String wrapper,
            ObjectNode config,
            Optional<Origin> origin,
            TrialState state,
            int attempt,
            Optional<String> cause,
            Optional<String> lastLog,
            double progress,
            Map<String, Double> metrics,
            Optional<Weights> weights,
            Instant created,
            Optional<Instant> started,
            Optional<Instant> ended) {
        this(
                hash,
                wrapper,
                config,
                origin,
                state,
                attempt,
                cause,
                lastLog,
                progress,
                metrics,
                weights,
                created,
                started,
                ended,
                Circumstances.UNKNOWN);
    }

    /** The seed of the trial. */
    public long seed() {
        return config.get("seed").asLong();
    }

    /** What it died of, if it failed or lost its worker. */
    public Optional<Failure> failure() {
        return circumstances.failure();
    }

    /** The same trial further on. */
    public TrialRecord withProgress(double fraction) {
        return new TrialRecord(
                hash,
                wrapper,
                config,
                origin,
                state,
                attempt,
                cause,
                lastLog,
                fraction,
                metrics,
                weights,
                created,
                started,
                ended,
                circumstances);
    }

    /** The same trial with other final values. */
    public TrialRecord withMetrics(Map<String, Double> values) {
        return new TrialRecord(
                hash,
                wrapper,
                config,
                origin,
                state,
                attempt,
                cause,
                lastLog,
                progress,
                values,
                weights,
                created,
                started,
                ended,
                circumstances);
    }
}
