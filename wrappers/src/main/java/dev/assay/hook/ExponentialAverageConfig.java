package dev.assay.hook;

import dev.assay.config.Config;
import dev.assay.config.Doc;
import dev.assay.config.Validated;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.PositiveOrZero;
import org.immutables.value.Value;

/** Settings of {@link ExponentialAverage}. */
@Config
@Doc("An exponential moving average of the weights, which is evaluated and kept.")
public interface ExponentialAverageConfig extends Validated {
    @Doc("How much of the average is kept in each step, 0 to below 1.")
    @PositiveOrZero @DecimalMax(value = "1", inclusive = false) @Value.Default
    default double decay() {
        return 0.999;
    }

    @Doc("Whether after t steps at most (1 + t) / (10 + t) is kept, so that the first weights are soon forgotten.")
    @Value.Default
    default boolean warmup() {
        return true;
    }
}
