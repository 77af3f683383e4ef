package dev.assay.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import dev.assay.data.Batch;
import dev.assay.engine.Scalars;
import dev.assay.metric.Metric;
import dev.assay.model.Outputs;

/** A metric and how its value for one batch comes about; over a partition, values are averaged by number of examples. */
public interface Measure {

    /** What is measured, by the name without partition. */
    Metric metric();

    /** Whether model and batch have what is needed; where not, the metric is left out. */
    boolean isFor(Outputs outputs, Batch batch);

    /** The mean over the examples of a batch. */
    double of(Outputs outputs, Batch batch);

    /** The model's own loss, called {@code loss}. */
    static Measure loss() {
        return new ModelLoss();
    }

    /** Part of the examples whose highest score is that of their label, called {@code accuracy}. */
    static Measure accuracy(String logits, String label) {
        return new Accuracy(logits, label);
    }

    /** See {@link #loss}. */
    record ModelLoss() implements Measure {
        @Override
        public Metric metric() {
            return Metric.minimize("loss");
        }

        @Override
        public boolean isFor(Outputs outputs, Batch batch) {
            return outputs.hasLoss();
        }

        @Override
        public double of(Outputs outputs, Batch batch) {
            return Scalars.value(outputs.loss());
        }
    }

    /** See {@link #accuracy}. */
    record Accuracy(String logits, String label) implements Measure {
        @Override
        public Metric metric() {
            return Metric.maximize("accuracy").withUnit("fraction");
        }

        @Override
        public boolean isFor(Outputs outputs, Batch batch) {
            return outputs.names().contains(logits) && batch.names().contains(label);
        }

        @Override
        public double of(Outputs outputs, Batch batch) {
            NDArray labels = batch.get(label).toType(DataType.INT64, false).flatten();
            NDArray hits = outputs.get(logits).argMax(1).eq(labels);
            return Scalars.value(hits.toType(DataType.INT64, false).sum()) / batch.size();
        }
    }
}
