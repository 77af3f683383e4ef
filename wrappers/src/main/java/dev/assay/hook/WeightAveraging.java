package dev.assay.hook;

import ai.djl.ndarray.NDArray;
import dev.assay.training.EpochContext;
import dev.assay.training.EvaluationContext;
import dev.assay.training.Hook;
import dev.assay.training.Start;
import java.util.Map;

/**
 * Stochastic weight averaging (Izmailov, Podoprikhin, Garipov, Vetrov and Wilson 2018, "Averaging weights leads to wider optima and better
 * generalization"): the equal average of the parameters at the ends of epochs, from a given one on. Evaluations see the average, with
 * statistics of batch norm learned anew for it, and the trial ends with it; training goes on with the weights themselves. The learning rate
 * is the schedule's.
 */
public final class WeightAveraging implements Hook {
    private static final String EPOCHS = "epochs";

    private final WeightAveragingConfig config;
    private double epochs;

    @SuppressWarnings("NullAway.Init") // begin comes before everything else
    private AveragedTensors average;

    public WeightAveraging(WeightAveragingConfig config) {
        this.config = config;
    }

    @Override
    public String name() {
        return "weight-averaging";
    }

    @Override
    public void begin(Start start) {
        average = new AveragedTensors(start);
    }

    @Override
    public void postEpoch(EpochContext epoch) {
        if (epoch.epoch() >= config.fromEpoch()) {
            epochs++;
            average.moveBy(1 / epochs);
        }
    }

    @Override
    public void preEvaluation(EvaluationContext evaluation) {
        if (!average.isEmpty()) {
            average.standIn();
            refresh(evaluation);
        }
    }

    @Override
    public void postEvaluation(EvaluationContext evaluation, Map<String, Double> metrics) {
        average.giveBack();
    }

    @Override
    public void finish(EvaluationContext evaluation) {
        if (!average.isEmpty()) {
            average.finish();
            refresh(evaluation);
        }
    }

    private void refresh(EvaluationContext evaluation) {
        if (!evaluation.model().buffers().isEmpty()) {
            evaluation.refreshStatistics(config.refreshBatches());
        }
    }

    @Override
    public Map<String, NDArray> tensors() {
        return average.tensors();
    }

    @Override
    public Map<String, Double> numbers() {
        return Map.of(EPOCHS, epochs);
    }

    @Override
    public void restore(Map<String, NDArray> tensors, Map<String, Double> numbers) {
        average.restore(tensors);
        epochs = numbers.getOrDefault(EPOCHS, 0.0);
    }
}
