package dev.assay.training;

import dev.assay.config.Config;
import dev.assay.config.Doc;
import dev.assay.config.Stateless;
import dev.assay.config.Validated;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import java.time.Duration;
import java.util.Optional;
import org.immutables.value.Value;

/** When the state of a training is written down. It changes no result, so none of it is part of the identity. */
@Config
@Doc("When the state of a training is written down, so that it can go on from there.")
public interface CheckpointConfig extends Validated {
    @Doc("Time from one checkpoint to the next.")
    @Stateless
    @Value.Default
    default Duration time() {
        return Duration.ofMinutes(2);
    }

    @Doc("Optimizer steps from one checkpoint to the next, besides those by time.")
    @Stateless
    Optional<@Positive Long> steps();

    @Doc("Epochs from one checkpoint to the next, besides those by time.")
    @Stateless
    Optional<@Positive Double> epochs();

    @Doc("Newest checkpoints that are kept; without any, a finished training cannot be extended.")
    @Stateless
    @PositiveOrZero @Value.Default
    default int keepLast() {
        return 1;
    }

    @Doc("Best checkpoints that are kept for each metric of 'best'.")
    @Stateless
    @Positive @Value.Default
    default int keepBest() {
        return 1;
    }
}
