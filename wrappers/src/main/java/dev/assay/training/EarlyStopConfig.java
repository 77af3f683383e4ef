package dev.assay.training;

import dev.assay.config.Config;
import dev.assay.config.Doc;
import dev.assay.config.Validated;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import org.immutables.value.Value;

/** When a training ends for want of progress. */
@Config
@Doc("When a training ends for want of progress.")
public interface EarlyStopConfig extends Validated {
    @Doc("Metric that is to get better, with its partition, such as val.loss.")
    String metric();

    @Doc("Evaluations without progress after which it ends.")
    @Positive int patience();

    @Doc("What a value must be better by to count as progress.")
    @PositiveOrZero @Value.Default
    default double minDelta() {
        return 0;
    }

    @Doc("Times that, instead of ending, the best state is restored and training goes on at a lower learning rate.")
    @PositiveOrZero @Value.Default
    default int rounds() {
        return 0;
    }

    @Doc("What the learning rate is multiplied by in each such round.")
    @Positive @DecimalMax(value = "1", inclusive = false) @Value.Default
    default double decay() {
        return 0.1;
    }
}
