package dev.assay.training;

import dev.assay.config.Config;
import dev.assay.config.Doc;
import dev.assay.config.Validated;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Positive;
import java.util.Optional;

/** How often something is done during a training: every so many steps, or epochs and fractions of them. */
@Config
@Doc("How often: a number of steps, or of epochs.")
public interface Every extends Validated {
    @Doc("Optimizer steps from one time to the next.")
    Optional<@Positive Long> steps();

    @Doc("Epochs from one time to the next; 0.25 is four times an epoch.")
    Optional<@Positive Double> epochs();

    @AssertTrue(message = "give one of steps and epochs") default boolean isOneOfThem() {
        return steps().isPresent() != epochs().isPresent();
    }

    /** That many optimizer steps. */
    static Every steps(long steps) {
        return ImmutableEvery.builder().steps(steps).build();
    }

    /** That many passes over the training data. */
    static Every epochs(double epochs) {
        return ImmutableEvery.builder().epochs(epochs).build();
    }

    /** Whether a point in time has come between two positions, the first of which does not count. */
    default boolean isDue(Position before, Position now) {
        if (steps().isPresent()) {
            return before.step() / steps().get() < now.step() / steps().get();
        }
        double length = epochs().orElseThrow();
        return times(before.epochs(), length) < times(now.epochs(), length);
    }

    /** How many times it is due in a training of so many steps and epochs; the end counts, whether it is due there or not. */
    default long times(long allSteps, long allEpochs) {
        double times = steps().map(n -> (double) allSteps / n).orElseGet(() -> allEpochs / epochs().orElseThrow());
        return (long) Math.ceil(times - 1e-9);
    }

    private static long times(double position, double length) {
        // A third of an epoch, added up three times, is to count as an epoch.
        return (long) Math.floor(position / length + 1e-9);
    }
}
