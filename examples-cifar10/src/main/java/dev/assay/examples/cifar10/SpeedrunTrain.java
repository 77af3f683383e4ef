package dev.assay.examples.cifar10;

import dev.assay.config.Config;
import dev.assay.config.Doc;
import dev.assay.hook.LookaheadConfig;
import dev.assay.optimizer.OptimizerConfig;
import dev.assay.training.TrainingConfig;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import java.util.Optional;
import org.immutables.value.Value;

/** How a classifier is trained in little time: what every training has, and the means of airbench94. */
@Config
public interface SpeedrunTrain extends TrainingConfig {
    @Doc("Part of each target that is spread evenly over all classes, 0 to below 1.")
    @PositiveOrZero @DecimalMax(value = "1", inclusive = false) @Value.Default
    default double labelSmoothing() {
        return 0.2;
    }

    @Doc("Training pictures whose patches the first layer is to make white.")
    @Positive @Value.Default
    default int whitenedExamples() {
        return 5000;
    }

    @Doc("Epochs after which the bias of the first layer stays as it is.")
    @PositiveOrZero @Value.Default
    default int biasEpochs() {
        return 3;
    }

    @Doc("Changes the filters of the convolutions, in place of 'optimizer'.")
    Optional<OptimizerConfig> filterOptimizer();

    @Doc("Slow weights beside those that are trained.")
    Optional<LookaheadConfig> lookahead();
}
