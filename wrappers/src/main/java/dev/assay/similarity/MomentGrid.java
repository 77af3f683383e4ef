package dev.assay.similarity;

import dev.assay.error.AssayException;
import java.util.ArrayList;
import java.util.List;

/** Sums over the units of all pairs of layers. */
final class MomentGrid implements PairGrid {
    /** Sums of products of more units do not fit in memory for long: 4096 squared are 134 MB. */
    private static final int MOST_UNITS = 4096;

    private final List<String> xLayers;
    private final List<String> yLayers;
    private final SimilarityMeasure measure;
    private final List<Moments> x = new ArrayList<>();
    private final List<Moments> y = new ArrayList<>();
    private final List<List<JointMoments>> pairs = new ArrayList<>();

    MomentGrid(List<String> xLayers, List<String> yLayers, SimilarityMeasure measure) {
        this.xLayers = xLayers;
        this.yLayers = yLayers;
        this.measure = measure;
    }

    @Override
    public void add(List<Matrix> xBatch, List<Matrix> yBatch, long before) {
        if (pairs.isEmpty()) {
            begin(xBatch, yBatch);
        }
        List<Moments.Shifted> xShifted = include(x, xBatch);
        List<Moments.Shifted> yShifted = include(y, yBatch);
        for (int i = 0; i < xShifted.size(); i++) {
            for (int j = 0; j < yShifted.size(); j++) {
                pairs.get(i).get(j).addProducts(xShifted.get(i), yShifted.get(j));
            }
        }
    }

    @Override
    public double value(int xLayer, int yLayer) {
        if (pairs.isEmpty()) {
            throw new AssayException("There are no examples to compare layers on.");
        }
        return measure.of(pairs.get(xLayer).get(yLayer));
    }

    private void begin(List<Matrix> xBatch, List<Matrix> yBatch) {
        open(x, xLayers, xBatch);
        open(y, yLayers, yBatch);
        for (Moments each : x) {
            pairs.add(y.stream().map(other -> JointMoments.between(each, other)).toList());
        }
    }

    private static void open(List<Moments> moments, List<String> layers, List<Matrix> batch) {
        for (int i = 0; i < layers.size(); i++) {
            int units = batch.get(i).columns();
            if (units > MOST_UNITS) {
                throw new AssayException("Layer (" + layers.get(i) + ") has " + units + " units; this measure takes "
                        + MOST_UNITS + " at most.\nMaybe compare means over positions, or measure (cka).");
            }
            moments.add(Moments.of(layers.get(i), units));
        }
    }

    private static List<Moments.Shifted> include(List<Moments> moments, List<Matrix> batch) {
        List<Moments.Shifted> shifted = new ArrayList<>();
        for (int i = 0; i < moments.size(); i++) {
            shifted.add(moments.get(i).include(batch.get(i)));
        }
        return shifted;
    }
}
