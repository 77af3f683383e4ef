package dev.assay.schedule;

import dev.assay.config.Config;
import dev.assay.config.Doc;
import dev.assay.config.Kind;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.PositiveOrZero;
import org.immutables.value.Value;

/** Down along half a cosine (Loshchilov and Hutter 2017); as {@code CosineAnnealingLR} over the whole training. */
@Config
@Kind("cosine")
@Doc("Down along half a cosine.")
public non-sealed interface Cosine extends ScheduleConfig {
    @Doc("Factor that is gone down to.")
    @PositiveOrZero @DecimalMax("1") @Value.Default
    default double end() {
        return 0;
    }

    @Override
    default Schedule over(Span span) {
        return at -> Annealing.COSINE.between(1, end(), span.done(at));
    }
}
