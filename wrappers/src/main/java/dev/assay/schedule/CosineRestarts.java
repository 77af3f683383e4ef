package dev.assay.schedule;

import dev.assay.config.Config;
import dev.assay.config.Doc;
import dev.assay.config.Kind;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import org.immutables.value.Value;

/** Down along half a cosine, again and again (SGDR; Loshchilov and Hutter 2017); as {@code CosineAnnealingWarmRestarts}. */
@Config
@Kind("cosine-restarts")
@Doc("Down along half a cosine, again and again.")
public non-sealed interface CosineRestarts extends ScheduleConfig {
    @Doc("Counts in the first round.")
    @Positive long length();

    @Doc("How many times as long as the one before each round is.")
    @Positive @Value.Default
    default int growth() {
        return 1;
    }

    @Doc("Factor that is gone down to.")
    @PositiveOrZero @DecimalMax("1") @Value.Default
    default double end() {
        return 0;
    }

    @Doc("What is counted: STEP, EPOCH or EVALUATION.")
    @Value.Default
    default Unit per() {
        return Unit.STEP;
    }

    @Override
    default Schedule over(Span span) {
        return at -> Annealing.COSINE.between(1, end(), round(per().of(at)));
    }

    /** How much of its round is done after so many counts. */
    private double round(long count) {
        if (growth() == 1) {
            return (double) (count % length()) / length();
        }
        long begin = 0;
        long round = length();
        while (count - begin >= round) {
            begin += round;
            round *= growth();
        }
        return (double) (count - begin) / round;
    }
}
