package dev.assay.hook;

import dev.assay.config.Config;
import dev.assay.config.Doc;
import dev.assay.config.Validated;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import org.immutables.value.Value;

/** Settings of {@link WeightAveraging}. */
@Config
@Doc("The equal average of the weights at the ends of late epochs, which is evaluated and kept.")
public interface WeightAveragingConfig extends Validated {
    @Doc("First epoch, counted from 0, whose end is averaged over.")
    @PositiveOrZero int fromEpoch();

    @Doc("Batches of the training data from which batch norm learns its statistics anew for the average.")
    @Positive @Value.Default
    default long refreshBatches() {
        return 100;
    }
}
