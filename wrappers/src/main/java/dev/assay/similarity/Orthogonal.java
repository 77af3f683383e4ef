package dev.assay.similarity;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Orthogonal Procrustes (Schönemann 1966): the rotation, reflections allowed, that brings x nearest to y; as {@code
 * scipy.linalg.orthogonal_procrustes} where there is no bias. Where units differ in number, the weight has orthonormal rows or columns, whichever are
 * fewer.
 *
 * @param hasBias whether the means are brought together too
 */
public record Orthogonal(boolean hasBias) implements LinearFit {

    @Override
    public LinearMap fit(JointMoments moments) {
        moments.y().requireExamples(2, "Orthogonal Procrustes");
        moments.y().requireVaried();
        SquareSums sums = SquareSums.of(moments, hasBias);
        SingularValues parts = SingularValues.decompose(sums.xy());
        DMatrixRMaj coefficients = new DMatrixRMaj(sums.xy().numRows, sums.xy().numCols);
        CommonOps_DDRM.multTransB(parts.left(), parts.right(), coefficients);
        return sums.map(coefficients);
    }

    /**
     * How near the best rotation brings two representations, both moved to mean zero and scaled to size one: 1 where one is a rotated and scaled copy
     * of the other, 0 where no unit of one varies with any of the other. The root of 2 − 2 times it is the Procrustes distance (Ding, Denain and
     * Steinhardt 2021 give its square).
     *
     * @throws dev.assay.error.AssayException if all examples are the same, or fewer than 2
     */
    public static double similarity(JointMoments moments) {
        moments.x().requireExamples(2, "Orthogonal Procrustes");
        moments.requireVaried();
        double nuclear = 0;
        for (double value : SingularValues.of(moments.scatter())) {
            nuclear += value;
        }
        double sizes = Math.sqrt(CommonOps_DDRM.trace(moments.x().scatter()))
                * Math.sqrt(CommonOps_DDRM.trace(moments.y().scatter()));
        return Math.min(1, nuclear / sizes);
    }
}
