package dev.assay.similarity;

import dev.assay.error.AssayException;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.SingularOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;

/**
 * A matrix taken apart as U diag(values) Vᵀ, of the smaller size.
 *
 * @param left U
 * @param values a column, largest first
 * @param right V, not transposed
 */
record SingularValues(DMatrixRMaj left, DMatrixRMaj values, DMatrixRMaj right) {

    /** Largest first. */
    static double[] of(DMatrixRMaj matrix) {
        SingularValueDecomposition_F64<DMatrixRMaj> svd =
                DecompositionFactory_DDRM.svd(matrix.numRows, matrix.numCols, false, false, true);
        decompose(svd, matrix);
        double[] values = Arrays.copyOf(svd.getSingularValues(), svd.numberOfSingularValues());
        return IntStream.range(0, values.length)
                .mapToDouble(i -> -values[i])
                .sorted()
                .map(value -> -value)
                .toArray();
    }

    static SingularValues decompose(DMatrixRMaj matrix) {
        SingularValueDecomposition_F64<DMatrixRMaj> svd =
                DecompositionFactory_DDRM.svd(matrix.numRows, matrix.numCols, true, true, true);
        decompose(svd, matrix);
        DMatrixRMaj left = svd.getU(null, false);
        DMatrixRMaj right = svd.getV(null, false);
        double[] values = Arrays.copyOf(svd.getSingularValues(), svd.numberOfSingularValues());
        SingularOps_DDRM.descendingOrder(left, false, values, values.length, right, false);
        return new SingularValues(left, new DMatrixRMaj(values), right);
    }

    private static void decompose(SingularValueDecomposition_F64<DMatrixRMaj> svd, DMatrixRMaj matrix) {
        if (!DecompositionFactory_DDRM.decomposeSafe(svd, matrix)) {
            throw new AssayException("The singular values of a matrix of " + matrix.numRows + " × " + matrix.numCols
                    + " could not be found; its values may be too large or too small.");
        }
    }
}
