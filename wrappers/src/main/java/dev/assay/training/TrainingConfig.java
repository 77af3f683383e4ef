package dev.assay.training;

import dev.assay.config.Doc;
import dev.assay.config.Validated;
import dev.assay.optimizer.OptimizerConfig;
import dev.assay.schedule.ImmutableConstant;
import dev.assay.schedule.ScheduleConfig;
import jakarta.validation.constraints.Positive;
import java.util.Optional;
import org.immutables.value.Value;

/** How a model is trained by {@link ModelWrapper}. Made to be extended by an interface marked {@code @Config} that adds keys of its own. */
public interface TrainingConfig extends Validated {
    @Doc("Passes over the training data.")
    @Positive int epochs();

    @Doc("Examples in a step.")
    @Positive int batchSize();

    @Doc("How parameters follow their gradients.")
    OptimizerConfig optimizer();

    @Doc("How the learning rate goes over the training.")
    @Value.Default
    default ScheduleConfig schedule() {
        return ImmutableConstant.builder().build();
    }

    @Doc("Gradients are scaled down to at most this Euclidean norm, taken over all of them.")
    Optional<@Positive Double> clipNorm();

    @Doc("Epochs from one evaluation to the next; there is always one at the end.")
    @Positive @Value.Default
    default int evaluateEvery() {
        return 1;
    }

    @Doc("Whether an epoch leaves out its last batch where that would be smaller than the others.")
    @Value.Default
    default boolean dropLast() {
        return true;
    }
}
