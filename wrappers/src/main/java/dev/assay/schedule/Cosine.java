package dev.assay.schedule;

import dev.assay.config.Config;
import dev.assay.config.Doc;
import dev.assay.config.Kind;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.PositiveOrZero;
import org.immutables.value.Value;

/**
 * Linear warm-up, then down along half a cosine (Loshchilov and Hutter 2017); as PyTorch's {@code LinearLR} followed by
 * {@code CosineAnnealingLR}.
 */
@Config
@Kind("cosine")
@Doc("Linear warm-up, then down along half a cosine.")
public non-sealed interface Cosine extends ScheduleConfig {
    @Doc("Part of all steps in which the rate rises, 0 to below 1.")
    @PositiveOrZero @DecimalMax(value = "1", inclusive = false) @Value.Default
    default double warmUp() {
        return 0;
    }

    @Doc("Factor at the first step, where there is a warm-up.")
    @PositiveOrZero @DecimalMax("1") @Value.Default
    default double start() {
        return 0.01;
    }

    @Doc("Factor that is gone down to.")
    @PositiveOrZero @DecimalMax("1") @Value.Default
    default double end() {
        return 0;
    }

    @Override
    default double factor(long step, long steps) {
        long rising = Math.round(warmUp() * steps);
        if (step < rising) {
            return start() + (1 - start()) * step / rising;
        }
        double done = (double) (step - rising) / (steps - rising);
        return end() + (1 - end()) * (1 + Math.cos(Math.PI * done)) / 2;
    }
}
