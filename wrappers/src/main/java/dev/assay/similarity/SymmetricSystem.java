package dev.assay.similarity;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.decomposition.CholeskyDecomposition_F64;
import org.ejml.interfaces.linsol.LinearSolverDense;

/**
 * Solves {@code A X = B} for a symmetric A without negative eigenvalues: by Cholesky's decomposition where A is regular, else for the X of least size.
 * Rows and columns are first brought to a diagonal of ones, so that units may differ in scale.
 */
final class SymmetricSystem {
    /** Where a pivot falls below this, the unit is a combination of those before. */
    private static final double SINGULAR = 1e-12;

    private SymmetricSystem() {}

    static DMatrixRMaj solve(DMatrixRMaj left, DMatrixRMaj right) {
        double[] scales = scales(left);
        DMatrixRMaj scaled = left.copy();
        CommonOps_DDRM.multRows(scales, scaled);
        CommonOps_DDRM.multCols(scaled, scales);
        DMatrixRMaj target = right.copy();
        CommonOps_DDRM.multRows(scales, target);
        DMatrixRMaj solution = isRegular(scaled) ? solveRegular(scaled, target) : solveLeast(scaled, target);
        CommonOps_DDRM.multRows(scales, solution);
        return solution;
    }

    private static double[] scales(DMatrixRMaj matrix) {
        double[] scales = new double[matrix.numRows];
        for (int i = 0; i < scales.length; i++) {
            double diagonal = matrix.get(i, i);
            scales[i] = diagonal > 0 ? 1 / Math.sqrt(diagonal) : 1;
        }
        return scales;
    }

    private static boolean isRegular(DMatrixRMaj matrix) {
        CholeskyDecomposition_F64<DMatrixRMaj> cholesky = DecompositionFactory_DDRM.chol(matrix.numRows, true);
        if (!DecompositionFactory_DDRM.decomposeSafe(cholesky, matrix)) {
            return false;
        }
        DMatrixRMaj triangle = cholesky.getT(null);
        for (int i = 0; i < triangle.numRows; i++) {
            if (triangle.get(i, i) * triangle.get(i, i) < SINGULAR) {
                return false;
            }
        }
        return true;
    }

    private static DMatrixRMaj solveRegular(DMatrixRMaj left, DMatrixRMaj right) {
        LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.symmPosDef(left.numRows);
        boolean unused = solver.setA(left.copy());
        DMatrixRMaj solution = new DMatrixRMaj(left.numRows, right.numCols);
        solver.solve(right, solution);
        return solution;
    }

    private static DMatrixRMaj solveLeast(DMatrixRMaj left, DMatrixRMaj right) {
        DMatrixRMaj white = Spectrum.of(left).whitening();
        DMatrixRMaj inner = new DMatrixRMaj(white.numCols, right.numCols);
        CommonOps_DDRM.multTransA(white, right, inner);
        return CommonOps_DDRM.mult(white, inner, null);
    }
}
