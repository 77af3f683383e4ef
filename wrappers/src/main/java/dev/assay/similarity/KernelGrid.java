package dev.assay.similarity;

import dev.assay.error.AssayException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.ejml.data.DMatrixRMaj;

/**
 * Unbiased estimates of HSIC from each batch, averaged over the batches, of all pairs of layers. A batch counts by its examples, which is the mean of
 * Nguyen, Raghu and Kornblith (2021) where all batches are of one size.
 */
final class KernelGrid implements PairGrid {
    private final List<String> xLayers;
    private final List<String> yLayers;
    private final double[] x;
    private final double[] y;
    private final DMatrixRMaj pairs;
    private boolean isEmpty = true;

    KernelGrid(List<String> xLayers, List<String> yLayers) {
        this.xLayers = xLayers;
        this.yLayers = yLayers;
        this.x = new double[xLayers.size()];
        this.y = new double[yLayers.size()];
        this.pairs = new DMatrixRMaj(x.length, y.length);
    }

    @Override
    public void add(List<Matrix> xBatch, List<Matrix> yBatch, long before) {
        addKernels(
                kernels(xLayers, xBatch, (name, batch) -> BatchKernel.of(name, batch, before)),
                kernels(yLayers, yBatch, (name, batch) -> BatchKernel.of(name, batch, before)));
    }

    /** The same, from products of all pairs of examples, less their mean. */
    void addProducts(List<Matrix> xBatch, List<Matrix> yBatch, long before) {
        addKernels(
                kernels(xLayers, xBatch, (name, products) -> BatchKernel.ofProducts(name, products, before)),
                kernels(yLayers, yBatch, (name, products) -> BatchKernel.ofProducts(name, products, before)));
    }

    private void addKernels(List<BatchKernel> xKernels, List<BatchKernel> yKernels) {
        addOwn(x, xKernels);
        addOwn(y, yKernels);
        for (int i = 0; i < x.length; i++) {
            BatchKernel kernel = xKernels.get(i);
            for (int j = 0; j < y.length; j++) {
                pairs.add(i, j, kernel.examples() * kernel.hsic(yKernels.get(j)));
            }
        }
        isEmpty = false;
    }

    @Override
    public double value(int xLayer, int yLayer) {
        requireVaried(xLayers.get(xLayer), x[xLayer]);
        requireVaried(yLayers.get(yLayer), y[yLayer]);
        return pairs.get(xLayer, yLayer) / Math.sqrt(x[xLayer]) / Math.sqrt(y[yLayer]);
    }

    private static List<BatchKernel> kernels(
            List<String> layers, List<Matrix> batch, BiFunction<String, Matrix, BatchKernel> kernel) {
        List<BatchKernel> kernels = new ArrayList<>();
        for (int i = 0; i < layers.size(); i++) {
            kernels.add(kernel.apply(layers.get(i), batch.get(i)));
        }
        return kernels;
    }

    private static void addOwn(double[] totals, List<BatchKernel> kernels) {
        for (int i = 0; i < totals.length; i++) {
            BatchKernel kernel = kernels.get(i);
            totals[i] += kernel.examples() * kernel.hsic(kernel);
        }
    }

    private void requireVaried(String layer, double own) {
        if (isEmpty) {
            throw new AssayException("There are no examples to compare layers on.");
        }
        if (!(own > 0)) {
            throw new AssayException("The examples of (" + layer
                    + ") are the same in each batch, so there is nothing to compare.\nMaybe its units are dead.");
        }
    }
}
