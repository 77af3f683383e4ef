package dev.assay.similarity;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.NormOps_DDRM;

/**
 * The unbiased estimate of the Hilbert-Schmidt independence criterion (Song, Smola, Gretton, Bedo and Borgwardt 2012, equation 5) with linear kernels,
 * from sums over the examples. With K and L the products of all pairs of examples, their diagonals set to zero, it is
 *
 * <pre>{@code (tr(KL) + ΣK ΣL / ((n−1)(n−2)) − 2/(n−2) Σ(KL)) / (n(n−3))}</pre>
 */
final class UnbiasedHsic {
    private UnbiasedHsic() {}

    /** Fewer have no such estimate. */
    static final int LEAST_EXAMPLES = 4;

    /**
     * The estimate; it does not change when either is moved.
     *
     * @param products sum of x yᵀ
     * @param xNormed sum of x |y|²
     * @param yNormed sum of y |x|²
     * @param normProducts sum of |x|² |y|²
     */
    static double of(
            long n,
            DMatrixRMaj products,
            Moments x,
            Moments y,
            double[] xNormed,
            double[] yNormed,
            double normProducts) {
        double square = NormOps_DDRM.fastNormF(products);
        double trace = square * square - normProducts;
        double xTotal = dot(x.sum(), x.sum()) - x.norms();
        double yTotal = dot(y.sum(), y.sum()) - y.norms();
        double both =
                bilinear(x.sum(), products, y.sum()) - dot(x.sum(), xNormed) - dot(y.sum(), yNormed) + normProducts;
        return of((double) n, trace, xTotal, yTotal, both);
    }

    /**
     * The estimate.
     *
     * @param trace of KL
     * @param xTotal of K
     * @param yTotal of L
     * @param both sum of KL
     */
    static double of(double n, double trace, double xTotal, double yTotal, double both) {
        return (trace + xTotal * yTotal / ((n - 1) * (n - 2)) - 2 / (n - 2) * both) / (n * (n - 3));
    }

    static double dot(double[] a, double[] b) {
        double total = 0;
        for (int i = 0; i < a.length; i++) {
            total += a[i] * b[i];
        }
        return total;
    }

    private static double bilinear(double[] x, DMatrixRMaj matrix, double[] y) {
        double total = 0;
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < y.length; j++) {
                total += x[i] * matrix.get(i, j) * y[j];
            }
        }
        return total;
    }
}
