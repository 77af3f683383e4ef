package dev.assay.similarity;

import dev.assay.error.AssayException;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.NormOps_DDRM;

/** Products of all pairs of a batch's examples, the diagonal set to zero: examples × examples numbers, however many units there are. */
final class BatchKernel {
    /** What is left of a batch below this part of its size, when its mean is gone, is rounding. */
    private static final double ROUNDING = 1e-14;

    private final DMatrixRMaj kernel;
    private final double[] rowSums;
    private final double total;

    private BatchKernel(DMatrixRMaj kernel) {
        this.kernel = kernel;
        this.rowSums = CommonOps_DDRM.sumRows(kernel, null).data;
        this.total = CommonOps_DDRM.elementSum(kernel);
    }

    /**
     * The kernel of a batch.
     *
     * @param name of the representation, for messages
     * @param before examples of earlier batches
     */
    static BatchKernel of(String name, Matrix batch, long before) {
        requireEnough(name, batch.rows());
        Moments.requireFinite(name, batch, before);
        DMatrixRMaj centred = centred(batch);
        DMatrixRMaj kernel = new DMatrixRMaj(batch.rows(), batch.rows());
        CommonOps_DDRM.multTransB(centred, centred, kernel);
        return withoutDiagonal(kernel);
    }

    /**
     * The kernel of a batch whose products are there.
     *
     * @param products of all pairs of examples, less their mean
     */
    static BatchKernel ofProducts(String name, Matrix products, long before) {
        requireEnough(name, products.rows());
        if (products.columns() != products.rows()) {
            throw new AssayException("The products of all pairs of " + products.rows() + " examples of (" + name
                    + ") must be a square; there are " + products.columns() + " columns.");
        }
        Moments.requireFinite(name, products, before);
        return withoutDiagonal(products.values().copy());
    }

    int examples() {
        return kernel.numRows;
    }

    /** The unbiased estimate of HSIC from this batch alone. */
    double hsic(BatchKernel other) {
        double trace = UnbiasedHsic.dot(kernel.data, other.kernel.data);
        return UnbiasedHsic.of(examples(), trace, total, other.total, UnbiasedHsic.dot(rowSums, other.rowSums));
    }

    private static BatchKernel withoutDiagonal(DMatrixRMaj kernel) {
        for (int i = 0; i < kernel.numRows; i++) {
            kernel.set(i, i, 0);
        }
        return new BatchKernel(kernel);
    }

    private static void requireEnough(String name, int examples) {
        if (examples < UnbiasedHsic.LEAST_EXAMPLES) {
            throw new AssayException("A batch of (" + name + ") has " + examples
                    + " examples; CKA by batches needs " + UnbiasedHsic.LEAST_EXAMPLES
                    + " or more in each.\nMaybe the last batch is what is left over; choose a size that leaves more.");
        }
    }

    /** The estimate does not change when examples are moved, but its rounding does. */
    private static DMatrixRMaj centred(Matrix batch) {
        DMatrixRMaj values = batch.values().copy();
        DMatrixRMaj sums = CommonOps_DDRM.sumCols(values, null);
        for (int i = 0; i < values.numRows; i++) {
            for (int j = 0; j < values.numCols; j++) {
                values.add(i, j, -sums.get(j) / values.numRows);
            }
        }
        if (!(NormOps_DDRM.normF(values) > ROUNDING * NormOps_DDRM.normF(batch.values()))) {
            values.zero();
        }
        return values;
    }
}
