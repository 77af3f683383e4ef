package dev.assay.optimizer;

import dev.assay.config.Config;
import dev.assay.config.Doc;
import dev.assay.config.Kind;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import org.immutables.value.Value;

/** Adam with decoupled weight decay (Loshchilov and Hutter 2019), as {@code torch.optim.AdamW}. */
@Config
@Kind("adamw")
@Doc("Adam, with weight decay that acts on the weights.")
public non-sealed interface AdamW extends OptimizerConfig {
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

    @Doc("How much of the previous mean squared gradient is kept, 0 to below 1.")
    @PositiveOrZero @DecimalMax(value = "1", inclusive = false) @Value.Default
    default double beta2() {
        return 0.999;
    }

    @Doc("Added to the root of the mean squared gradient.")
    @Positive @Value.Default
    default double eps() {
        return 1e-8;
    }

    @Doc("Strength of weight decay, acting on the weights.")
    @PositiveOrZero @Value.Default
    default double weightDecay() {
        return 0.01;
    }
}
