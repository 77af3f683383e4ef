package dev.assay.guide;

import ai.djl.ndarray.NDArray;
import dev.assay.data.Batch;
import dev.assay.engine.Scalars;
import dev.assay.metric.Metric;
import dev.assay.model.Outputs;
import dev.assay.training.EpochContext;
import dev.assay.training.Hook;
import dev.assay.training.StepContext;
import java.util.List;
import java.util.Map;

/** Ends a pass over the data once the mean loss of it is low. */
final class EasyPasses implements Hook {
    private final double limit;
    private double sum;
    private double batches;

    EasyPasses(double limit) {
        this.limit = limit;
    }

    @Override
    public String name() {
        return "easy-passes";
    }

    @Override
    public List<Metric> metrics() {
        return List.of(Metric.minimize("passBatches"));
    }

    @Override
    public void preEpoch(EpochContext epoch) {
        sum = 0;
        batches = 0;
    }

    @Override
    public Outputs postForward(StepContext step, Batch batch, Outputs outputs) {
        sum += Scalars.value(outputs.loss());
        batches++;
        if (batches >= 5 && sum / batches < limit) {
            step.endEpoch();
        }
        return outputs;
    }

    @Override
    public void postEpoch(EpochContext epoch) {
        epoch.record("passBatches", batches);
    }

    @Override
    public Map<String, Double> numbers() {
        return Map.of("sum", sum, "batches", batches);
    }

    @Override
    public void restore(Map<String, NDArray> tensors, Map<String, Double> numbers) {
        sum = numbers.getOrDefault("sum", 0.0);
        batches = numbers.getOrDefault("batches", 0.0);
    }
}
