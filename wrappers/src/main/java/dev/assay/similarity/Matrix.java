package dev.assay.similarity;

import dev.assay.error.AssayException;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/** Numbers in rows and columns. As a representation, a row is an example and a column is a unit. Immutable. */
public final class Matrix {
    private final DMatrixRMaj values;

    private Matrix(DMatrixRMaj values) {
        this.values = values;
    }

    /**
     * Rows of equal length.
     *
     * @throws AssayException if they are not
     */
    public static Matrix of(double[]... rows) {
        for (int i = 1; i < rows.length; i++) {
            if (rows[i].length != rows[0].length) {
                throw new AssayException("Row (" + i + ") of a matrix has " + rows[i].length
                        + " columns; the first row has " + rows[0].length + ".");
            }
        }
        return new Matrix(rows.length == 0 ? new DMatrixRMaj(0, 0) : new DMatrixRMaj(rows));
    }

    /**
     * A matrix of that size.
     *
     * @param values row by row; they are copied
     * @throws AssayException if there are not {@code rows} × {@code columns} values
     */
    public static Matrix of(int rows, int columns, double... values) {
        if ((long) rows * columns != values.length) {
            throw new AssayException("A matrix of " + rows + " × " + columns + " needs " + (long) rows * columns
                    + " values; there are " + values.length + ".");
        }
        return new Matrix(DMatrixRMaj.wrap(rows, columns, values.clone()));
    }

    /** Takes the array as it is, which nobody may change any more. */
    static Matrix wrap(DMatrixRMaj values) {
        return new Matrix(values);
    }

    public int rows() {
        return values.numRows;
    }

    public int columns() {
        return values.numCols;
    }

    public double get(int row, int column) {
        return values.get(row, column);
    }

    /** The values row by row, a copy. */
    public double[] toArray() {
        return Arrays.copyOf(values.data, values.getNumElements());
    }

    public Matrix transpose() {
        return new Matrix(CommonOps_DDRM.transpose(values, null));
    }

    /**
     * The matrix product.
     *
     * @throws AssayException unless this has as many columns as the other has rows
     */
    public Matrix times(Matrix other) {
        if (columns() != other.rows()) {
            throw new AssayException("Matrices of " + rows() + " × " + columns() + " and " + other.rows() + " × "
                    + other.columns() + " cannot be multiplied.");
        }
        return new Matrix(CommonOps_DDRM.mult(values, other.values, null));
    }

    /** The values themselves, not to be changed. */
    DMatrixRMaj values() {
        return values;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Matrix matrix
                && rows() == matrix.rows()
                && columns() == matrix.columns()
                && Arrays.equals(toArray(), matrix.toArray());
    }

    @Override
    public int hashCode() {
        return 31 * columns() + Arrays.hashCode(toArray());
    }

    /** Its size, since the values may be many. */
    @Override
    public String toString() {
        return "Matrix of " + rows() + " × " + columns();
    }
}
