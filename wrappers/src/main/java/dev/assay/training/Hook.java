package dev.assay.training;

import ai.djl.ndarray.NDArray;
import dev.assay.data.Batch;
import dev.assay.metric.Metric;
import dev.assay.model.Outputs;
import java.util.List;
import java.util.Map;

/**
 * Something that takes part in a training at given points, besides the wrapper: {@link ModelWrapper#hooks} lists those of a trial, and they
 * are called in that order. Whatever a hook remembers from step to step must be in {@link #tensors} and {@link #numbers}, or a resumed
 * training is not the uninterrupted one. An exception out of a hook ends the trial with the hook's name. All methods are called in the
 * trial's thread.
 */
public interface Hook {

    /** Unique among the hooks of a trial; part of the names of what it records and keeps. */
    String name();

    /** Metrics it records, without partition. */
    default List<Metric> metrics() {
        return List.of();
    }

    /** Called once before everything else, also before a training is resumed. */
    default void begin(Start start) {}

    /** Before the first batch of a pass; not again when a training is resumed after it. */
    default void preEpoch(EpochContext epoch) {}

    /** Before the model is run on a batch of the training data; returns the batch it is run on. */
    default Batch preForward(StepContext step, Batch batch) {
        return batch;
    }

    /** After the model was run; returns the outputs, and with them the loss, that the step goes on with. */
    default Outputs postForward(StepContext step, Batch batch, Outputs outputs) {
        return outputs;
    }

    /** After gradients were added to the parameters' by {@link StepContext#backward}. */
    default void postBackward(StepContext step) {}

    /**
     * After an optimizer changed parameters, in each {@link StepContext#update}. Gradients are there in eager steps only.
     */
    default void postOptimizer(StepContext step) {}

    /** After the last batch of a pass, also if {@link StepContext#endEpoch} left some out. */
    default void postEpoch(EpochContext epoch) {}

    /** Before the partitions are evaluated; what is changed in the model here is to be undone by {@link #postEvaluation}, even if this failed. */
    default void preEvaluation(EvaluationContext evaluation) {}

    /**
     * After all partitions were evaluated, or the evaluation was interrupted. Here the hooks are called in reverse, so that what the last has
     * changed in the model is undone first.
     *
     * @param metrics what was found, by full name such as {@code val.loss}; empty if it was interrupted
     */
    default void postEvaluation(EvaluationContext evaluation, Map<String, Double> metrics) {}

    /** Before the state of the training is written down. */
    default void preCheckpoint(long step) {}

    /** When something was thrown that ends the trial. */
    default void onException(Throwable failure) {}

    /** After the last step and before the last evaluation: what the model is now is the result of the trial. */
    default void finish(EvaluationContext evaluation) {}

    /** Arrays it remembers, by name; kept in checkpoints. */
    default Map<String, NDArray> tensors() {
        return Map.of();
    }

    /** Numbers it remembers, by name; kept in checkpoints. */
    default Map<String, Double> numbers() {
        return Map.of();
    }

    /**
     * Takes over what {@link #tensors} and {@link #numbers} gave in an earlier process.
     *
     * @param tensors to be copied
     */
    default void restore(Map<String, NDArray> tensors, Map<String, Double> numbers) {}
}
