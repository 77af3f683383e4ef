package dev.assay.examples.cifar10;

import dev.assay.config.Config;
import dev.assay.config.Doc;
import dev.assay.training.TrainingConfig;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Positive;
import org.immutables.value.Value;

/** How a classifier is trained for a flat minimum. */
@Config
public interface SharpnessAwareTrain extends TrainingConfig {
    @Doc("Euclidean length of the step towards higher loss at which the gradient is taken.")
    @Positive @Value.Default
    default double rho() {
        return 0.05;
    }

    @AssertTrue(message = "a step of this wrapper has one batch; expected accumulate to be 1") default boolean isOneBatchAStep() {
        return accumulate() == 1;
    }
}
