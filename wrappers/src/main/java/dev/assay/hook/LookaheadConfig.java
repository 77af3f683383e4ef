package dev.assay.hook;

import dev.assay.config.Config;
import dev.assay.config.Doc;
import dev.assay.config.Validated;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import org.immutables.value.Value;

/** Settings of {@link Lookahead}. */
@Config
@Doc("Slow weights, to which the trained ones return every few steps, and with which the trial ends.")
public interface LookaheadConfig extends Validated {
    @Doc("Steps from one return to the next.")
    @Positive @Value.Default
    default int every() {
        return 5;
    }

    @Doc("How much of the slow weights is kept when they move towards the trained ones, 0 to below 1.")
    @PositiveOrZero @DecimalMax(value = "1", inclusive = false) @Value.Default
    default double keep() {
        return 0.5;
    }

    @Doc(
            "What is kept grows from 0 to 'keep' with this power of the part of the training that is done; 0 for 'keep' all the time.")
    @PositiveOrZero @Value.Default
    default double power() {
        return 0;
    }
}
