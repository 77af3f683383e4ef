package dev.assay.examples.cifar10;

import dev.assay.config.Config;
import dev.assay.config.Doc;
import dev.assay.training.TrainingConfig;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.PositiveOrZero;
import org.immutables.value.Value;

/** How a classifier is trained: what every training has, and label smoothing. */
@Config
public interface ClassifierTrain extends TrainingConfig {
    @Doc("Part of each target that is spread evenly over all classes, 0 to below 1.")
    @PositiveOrZero @DecimalMax(value = "1", inclusive = false) @Value.Default
    default double labelSmoothing() {
        return 0;
    }
}
