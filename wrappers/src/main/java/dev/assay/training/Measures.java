package dev.assay.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import dev.assay.data.Batch;
import dev.assay.engine.Scalars;
import dev.assay.metric.Metric;
import dev.assay.model.Outputs;
import java.util.List;
import java.util.Map;

/** The usual measures. Averages over a partition count every example once, whatever the batches. */
public final class Measures {
    private Measures() {}

    /** The model's own loss, called {@code loss}; left out for a model without one. */
    public static Measure loss() {
        return new ModelLoss();
    }

    /**
     * Part of the examples whose highest score is that of their label, called {@code accuracy}.
     *
     * @param logits name of the scores, of shape (N, classes)
     * @param label name of the true classes, whole numbers of shape (N)
     */
    public static Measure accuracy(String logits, String label) {
        return Measure.mean(
                Metric.maximize("accuracy").asFraction(),
                List.of(logits, label),
                arrays -> accuracy(arrays.get(0), arrays.get(1)));
    }

    /**
     * Part of the examples whose label is among the {@code k} highest scores, called {@code top<k>Accuracy}. Of equal scores the lower
     * class comes first.
     */
    public static Measure topAccuracy(int k, String logits, String label) {
        return new ClassMeasure(
                List.of(Metric.maximize("top" + k + "Accuracy").asFraction()),
                logits,
                label,
                () -> new ClassCounts.Top(k));
    }

    /**
     * Precision, recall and F1 of many classes, each the unweighted mean over the classes that occur, called {@code precision},
     * {@code recall} and {@code f1}; {@code average="macro"} of scikit-learn, a ratio of nothing to nothing being 0.
     */
    public static Measure precisionAndRecall(String logits, String label) {
        return new ClassMeasure(
                List.of(
                        Metric.maximize("precision").asFraction(),
                        Metric.maximize("recall").asFraction(),
                        Metric.maximize("f1").asFraction()),
                logits,
                label,
                ClassCounts.Macro::new);
    }

    /**
     * Expected calibration error over bins of equal width: how far confidence and accuracy are apart, called {@code calibrationError} (Guo
     * and others 2017).
     */
    public static Measure calibrationError(int bins, String logits, String label) {
        return new ClassMeasure(
                List.of(Metric.minimize("calibrationError").asFraction()),
                logits,
                label,
                () -> new ClassCounts.Calibration(bins));
    }

    /** How many examples of each class were taken for each class: a table called {@code confusion}, a row for each true class. */
    public static Measure confusion(String logits, String label) {
        return new ClassMeasure(List.of(), logits, label, ClassCounts.Confusion::new);
    }

    private static NDArray accuracy(NDArray logits, NDArray label) {
        NDArray labels = label.toType(DataType.INT64, false).flatten();
        NDArray hits = logits.argMax(1).eq(labels);
        // A sum of whole numbers divided once in double is exact; a mean in float32 is not.
        return hits.toType(DataType.FLOAT64, false).mean();
    }

    private record ModelLoss() implements Measure {
        @Override
        public List<Metric> metrics() {
            return List.of(Metric.minimize("loss"));
        }

        @Override
        public List<String> arguments() {
            return List.of();
        }

        @Override
        public boolean isFor(Batch batch, Outputs outputs) {
            return outputs.hasLoss();
        }

        @Override
        public Counting begin() {
            Averages averages = new Averages();
            return new Counting() {
                @Override
                public void add(Batch batch, Outputs outputs, List<NDArray> arguments) {
                    averages.add("loss", Scalars.value(outputs.loss()), batch.size());
                }

                @Override
                public Map<String, Double> values() {
                    return averages.means();
                }
            };
        }
    }
}
