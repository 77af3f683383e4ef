package dev.assay.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.assay.activation.ActivationFile;
import dev.assay.activation.Units;
import dev.assay.engine.Scope;
import dev.assay.error.AssayException;
import dev.assay.run.FinishedTrial;
import dev.assay.run.NodeSelection;
import dev.assay.run.Similarities;
import dev.assay.similarity.LayerSimilarity;
import dev.assay.similarity.Matrix;
import dev.assay.similarity.SimilarityMeasure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Two networks run side by side on the same examples, whose layers are compared as they go. */
final class NetworkComparison {
    private NetworkComparison() {}

    static Similarities compare(
            FinishedTrial<?> first, FinishedTrial<?> second, NodeSelection selection, Similarities.Question question)
            throws IOException {
        SimilarityMeasure measure = SimilarityMeasure.parse(question.measure());
        Units units = Units.parse(question.units());
        try (NDManager memory = NDManager.newBaseManager()) {
            TrainedNetwork x = TrainedNetwork.open(first, selection, memory);
            TrainedNetwork y = TrainedNetwork.open(second, selection, memory);
            requireSame(x.examples(), y.examples());
            LayerSimilarity layers = LayerSimilarity.of(measure, x.nodes(), y.nodes());
            add(x, y, units, ActivationFile.evenBatch(x.examples(), question.batchSize()), layers);
            return new Similarities(measure.toString(), x.nodes(), y.nodes(), rows(layers.values()), layers.examples());
        }
    }

    private static void add(TrainedNetwork x, TrainedNetwork y, Units units, int batchSize, LayerSimilarity layers) {
        try (TrainedNetwork.Values xValues = x.values(batchSize);
                TrainedNetwork.Values yValues = y.values(batchSize)) {
            while (xValues.hasNext()) {
                try (Scope xScope = x.scope();
                        Scope yScope = y.scope()) {
                    TrainedNetwork.Step xStep = xValues.next(xScope);
                    TrainedNetwork.Step yStep = yValues.next(yScope);
                    requireSame(xStep.inputs(), yStep.inputs());
                    addStep(xStep.values(), yStep.values(), units, layers);
                }
            }
        }
    }

    /** Products of whole layers are the engine's work; it is some ten times as fast at it. */
    private static void addStep(
            Map<String, NDArray> xValues, Map<String, NDArray> yValues, Units units, LayerSimilarity layers) {
        if (layers.measure().isByBatches()) {
            layers.addProducts(map(xValues, units::products), map(yValues, units::products));
        } else {
            layers.add(map(xValues, units::of), map(yValues, units::of));
        }
    }

    private static Map<String, Matrix> map(Map<String, NDArray> values, Function<NDArray, Matrix> change) {
        Map<String, Matrix> changed = new LinkedHashMap<>();
        values.forEach((node, value) -> changed.put(node, change.apply(value)));
        return changed;
    }

    private static void requireSame(long xExamples, long yExamples) {
        if (xExamples != yExamples) {
            throw new AssayException("The partition has " + xExamples + " examples in the first trial and " + yExamples
                    + " in the second; layers are compared on the same examples."
                    + "\nMaybe choose another partition, or so many of the first examples of both.");
        }
    }

    /** Labels tell examples apart where pictures, which may be normalised otherwise, do not. */
    private static void requireSame(Map<String, NDArray> x, Map<String, NDArray> y) {
        x.forEach((name, array) -> {
            NDArray other = y.get(name);
            boolean isLabel = array.getDataType() == DataType.INT64;
            if (isLabel && other != null && !array.contentEquals(other)) {
                throw new AssayException(
                        "Array (" + name + ") differs between the trials' examples; layers are compared"
                                + " on the same examples.\nMaybe the trials split their data by different seeds.");
            }
        });
    }

    private static List<List<Double>> rows(Matrix values) {
        List<List<Double>> rows = new ArrayList<>();
        for (int i = 0; i < values.rows(); i++) {
            List<Double> row = new ArrayList<>();
            for (int j = 0; j < values.columns(); j++) {
                row.add(values.get(i, j));
            }
            rows.add(row);
        }
        return rows;
    }
}
