package dev.assay.cli;

import java.time.Duration;
import java.util.Optional;

/** How fast something goes on, since it was first seen. Not thread-safe. */
final class Pace {
    private static final double LEAST_GAIN = 0.02;
    private static final double LEAST_SECONDS = 2;

    private final double doneAtBegin;
    private final long begin = System.nanoTime();

    /** @param done fraction, or count, that was done already */
    Pace(double done) {
        this.doneAtBegin = done;
    }

    /** What is done in a second; empty as long as that is guesswork. */
    Optional<Double> perSecond(double done) {
        double gained = done - doneAtBegin;
        double seconds = (System.nanoTime() - begin) / 1e9;
        return gained < LEAST_GAIN || seconds < LEAST_SECONDS ? Optional.empty() : Optional.of(gained / seconds);
    }

    /** The time until {@code all} is done. */
    Optional<Duration> left(double done, double all) {
        return perSecond(done).map(rate -> Duration.ofSeconds(Math.round((all - done) / rate)));
    }
}
