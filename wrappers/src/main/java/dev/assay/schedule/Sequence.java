package dev.assay.schedule;

import dev.assay.config.Config;
import dev.assay.config.Doc;
import dev.assay.config.Kind;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Positive;
import org.immutables.value.Value;

/** One schedule, then another, each over its part of the training as if that were all; as {@code SequentialLR}. */
@Config
@Kind("sequence")
@Doc("One schedule, then another.")
public non-sealed interface Sequence extends ScheduleConfig {
    @Doc("Counts after which the second begins.")
    @Positive long steps();

    @Doc("What is counted: STEP, EPOCH or EVALUATION.")
    @Value.Default
    default Unit per() {
        return Unit.STEP;
    }

    @Doc("The schedule until then; it must not follow a metric.")
    ScheduleConfig first();

    @Doc("The schedule over the rest of the training.")
    ScheduleConfig then();

    @AssertTrue(message = "the first schedule must not follow a metric") default boolean isFirstWithoutMetric() {
        return first().over(new Span(1, 1, 1)).metric().isEmpty();
    }

    @Override
    default Schedule over(Span span) {
        SequenceSchedule.Change change = new SequenceSchedule.Change(steps(), per());
        return new SequenceSchedule(first().over(span.first(steps(), per())), span, change, then());
    }
}
