package dev.assay.schedule;

import dev.assay.config.Config;
import dev.assay.config.Doc;
import dev.assay.config.Kind;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import org.immutables.value.Value;

/**
 * Up to the full rate and down again (Smith and Topin 2019); as {@code OneCycleLR}, where the peak is at step {@code peak · steps − 1} and the
 * end at the last step.
 */
@Config
@Kind("one-cycle")
@Doc("Up to the full learning rate and down again.")
public non-sealed interface OneCycle extends ScheduleConfig {
    @Doc("Where the full rate is reached, as part of all steps.")
    @Positive @DecimalMax(value = "1", inclusive = false) @Value.Default
    default double peak() {
        return 0.25;
    }

    @Doc("Factor at the first step.")
    @PositiveOrZero @DecimalMax("1") @Value.Default
    default double start() {
        return 0.04;
    }

    @Doc("Factor at the last step.")
    @PositiveOrZero @DecimalMax("1") @Value.Default
    default double end() {
        return 0;
    }

    @Doc("The form of the way up and down: LINEAR or COSINE.")
    @Value.Default
    default Annealing anneal() {
        return Annealing.LINEAR;
    }

    @Override
    default Schedule over(Span span) {
        double top = Math.max(0, peak() * span.steps() - 1);
        double falling = span.steps() - 1 - top;
        return at -> {
            if (at.step() < top) {
                return anneal().between(start(), 1, at.step() / top);
            }
            return falling <= 0 ? 1 : anneal().between(1, end(), Math.min(1, (at.step() - top) / falling));
        };
    }
}
