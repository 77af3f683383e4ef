package dev.assay.hook;

import ai.djl.ndarray.NDArray;
import dev.assay.training.EvaluationContext;
import dev.assay.training.Hook;
import dev.assay.training.Start;
import dev.assay.training.StepContext;
import java.util.Map;

/**
 * Keeps an exponential moving average of the parameters (Polyak and Juditsky 1992; as {@code torch.optim.swa_utils.AveragedModel} with
 * {@code get_ema_avg_fn}), moved after each {@link StepContext#update} and first of all set to what that came to. Buffers are copied.
 * Evaluations see the average, and the trial ends with it; training goes on with the weights themselves.
 */
public final class ExponentialAverage implements Hook {
    private static final String UPDATES = "updates";

    private final ExponentialAverageConfig config;
    private double updates;

    @SuppressWarnings("NullAway.Init") // begin comes before everything else
    private AveragedTensors average;

    public ExponentialAverage(ExponentialAverageConfig config) {
        this.config = config;
    }

    @Override
    public String name() {
        return "exponential-average";
    }

    @Override
    public void begin(Start start) {
        average = new AveragedTensors(start);
    }

    @Override
    public void postOptimizer(StepContext step) {
        updates++;
        average.moveBy(1 - decay());
    }

    /** The warm-up is that of TensorFlow's {@code ExponentialMovingAverage} with {@code num_updates}. */
    private double decay() {
        return config.warmup() ? Math.min(config.decay(), (1 + updates) / (10 + updates)) : config.decay();
    }

    @Override
    public void preEvaluation(EvaluationContext evaluation) {
        average.standIn();
    }

    @Override
    public void postEvaluation(EvaluationContext evaluation, Map<String, Double> metrics) {
        average.giveBack();
    }

    @Override
    public void finish(EvaluationContext evaluation) {
        average.finish();
    }

    @Override
    public Map<String, NDArray> tensors() {
        return average.tensors();
    }

    @Override
    public Map<String, Double> numbers() {
        return Map.of(UPDATES, updates);
    }

    @Override
    public void restore(Map<String, NDArray> tensors, Map<String, Double> numbers) {
        average.restore(tensors);
        updates = numbers.getOrDefault(UPDATES, 0.0);
    }
}
