package dev.assay.training;

import dev.assay.config.Doc;
import dev.assay.config.Stateless;
import dev.assay.config.Validated;
import dev.assay.optimizer.OptimizerConfig;
import dev.assay.schedule.ImmutableConstant;
import dev.assay.schedule.ScheduleConfig;
import dev.assay.sink.Sink;
import jakarta.validation.constraints.Positive;
import java.util.List;
import java.util.Optional;
import org.immutables.value.Value;

/** How a model is trained by {@link ModelWrapper}. Made to be extended by an interface marked {@code @Config} that adds keys of its own. */
public interface TrainingConfig extends Validated {
    @Doc("Passes over the training data.")
    @Positive int epochs();

    @Doc("Examples in a batch.")
    @Positive int batchSize();

    @Doc("Batches in a step: their gradients are averaged by examples. The last step of an epoch may have fewer.")
    @Positive @Value.Default
    default int accumulate() {
        return 1;
    }

    @Doc("How parameters follow their gradients.")
    OptimizerConfig optimizer();

    @Doc("How the learning rate goes over the training.")
    @Value.Default
    default ScheduleConfig schedule() {
        return ImmutableConstant.builder().build();
    }

    @Doc("Gradients are scaled down to at most this Euclidean norm, taken over all of them.")
    Optional<@Positive Double> clipNorm();

    @Doc("Each number of a gradient is limited to this absolute value.")
    Optional<@Positive Double> clipValue();

    @Doc("From one evaluation to the next; there is always one at the end.")
    @Value.Default
    default Every evaluateEvery() {
        return Every.epochs(1);
    }

    @Doc("From one record of training metrics to the next; there is always one at the end of an epoch.")
    @Value.Default
    @Stateless
    default Every recordEvery() {
        return Every.epochs(0.05);
    }

    @Doc("Training metrics are averaged over so many last steps, instead of those since the last record.")
    @Stateless
    Optional<@Positive Integer> window();

    @Doc("Whether an epoch leaves out its last batch where that would be smaller than the others.")
    @Value.Default
    default boolean dropLast() {
        return true;
    }

    @Doc("Batches of an epoch and of an evaluation that are used, for trying things out.")
    Optional<@Positive Integer> limitBatches();

    @Doc("Metrics whose best states are kept, with their partition, such as val.accuracy.")
    List<String> best();

    @Doc(
            "Whether the training ends with the best state by the first metric of 'best', if there is one, and not with the last state.")
    @Value.Default
    default boolean restoreBest() {
        return true;
    }

    @Doc("When it ends for want of progress.")
    Optional<EarlyStopConfig> earlyStop();

    @Doc("When it is given up because its loss has grown.")
    Optional<DivergenceConfig> divergence();

    @Doc("How the engine is given the work of a step.")
    @Value.Default
    default ExecutionConfig execution() {
        return ImmutableAuto.builder().build();
    }

    @Doc("When the state is written down.")
    @Value.Default
    default CheckpointConfig checkpoint() {
        return ImmutableCheckpointConfig.builder().build();
    }

    @Doc(
            "Names of model outputs, or of arrays of the batch, that are kept of each evaluated partition when the training has ended.")
    @Stateless
    List<String> outputs();

    @Doc("Where recorded values go besides the store.")
    @Stateless
    List<Sink> sinks();
}
