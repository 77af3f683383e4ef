package dev.assay.schedule;

import dev.assay.config.Config;
import dev.assay.config.Doc;
import dev.assay.config.Kind;
import jakarta.validation.constraints.Positive;
import org.immutables.value.Value;

/** Down by a factor with every count; as {@code ExponentialLR}. */
@Config
@Kind("exponential")
@Doc("Down by a factor with every count.")
public non-sealed interface Exponential extends ScheduleConfig {
    @Doc("What the rate is multiplied by each time.")
    @Positive double factor();

    @Doc("What is counted: STEP, EPOCH or EVALUATION.")
    @Value.Default
    default Unit per() {
        return Unit.STEP;
    }

    @Override
    default Schedule over(Span span) {
        return at -> Math.pow(factor(), (double) per().of(at));
    }
}
