package dev.assay.schedule;

import dev.assay.config.Config;
import dev.assay.config.Doc;
import dev.assay.config.Kind;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import org.immutables.value.Value;

/** Down to the end of the training along a power of what is left of it; as {@code PolynomialLR}. */
@Config
@Kind("polynomial")
@Doc("Down along a power of what is left of the training.")
public non-sealed interface Polynomial extends ScheduleConfig {
    @Doc("The power; 1 is a straight line.")
    @Positive @Value.Default
    default double power() {
        return 1;
    }

    @Doc("Factor that is gone down to.")
    @PositiveOrZero @DecimalMax("1") @Value.Default
    default double end() {
        return 0;
    }

    @Override
    default Schedule over(Span span) {
        return at -> end() + (1 - end()) * Math.pow(1 - span.done(at), power());
    }
}
