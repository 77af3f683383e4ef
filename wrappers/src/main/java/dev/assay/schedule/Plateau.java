package dev.assay.schedule;

import dev.assay.config.Config;
import dev.assay.config.Doc;
import dev.assay.config.Kind;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import org.immutables.value.Value;

/** Down by a factor when a metric has stopped getting better; as {@code ReduceLROnPlateau}. */
@Config
@Kind("plateau")
@Doc("Down by a factor when a metric no longer gets better.")
public non-sealed interface Plateau extends ScheduleConfig {
    @Doc("The metric that is followed, as partition and name: val.loss.")
    @NotBlank String metric();

    @Doc("What the rate is multiplied by each time.")
    @Positive @DecimalMax(value = "1", inclusive = false) @Value.Default
    default double factor() {
        return 0.1;
    }

    @Doc("Evaluations without progress that are waited; the rate falls with the next.")
    @PositiveOrZero @Value.Default
    default int patience() {
        return 10;
    }

    @Doc("By how much a value must be better than the best to count as progress.")
    @PositiveOrZero @Value.Default
    default double threshold() {
        return 1e-4;
    }

    @Doc("Whether the threshold is a part of the best (RELATIVE) or a difference to it (ABSOLUTE).")
    @Value.Default
    default ThresholdMode thresholdMode() {
        return ThresholdMode.RELATIVE;
    }

    @Doc("Evaluations after each fall in which none is counted as without progress.")
    @PositiveOrZero @Value.Default
    default int cooldown() {
        return 0;
    }

    @Doc("Factor below which the rate does not fall.")
    @PositiveOrZero @DecimalMax("1") @Value.Default
    default double min() {
        return 0;
    }

    @Override
    default Schedule over(Span span) {
        return new PlateauSchedule(this);
    }
}
