package dev.assay.similarity;

import dev.assay.error.AssayException;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.NormOps_DDRM;

/**
 * Sums over the examples of a representation: their number, the mean and the products of all pairs of units. It sees one batch at a time and keeps
 * units × units numbers, however many examples there are. The order and the size of batches change rounding only. Mutable; not for several threads.
 *
 * <p>All sums are of differences from the mean of the first batch. So nothing is lost where a mean is large against the deviations from it.
 */
public final class Moments {
    /** A spread below this part of the mean is rounding. */
    private static final double ROUNDING = 1e-14;

    private final String name;
    private final int units;
    private double[] reference = {};
    private final double[] sum;
    private final DMatrixRMaj products;

    /** Sums of an example's squared length, of its square, and of the example times it: what unbiased kernels leave out. */
    private double norms;

    private double squaredNorms;
    private final double[] normed;
    private long examples;

    private Moments(String name, int units) {
        this.name = name;
        this.units = units;
        this.sum = new double[units];
        this.products = new DMatrixRMaj(units, units);
        this.normed = new double[units];
    }

    /** Of no examples yet. */
    public static Moments of(int units) {
        return of("x", units);
    }

    /** @param name for messages */
    static Moments of(String name, int units) {
        return new Moments(name, units);
    }

    /**
     * Takes in examples.
     *
     * @throws AssayException if there are not {@link #units} columns, or a value is not finite
     */
    public Moments add(Matrix batch) {
        include(batch);
        return this;
    }

    /** A batch less the reference, and the squared length of each example. */
    record Shifted(DMatrixRMaj values, DMatrixRMaj norms) {}

    Shifted include(Matrix batch) {
        requireFit(batch);
        if (examples == 0) {
            reference = mean(batch);
        }
        Shifted shifted = shift(batch);
        DMatrixRMaj values = shifted.values();
        for (int i = 0; i < batch.rows(); i++) {
            double norm = shifted.norms().get(i);
            norms += norm;
            squaredNorms += norm * norm;
            for (int j = 0; j < units; j++) {
                double value = values.get(i, j);
                sum[j] += value;
                normed[j] += value * norm;
            }
        }
        CommonOps_DDRM.multAddTransA(values, values, products);
        examples += batch.rows();
        return shifted;
    }

    public long examples() {
        return examples;
    }

    public int units() {
        return units;
    }

    /** Mean of each unit, in one row. */
    public Matrix mean() {
        double[] mean = new double[units];
        for (int j = 0; j < units; j++) {
            mean[j] = reference[j] + sum[j] / examples;
        }
        return Matrix.wrap(DMatrixRMaj.wrap(1, units, mean));
    }

    String name() {
        return name;
    }

    /** Sums of the products of deviations from the mean: (n − 1) times the covariance. */
    DMatrixRMaj scatter() {
        DMatrixRMaj scatter = products.copy();
        for (int i = 0; i < units; i++) {
            for (int j = 0; j < units; j++) {
                scatter.add(i, j, -sum[i] * sum[j] / examples);
            }
        }
        return scatter;
    }

    /** Sums of the shifted values. */
    double[] sum() {
        return sum;
    }

    double norms() {
        return norms;
    }

    /** The unbiased estimate of HSIC with itself, of {@link UnbiasedHsic}. */
    double hsic() {
        return UnbiasedHsic.of(examples, products, this, this, normed, normed, squaredNorms);
    }

    /** @throws AssayException if there are fewer examples, with what needs them */
    void requireExamples(long least, String what) {
        if (examples < least) {
            throw new AssayException(
                    what + " needs " + least + " examples or more; (" + name + ") has " + examples + ".");
        }
    }

    /** @throws AssayException if all examples are the same */
    void requireVaried() {
        double spread = Math.sqrt(CommonOps_DDRM.trace(scatter()));
        double size = Math.sqrt((double) examples) * NormOps_DDRM.normF(new DMatrixRMaj(reference));
        if (!(spread > ROUNDING * size)) {
            throw new AssayException("All " + examples + " examples of (" + name
                    + ") are the same, so there is nothing to compare.\nMaybe its units are dead.");
        }
    }

    private Shifted shift(Matrix batch) {
        DMatrixRMaj values = batch.values().copy();
        double[] lengths = new double[batch.rows()];
        for (int i = 0; i < batch.rows(); i++) {
            for (int j = 0; j < units; j++) {
                double value = values.get(i, j) - reference[j];
                values.set(i, j, value);
                lengths[i] += value * value;
            }
        }
        return new Shifted(values, new DMatrixRMaj(lengths));
    }

    private static double[] mean(Matrix batch) {
        double[] mean = new double[batch.columns()];
        Arrays.setAll(mean, j -> {
            double total = 0;
            for (int i = 0; i < batch.rows(); i++) {
                total += batch.get(i, j);
            }
            return total / batch.rows();
        });
        return mean;
    }

    void requireFit(Matrix batch) {
        if (batch.columns() != units) {
            throw new AssayException(
                    "A batch of (" + name + ") has " + batch.columns() + " units; the moments are of " + units + ".");
        }
        if (batch.rows() == 0) {
            throw new AssayException("A batch of (" + name + ") has no examples.");
        }
        requireFinite(name, batch, examples);
    }

    /** @param before examples of earlier batches, for the message */
    static void requireFinite(String name, Matrix batch, long before) {
        for (int i = 0; i < batch.rows(); i++) {
            for (int j = 0; j < batch.columns(); j++) {
                if (!Double.isFinite(batch.get(i, j))) {
                    throw new AssayException("Unit (" + j + ") of example (" + (before + i) + ") of (" + name + ") is "
                            + batch.get(i, j) + "; values must be finite.");
                }
            }
        }
    }
}
