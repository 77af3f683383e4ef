package dev.assay.store;

import java.util.Map;
import java.util.Optional;

/**
 * How a trial ended.
 *
 * @param state an end state, or {@link TrialState#INTERRUPTED}
 * @param cause why, first line for people; empty for a trial that ended well
 * @param failure what it died of, if it failed
 * @param lastLog the last lines its worker wrote, where they help
 * @param metrics final value of each metric
 * @param weights the final tensors, if any
 * @param peakMemory bytes its worker had at most while it was at it, where that is known
 */
public record Ending(
        TrialState state,
        Optional<String> cause,
        Optional<Failure> failure,
        Optional<String> lastLog,
        Map<String, Double> metrics,
        Optional<Weights> weights,
        Optional<Long> peakMemory) {

    public static Ending completed(Map<String, Double> metrics, Optional<Weights> weights) {
        return new Ending(
                TrialState.COMPLETED,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                metrics,
                weights,
                Optional.empty());
    }

    /** An end without results. */
    public static Ending without(TrialState state, String cause) {
        return new Ending(
                state,
                Optional.of(cause),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                Optional.empty());
    }

    /** An end by something that was not meant to happen. */
    public static Ending failed(Failure failure, String cause) {
        return new Ending(
                TrialState.FAILED,
                Optional.of(cause),
                Optional.of(failure),
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                Optional.empty());
    }

    public Ending withLastLog(String lines) {
        Optional<String> log = lines.isBlank() ? Optional.empty() : Optional.of(lines);
        return new Ending(state, cause, failure, log, metrics, weights, peakMemory);
    }

    public Ending withPeakMemory(Optional<Long> bytes) {
        return new Ending(state, cause, failure, lastLog, metrics, weights, bytes);
    }
}
