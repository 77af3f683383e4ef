package dev.assay.similarity;

import dev.assay.error.AssayException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The similarity of every layer of one network with every layer of another, from batches of activations on the same examples. What a layer needs for
 * all its pairs is computed once. Mutable; not for several threads.
 */
public final class LayerSimilarity {
    private final SimilarityMeasure measure;
    private final List<String> xLayers;
    private final List<String> yLayers;
    private final PairGrid grid;
    private long examples;

    private LayerSimilarity(SimilarityMeasure measure, List<String> xLayers, List<String> yLayers) {
        this.measure = measure;
        this.xLayers = List.copyOf(xLayers);
        this.yLayers = List.copyOf(yLayers);
        this.grid = measure.isByBatches()
                ? new KernelGrid(this.xLayers, this.yLayers)
                : new MomentGrid(this.xLayers, this.yLayers, measure);
    }

    @FunctionalInterface
    private interface BatchSink {
        void add(List<Matrix> x, List<Matrix> y, long before);
    }

    /** Of no examples yet. */
    public static LayerSimilarity of(SimilarityMeasure measure, List<String> xLayers, List<String> yLayers) {
        return new LayerSimilarity(measure, xLayers, yLayers);
    }

    /** Of one representation with one other: CKA by batches is had by this. */
    public static LayerSimilarity ofPair(SimilarityMeasure measure) {
        return of(measure, List.of("x"), List.of("y"));
    }

    /** Takes in a batch of {@link #ofPair}. */
    public LayerSimilarity add(Matrix x, Matrix y) {
        return add(Map.of(xLayers.get(0), x), Map.of(yLayers.get(0), y));
    }

    /**
     * Takes in a batch.
     *
     * @param x activations by layer, examples × units
     * @param y likewise, of the same examples
     * @throws AssayException if a layer is missing, examples are not as many in all, or a value is not finite
     */
    public LayerSimilarity add(Map<String, Matrix> x, Map<String, Matrix> y) {
        return add(x, y, grid::add);
    }

    /**
     * Takes in a batch of which the products are there: an engine has them sooner than this does. For measures by batches only.
     *
     * @param x by layer, the inner products of all pairs of the batch's examples, less their mean; examples × examples
     * @param y likewise, of the same examples
     * @throws AssayException likewise, or if the measure is none by batches
     */
    public LayerSimilarity addProducts(Map<String, Matrix> x, Map<String, Matrix> y) {
        if (!(grid instanceof KernelGrid kernels)) {
            throw new AssayException(
                    "Measure (" + measure + ") is made of the examples; products of their pairs do not do.");
        }
        return add(x, y, kernels::addProducts);
    }

    private LayerSimilarity add(Map<String, Matrix> x, Map<String, Matrix> y, BatchSink sink) {
        List<Matrix> xBatch = inOrder(x, xLayers);
        List<Matrix> yBatch = inOrder(y, yLayers);
        int count = xBatch.get(0).rows();
        requireExamples(count, xLayers, xBatch);
        requireExamples(count, yLayers, yBatch);
        sink.add(xBatch, yBatch, examples);
        examples += count;
        return this;
    }

    public SimilarityMeasure measure() {
        return measure;
    }

    public List<String> xLayers() {
        return xLayers;
    }

    public List<String> yLayers() {
        return yLayers;
    }

    public long examples() {
        return examples;
    }

    /**
     * The similarities, layers of x × layers of y.
     *
     * @throws AssayException if there are too few examples, or those of a layer are all the same
     */
    public Matrix values() {
        double[] values = new double[xLayers.size() * yLayers.size()];
        for (int i = 0; i < xLayers.size(); i++) {
            for (int j = 0; j < yLayers.size(); j++) {
                values[i * yLayers.size() + j] = grid.value(i, j);
            }
        }
        return Matrix.of(xLayers.size(), yLayers.size(), values);
    }

    private static List<Matrix> inOrder(Map<String, Matrix> batch, List<String> layers) {
        List<Matrix> matrices = new ArrayList<>();
        for (String layer : layers) {
            Matrix matrix = batch.get(layer);
            if (matrix == null) {
                throw new AssayException(
                        "A batch has layers " + batch.keySet() + "; layer (" + layer + ") is missing.");
            }
            matrices.add(matrix);
        }
        return matrices;
    }

    private static void requireExamples(int count, List<String> layers, List<Matrix> batch) {
        for (int i = 0; i < batch.size(); i++) {
            if (batch.get(i).rows() != count) {
                throw new AssayException("Layer (" + layers.get(i) + ") has "
                        + batch.get(i).rows() + " examples in a batch where another has " + count
                        + ".\nMaybe positions were taken for examples: layers differ in their number.");
            }
        }
    }
}
