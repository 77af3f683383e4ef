package dev.assay.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import dev.assay.data.Batch;
import dev.assay.metric.Metric;
import dev.assay.model.Outputs;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** A measure of scores against true classes that is counted example by example. */
record ClassMeasure(List<Metric> metrics, String logits, String label, Supplier<ClassCounts> counts)
        implements Measure {
    ClassMeasure {
        metrics = List.copyOf(metrics);
    }

    @Override
    public List<String> arguments() {
        return List.of(logits, label);
    }

    @Override
    public Counting begin() {
        ClassCounts counting = counts.get();
        return new Counting() {
            @Override
            public void add(Batch batch, Outputs outputs, List<NDArray> arguments) {
                float[] scores =
                        arguments.get(0).toType(DataType.FLOAT32, false).toFloatArray();
                long[] labels = arguments.get(1).toType(DataType.INT64, false).toLongArray();
                int classes = scores.length / Math.max(1, labels.length);
                for (int i = 0; i < labels.length; i++) {
                    float[] ofExample = Arrays.copyOfRange(scores, i * classes, (i + 1) * classes);
                    counting.add(ofExample, Math.toIntExact(labels[i]));
                }
            }

            @Override
            public Map<String, Double> values() {
                return counting.values();
            }

            @Override
            public Map<String, String> tables() {
                return counting.tables();
            }
        };
    }
}
