package dev.assay.guide;

import dev.assay.config.Config;
import dev.assay.config.Doc;
import dev.assay.config.Validated;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import java.time.Duration;
import java.util.Optional;
import org.immutables.value.Value;

/** How a curve is fitted. */
@Config
public interface FitTrain extends Validated {
    @Doc("Steps of the optimizer.")
    @Positive int steps();

    @Doc("Learning rate.")
    @Positive @Value.Default
    default double rate() {
        return 0.01;
    }

    @Doc("Steps over which the learning rate grows to its full size.")
    @PositiveOrZero @Value.Default
    default int warmup() {
        return steps() / 10;
    }

    @Doc("Time after which the fit ends.")
    Optional<Duration> limit();

    @AssertTrue(message = "the warmup must be shorter than the fit") default boolean isWarmupShorter() {
        return warmup() < steps();
    }
}
