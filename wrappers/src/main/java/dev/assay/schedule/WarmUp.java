package dev.assay.schedule;

import dev.assay.config.Config;
import dev.assay.config.Doc;
import dev.assay.config.Kind;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import org.immutables.value.Value;

/** Up along a straight line, then another schedule over the rest of the training; as {@code LinearLR} and another in a {@code SequentialLR}. */
@Config
@Kind("warm-up")
@Doc("Up along a straight line, then another schedule over the rest.")
public non-sealed interface WarmUp extends ScheduleConfig {
    @Doc("Counts until the full rate is reached.")
    @Positive long steps();

    @Doc("Factor at the beginning.")
    @PositiveOrZero @DecimalMax("1") @Value.Default
    default double from() {
        return 0.01;
    }

    @Doc("What is counted: STEP, EPOCH or EVALUATION.")
    @Value.Default
    default Unit per() {
        return Unit.STEP;
    }

    @Doc("The schedule over the rest of the training.")
    @Value.Default
    default ScheduleConfig then() {
        return ImmutableConstant.builder().build();
    }

    @Override
    default Schedule over(Span span) {
        return new WarmUpSchedule(this, span);
    }
}
