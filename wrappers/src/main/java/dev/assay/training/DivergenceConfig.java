package dev.assay.training;

import dev.assay.config.Config;
import dev.assay.config.Doc;
import dev.assay.config.Validated;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Positive;
import org.immutables.value.Value;

/** When a training is given up because its loss has grown; a loss that is not finite always ends it. */
@Config
@Doc("When a training is given up because its loss has grown.")
public interface DivergenceConfig extends Validated {
    @Doc("How many times its first mean the loss may reach.")
    @DecimalMin("1") double factor();

    @Doc("Steps of the first mean, and of the running mean that is compared with it.")
    @Positive @Value.Default
    default int steps() {
        return 100;
    }
}
