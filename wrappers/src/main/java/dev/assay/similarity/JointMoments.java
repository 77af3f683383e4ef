package dev.assay.similarity;

import dev.assay.error.AssayException;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Sums over the examples of two representations: the {@link Moments} of each and the products of all units of one with all of the other. What the
 * measures and fits of this package are computed from. Mutable; not for several threads.
 */
public final class JointMoments {
    private final Moments x;
    private final Moments y;
    private final DMatrixRMaj products;
    private final double[] xNormed;
    private final double[] yNormed;
    private double normProducts;

    private JointMoments(Moments x, Moments y) {
        this.x = x;
        this.y = y;
        this.products = new DMatrixRMaj(x.units(), y.units());
        this.xNormed = new double[x.units()];
        this.yNormed = new double[y.units()];
    }

    /** Of no examples yet. */
    public static JointMoments of(int xUnits, int yUnits) {
        return new JointMoments(Moments.of("x", xUnits), Moments.of("y", yUnits));
    }

    /** Of a single batch; more may be added. */
    public static JointMoments of(Matrix x, Matrix y) {
        return of(x.columns(), y.columns()).add(x, y);
    }

    /** Of two moments that others may share; whoever adds to them tells this by {@link #addProducts}. */
    static JointMoments between(Moments x, Moments y) {
        return new JointMoments(x, y);
    }

    /**
     * Takes in examples.
     *
     * @throws AssayException if there are not as many of {@code x} as of {@code y}, units are more or fewer than before, or a value is not finite
     */
    public JointMoments add(Matrix xBatch, Matrix yBatch) {
        requirePaired(xBatch, yBatch);
        y.requireFit(yBatch);
        addProducts(x.include(xBatch), y.include(yBatch));
        return this;
    }

    void addProducts(Moments.Shifted xBatch, Moments.Shifted yBatch) {
        DMatrixRMaj xValues = xBatch.values();
        DMatrixRMaj yValues = yBatch.values();
        CommonOps_DDRM.multAddTransA(xValues, yValues, products);
        for (int i = 0; i < xValues.numRows; i++) {
            double xNorm = xBatch.norms().get(i);
            double yNorm = yBatch.norms().get(i);
            normProducts += xNorm * yNorm;
            addRow(xValues, i, yNorm, xNormed);
            addRow(yValues, i, xNorm, yNormed);
        }
    }

    /** The first representation. */
    public Moments x() {
        return x;
    }

    /** The second representation. */
    public Moments y() {
        return y;
    }

    public long examples() {
        return x.examples();
    }

    /** Sums of the products of deviations from both means, units of x × units of y. */
    DMatrixRMaj scatter() {
        DMatrixRMaj scatter = products.copy();
        for (int i = 0; i < scatter.numRows; i++) {
            for (int j = 0; j < scatter.numCols; j++) {
                scatter.add(i, j, -x.sum()[i] * y.sum()[j] / examples());
            }
        }
        return scatter;
    }

    double hsic() {
        return UnbiasedHsic.of(examples(), products, x, y, xNormed, yNormed, normProducts);
    }

    void requireVaried() {
        x.requireVaried();
        y.requireVaried();
    }

    static void requirePaired(Matrix x, Matrix y) {
        if (x.rows() != y.rows()) {
            throw new AssayException("A batch of x has " + x.rows() + " examples and its batch of y " + y.rows()
                    + "; they must be the same examples.\nMaybe one layer's positions are more than the other's.");
        }
    }

    private static void addRow(DMatrixRMaj values, int row, double factor, double[] total) {
        for (int j = 0; j < total.length; j++) {
            total[j] += values.get(row, j) * factor;
        }
    }
}
