package dev.assay.optimizer;

import dev.assay.config.Config;
import dev.assay.config.Doc;
import dev.assay.config.Kind;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import org.immutables.value.Value;

/** Lion (Chen et al. 2023). */
@Config
@Kind("lion")
@Doc("Steps of one size, by the sign of the mean gradient; weight decay acts on the weights.")
public non-sealed interface Lion extends OptimizerConfig {
    @Override
    @Positive @Value.Default
    default double lr() {
        return 1e-4;
    }

    @Doc("How much of the mean gradient goes into the direction, 0 to below 1.")
    @PositiveOrZero @DecimalMax(value = "1", inclusive = false) @Value.Default
    default double beta1() {
        return 0.9;
    }

    @Doc("How much of the previous mean gradient is kept, 0 to below 1.")
    @PositiveOrZero @DecimalMax(value = "1", inclusive = false) @Value.Default
    default double beta2() {
        return 0.99;
    }

    @Override
    default Rule rule() {
        return Decay.DECOUPLED.before(new LionRule(beta1(), beta2()));
    }
}
