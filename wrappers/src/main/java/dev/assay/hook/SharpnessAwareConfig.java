package dev.assay.hook;

import dev.assay.config.Config;
import dev.assay.config.Doc;
import dev.assay.config.Validated;
import jakarta.validation.constraints.Positive;
import org.immutables.value.Value;

/** Settings of {@link SharpnessAware}. */
@Config
@Doc("Sharpness-aware minimization: the gradient is taken where the loss is highest nearby.")
public interface SharpnessAwareConfig extends Validated {
    @Doc("Euclidean length of the step towards higher loss at which the gradient is taken.")
    @Positive @Value.Default
    default double rho() {
        return 0.05;
    }
}
