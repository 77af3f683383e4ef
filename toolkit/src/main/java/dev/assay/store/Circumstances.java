package dev.assay.store;

import java.util.Optional;

/**
 * What a store knows of a trial beside its content and its results.
 *
 * @param owner who asked for it first
 * @param comment what they had to say
 * @param worker who has run it last, or does
 * @param failure what it died of, where it failed or lost its worker
 * @param claim who runs it until when, while it is running
 * @param peakMemory bytes that the worker of its last attempt had at most, where that is known
 */
public record Circumstances(
        String owner,
        Optional<String> comment,
        Optional<String> worker,
        Optional<Failure> failure,
        Optional<Claim> claim,
        Optional<Long> peakMemory) {
    static final Circumstances UNKNOWN = new Circumstances(
            "", Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
}
