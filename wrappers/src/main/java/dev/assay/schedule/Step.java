package dev.assay.schedule;

import dev.assay.config.Config;
import dev.assay.config.Doc;
import dev.assay.config.Kind;
import jakarta.validation.constraints.Positive;
import org.immutables.value.Value;

/** Down by a factor after every so many counts; as {@code StepLR}. */
@Config
@Kind("step")
@Doc("Down by a factor, again and again.")
public non-sealed interface Step extends ScheduleConfig {
    @Doc("Counts from one decay to the next.")
    @Positive long every();

    @Doc("What the rate is multiplied by in each decay.")
    @Positive @Value.Default
    default double factor() {
        return 0.1;
    }

    @Doc("What is counted: STEP, EPOCH or EVALUATION.")
    @Value.Default
    default Unit per() {
        return Unit.STEP;
    }

    @Override
    default Schedule over(Span span) {
        return at -> {
            long decays = per().of(at) / every();
            return Math.pow(factor(), (double) decays);
        };
    }
}
