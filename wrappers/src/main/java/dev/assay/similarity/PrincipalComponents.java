package dev.assay.similarity;

import dev.assay.error.AssayException;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Principal components (Pearson 1901; Hotelling 1933): the directions in which examples differ most, each at right angles to those before.
 *
 * @param mean a row, one for each unit
 * @param directions a row each, of length 1; the sign is such that the entry of largest size is positive
 * @param variances along the directions, by n − 1, largest first
 * @param totalVariance of all directions, those that were left out too
 */
public record PrincipalComponents(Matrix mean, Matrix directions, List<Double> variances, double totalVariance) {
    public PrincipalComponents {
        variances = List.copyOf(variances);
    }

    /**
     * All that are not rounding.
     *
     * @throws AssayException if all examples are the same, or fewer than 2
     */
    public static PrincipalComponents of(Moments moments) {
        moments.requireExamples(2, "Principal components");
        moments.requireVaried();
        Spectrum spectrum = Spectrum.of(moments.scatter());
        double freedom = moments.examples() - 1.0;
        List<Double> variances = Arrays.stream(spectrum.values().data)
                .mapToObj(value -> value / freedom)
                .toList();
        return new PrincipalComponents(
                moments.mean(),
                signed(Matrix.wrap(spectrum.vectors()).transpose()),
                variances,
                spectrum.sum() / freedom);
    }

    /**
     * The first few.
     *
     * @throws AssayException if there are not as many
     */
    public PrincipalComponents first(int count) {
        if (count < 1 || count > variances.size()) {
            throw new AssayException(
                    "The number of components to keep (" + count + ") must be in 1 to " + variances.size() + ".");
        }
        int units = mean.columns();
        return new PrincipalComponents(
                mean,
                Matrix.of(count, units, Arrays.copyOf(directions.toArray(), count * units)),
                variances.subList(0, count),
                totalVariance);
    }

    /** Each direction's part of the whole variance. */
    public List<Double> ratios() {
        return variances.stream().map(value -> value / totalVariance).toList();
    }

    /**
     * Where examples lie along the directions, examples × components.
     *
     * @throws AssayException if they have another number of units
     */
    public Matrix project(Matrix examples) {
        Matrix centre = new LinearMap(directions, zeros(), 1, 0).apply(mean);
        DMatrixRMaj offset = centre.values().copy();
        CommonOps_DDRM.changeSign(offset);
        return new LinearMap(directions, Matrix.wrap(offset), 1, 0).apply(examples);
    }

    private Matrix zeros() {
        return Matrix.wrap(new DMatrixRMaj(1, variances.size()));
    }

    private static Matrix signed(Matrix rows) {
        DMatrixRMaj values = rows.values();
        for (int i = 0; i < values.numRows; i++) {
            double largest = 0;
            for (int j = 0; j < values.numCols; j++) {
                largest = Math.abs(values.get(i, j)) > Math.abs(largest) ? values.get(i, j) : largest;
            }
            for (int j = 0; largest < 0 && j < values.numCols; j++) {
                values.set(i, j, -values.get(i, j));
            }
        }
        return rows;
    }
}
