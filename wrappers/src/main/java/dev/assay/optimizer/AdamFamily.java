package dev.assay.optimizer;

import dev.assay.config.Doc;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import org.immutables.value.Value;

/** Optimizers that follow the mean gradient, divided by a mean size of the gradient, element by element. */
public sealed interface AdamFamily extends OptimizerConfig permits Adam, AdamW, NAdam, RAdam, Adamax, Lamb {
    @Override
    @Positive @Value.Default
    default double lr() {
        return 1e-3;
    }

    @Doc("How much of the previous mean gradient is kept, 0 to below 1.")
    @PositiveOrZero @DecimalMax(value = "1", inclusive = false) @Value.Default
    default double beta1() {
        return 0.9;
    }

    @Doc("How much of the previous mean size of the gradient is kept, 0 to below 1.")
    @PositiveOrZero @DecimalMax(value = "1", inclusive = false) @Value.Default
    default double beta2() {
        return 0.999;
    }

    @Doc("Added to what is divided by.")
    @Positive @Value.Default
    default double eps() {
        return 1e-8;
    }
}
