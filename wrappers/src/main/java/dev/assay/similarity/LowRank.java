package dev.assay.similarity;

import dev.assay.error.AssayException;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Reduced-rank regression (Izenman 1975; with a penalty, Mukherjee and Zhu 2011): the best of the maps that go through {@code rank} units only. Its two
 * layers are {@link LinearMap#factors}.
 *
 * @param rank of the weight, at most
 * @param ridge penalty and bias
 */
public record LowRank(int rank, Ridge ridge) implements LinearFit {

    /** Without a penalty, with a bias. */
    public static LowRank of(int rank) {
        return new LowRank(rank, Ridge.none());
    }

    @Override
    public LinearMap fit(JointMoments moments) {
        requireRank(rank, moments.x().units(), moments.y().units());
        SquareSums sums = ridge.sums(moments);
        DMatrixRMaj whole = ridge.coefficients(sums);
        DMatrixRMaj explained = new DMatrixRMaj(whole.numCols, whole.numCols);
        CommonOps_DDRM.multTransA(whole, sums.xy(), explained);
        Spectrum spectrum = Spectrum.of(symmetric(explained));
        DMatrixRMaj best = spectrum.first(Math.min(rank, spectrum.size())).vectors();
        DMatrixRMaj projected = CommonOps_DDRM.mult(whole, best, null);
        DMatrixRMaj coefficients = new DMatrixRMaj(whole.numRows, whole.numCols);
        CommonOps_DDRM.multTransB(projected, best, coefficients);
        return sums.map(coefficients);
    }

    static void requireRank(int rank, int in, int out) {
        if (rank < 1 || rank > Math.min(in, out)) {
            throw new AssayException("The rank (" + rank + ") of a map of " + in + " to " + out
                    + " units must be in 1 to " + Math.min(in, out) + ".");
        }
    }

    /** It is symmetric but for rounding, which the eigenvalues must not see. */
    private static DMatrixRMaj symmetric(DMatrixRMaj matrix) {
        DMatrixRMaj sum = CommonOps_DDRM.transpose(matrix, null);
        CommonOps_DDRM.addEquals(sum, matrix);
        CommonOps_DDRM.scale(0.5, sum);
        return sum;
    }
}
