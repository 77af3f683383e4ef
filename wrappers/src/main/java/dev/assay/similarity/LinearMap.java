package dev.assay.similarity;

import dev.assay.error.AssayException;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * A linear map with bias from one representation to another: {@code y = weight x + bias}. A stitching layer starts from it: a linear layer takes the
 * weight as it is, a 1×1 convolution as (out, in, 1, 1).
 *
 * @param weight out × in
 * @param bias one row of one column for each output; zeros where the fit has none
 * @param rSquared part of the variance of y, all units together, that the map explains; 1 for an exact map, below 0 for one worse than the mean
 * @param residual root of the sum of squares of what is left of y, over all examples and units; what is below 1e-8 of y's own is rounding
 */
public record LinearMap(Matrix weight, Matrix bias, double rSquared, double residual) {
    /**
     * What it makes of examples.
     *
     * @throws AssayException if they have another number of units
     */
    public Matrix apply(Matrix examples) {
        if (examples.columns() != weight.columns()) {
            throw new AssayException(
                    "The map takes " + weight.columns() + " units; the examples have " + examples.columns() + ".");
        }
        DMatrixRMaj mapped = new DMatrixRMaj(examples.rows(), weight.rows());
        CommonOps_DDRM.multTransB(examples.values(), weight.values(), mapped);
        for (int i = 0; i < mapped.numRows; i++) {
            for (int j = 0; j < mapped.numCols; j++) {
                mapped.add(i, j, bias.get(0, j));
            }
        }
        return Matrix.wrap(mapped);
    }

    /**
     * Two maps one after the other, through a few units only.
     *
     * @param down rank × in
     * @param up out × rank
     */
    public record Factors(Matrix down, Matrix up) {}

    /**
     * The weight as a product of two of equal size, {@code up down}: exact for a map of that rank or less, such as {@link LowRank} fits, else the
     * nearest (Eckart and Young 1936).
     *
     * @throws AssayException if the rank is not in 1 to the smaller number of units
     */
    public Factors factors(int rank) {
        LowRank.requireRank(rank, weight.columns(), weight.rows());
        SingularValues parts = SingularValues.decompose(weight.values());
        double[] roots =
                Arrays.stream(parts.values().data).limit(rank).map(Math::sqrt).toArray();
        DMatrixRMaj up = CommonOps_DDRM.extract(parts.left(), 0, weight.rows(), 0, rank);
        DMatrixRMaj down = CommonOps_DDRM.extract(parts.right(), 0, weight.columns(), 0, rank);
        CommonOps_DDRM.multCols(up, roots);
        CommonOps_DDRM.multCols(down, roots);
        return new Factors(Matrix.wrap(down).transpose(), Matrix.wrap(up));
    }

    /** Its size and fit, since the values may be many. */
    @Override
    public String toString() {
        return "LinearMap of " + weight.columns() + " to " + weight.rows() + " units, R² " + rSquared;
    }
}
