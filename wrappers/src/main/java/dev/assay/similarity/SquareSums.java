package dev.assay.similarity;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * The sums of products that a linear fit is made of: of deviations from the means where there is a bias, else of the values.
 *
 * @param xx units of x × units of x
 * @param xy units of x × units of y
 * @param yy sum of the squares of y
 * @param spread sum of the squares of y's deviations from its mean
 */
record SquareSums(JointMoments moments, boolean isCentred, DMatrixRMaj xx, DMatrixRMaj xy, double yy, double spread) {

    static SquareSums of(JointMoments moments, boolean isCentred) {
        DMatrixRMaj xx = moments.x().scatter();
        DMatrixRMaj xy = moments.scatter();
        double spread = CommonOps_DDRM.trace(moments.y().scatter());
        double yy = spread;
        if (!isCentred) {
            double examples = moments.examples();
            DMatrixRMaj xMean = moments.x().mean().values();
            DMatrixRMaj yMean = moments.y().mean().values();
            CommonOps_DDRM.multAddTransA(examples, xMean, xMean, xx);
            CommonOps_DDRM.multAddTransA(examples, xMean, yMean, xy);
            yy += examples * CommonOps_DDRM.dot(yMean, yMean);
        }
        return new SquareSums(moments, isCentred, xx, xy, yy, spread);
    }

    /** The map with these coefficients, units of x × units of y, and how well it fits. */
    LinearMap map(DMatrixRMaj coefficients) {
        DMatrixRMaj weight = CommonOps_DDRM.transpose(coefficients, null);
        double explained = 2 * CommonOps_DDRM.dot(flat(coefficients), flat(xy))
                - CommonOps_DDRM.dot(flat(coefficients), flat(CommonOps_DDRM.mult(xx, coefficients, null)));
        double left = Math.max(0, yy - explained);
        return new LinearMap(Matrix.wrap(weight), bias(weight), 1 - left / spread, Math.sqrt(left));
    }

    private Matrix bias(DMatrixRMaj weight) {
        if (!isCentred) {
            return Matrix.wrap(new DMatrixRMaj(1, weight.numRows));
        }
        DMatrixRMaj bias = moments.y().mean().values().copy();
        CommonOps_DDRM.multAddTransB(-1, moments.x().mean().values(), weight, bias);
        return Matrix.wrap(bias);
    }

    private static DMatrixRMaj flat(DMatrixRMaj matrix) {
        return DMatrixRMaj.wrap(matrix.getNumElements(), 1, matrix.data);
    }
}
