package dev.assay.similarity;

import dev.assay.error.AssayException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * A symmetric matrix without negative eigenvalues, taken apart.
 *
 * @param values a column of the eigenvalues that are not rounding, largest first
 * @param vectors their vectors as columns
 */
record Spectrum(DMatrixRMaj values, DMatrixRMaj vectors) {
    /** An eigenvalue below this part of the largest is rounding: sums over many examples are exact to about 1e-14 of themselves. */
    private static final double ROUNDING = 1e-12;

    static Spectrum of(DMatrixRMaj matrix) {
        EigenDecomposition_F64<DMatrixRMaj> found = DecompositionFactory_DDRM.eig(matrix.numRows, true, true);
        if (!DecompositionFactory_DDRM.decomposeSafe(found, matrix)) {
            throw new AssayException("The eigenvalues of a matrix of " + matrix.numRows + " × " + matrix.numCols
                    + " could not be found; its values may be too large or too small.");
        }
        int[] order = IntStream.range(0, matrix.numRows)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -found.getEigenvalue(i).getReal()))
                .mapToInt(Integer::intValue)
                .toArray();
        double largest = order.length == 0 ? 0 : found.getEigenvalue(order[0]).getReal();
        int rank = (int) Arrays.stream(order)
                .filter(i -> found.getEigenvalue(i).getReal() > ROUNDING * largest)
                .count();
        double[] values = new double[rank];
        DMatrixRMaj vectors = new DMatrixRMaj(matrix.numRows, rank);
        for (int k = 0; k < rank; k++) {
            values[k] = found.getEigenvalue(order[k]).getReal();
            CommonOps_DDRM.insert(Objects.requireNonNull(found.getEigenVector(order[k])), vectors, 0, k);
        }
        return new Spectrum(new DMatrixRMaj(values), vectors);
    }

    int size() {
        return values.numRows;
    }

    double sum() {
        return CommonOps_DDRM.elementSum(values);
    }

    /** The first few that together are that part of the sum, at least one. */
    Spectrum keeping(double part) {
        if (part >= 1) {
            return this;
        }
        double wanted = part * sum();
        double total = 0;
        int count = 0;
        while (count == 0 || total < wanted) {
            total += values.get(count++);
        }
        return first(count);
    }

    /** The first few. */
    Spectrum first(int count) {
        return new Spectrum(
                CommonOps_DDRM.extract(values, 0, count, 0, 1),
                CommonOps_DDRM.extract(vectors, 0, vectors.numRows, 0, count));
    }

    /** Vectors divided by the roots of their eigenvalues. */
    DMatrixRMaj whitening() {
        DMatrixRMaj white = vectors.copy();
        double[] factors =
                Arrays.stream(values.data).map(value -> 1 / Math.sqrt(value)).toArray();
        CommonOps_DDRM.multCols(white, factors);
        return white;
    }
}
