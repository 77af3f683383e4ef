package dev.assay.similarity;

import java.util.List;

/** What is kept of all pairs of layers. */
interface PairGrid {
    /**
     * Takes in a batch.
     *
     * @param before examples of earlier batches
     */
    void add(List<Matrix> x, List<Matrix> y, long before);

    double value(int x, int y);
}
