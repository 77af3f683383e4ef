package dev.assay.schedule;

import dev.assay.config.Config;
import dev.assay.config.Doc;
import dev.assay.config.Kind;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import org.immutables.value.Value;

/**
 * Up to the full rate and down again along straight lines (Smith and Topin 2019); as PyTorch's {@code OneCycleLR} with linear annealing,
 * where the peak is at step {@code peak · steps − 1} and the end at the last step.
 */
@Config
@Kind("one-cycle")
@Doc("Up to the full learning rate and down again, along straight lines.")
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

    @Override
    default double factor(long step, long steps) {
        double top = Math.max(0, peak() * steps - 1);
        if (step < top) {
            return start() + (1 - start()) * step / top;
        }
        double falling = steps - 1 - top;
        return falling <= 0 ? 1 : 1 + (end() - 1) * (step - top) / falling;
    }
}
