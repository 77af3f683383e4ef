package dev.assay.similarity;

import dev.assay.error.AssayException;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Canonical correlations (Hotelling 1936): how strongly the best-correlated directions of two representations correlate, one pair of directions after
 * the other. The same whatever invertible linear map either representation goes through.
 *
 * @param values 0 to 1, largest first; as many as the lower of the two ranks
 */
public record CanonicalCorrelations(List<Double> values) {
    public CanonicalCorrelations {
        values = List.copyOf(values);
    }

    /**
     * Of all directions in which the examples differ.
     *
     * @throws AssayException if all examples are the same, or there are not more of them than directions in both together: some correlations would
     *     then be 1 whatever the representations are
     */
    public static CanonicalCorrelations of(JointMoments moments) {
        return of(moments, 1);
    }

    /**
     * SVCCA (Raghu, Gilmer, Yosinski and Sohl-Dickstein 2017): of the principal components only that hold most of each one's variance.
     *
     * @param kept which part of the variance is kept, above 0 to 1; the paper's is 0.99
     * @throws AssayException as {@link #of(JointMoments)}, or if {@code kept} is not such a number
     */
    public static CanonicalCorrelations of(JointMoments moments, double kept) {
        if (!(kept > 0 && kept <= 1)) {
            throw new AssayException("The part of the variance to keep (" + kept + ") must be above 0 and at most 1.");
        }
        moments.x().requireExamples(2, "Canonical correlation");
        moments.requireVaried();
        Spectrum x = Spectrum.of(moments.x().scatter()).keeping(kept);
        Spectrum y = Spectrum.of(moments.y().scatter()).keeping(kept);
        requireEnough(moments, x.size(), y.size());
        DMatrixRMaj xWhite = x.whitening();
        DMatrixRMaj yWhite = y.whitening();
        DMatrixRMaj half = CommonOps_DDRM.mult(moments.scatter(), yWhite, null);
        DMatrixRMaj both = new DMatrixRMaj(x.size(), y.size());
        CommonOps_DDRM.multTransA(xWhite, half, both);
        return new CanonicalCorrelations(Arrays.stream(SingularValues.of(both))
                .mapToObj(value -> Math.min(1, value))
                .toList());
    }

    /** The mean of the correlations: mean CCA, or SVCCA's similarity. */
    public double mean() {
        return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    private static void requireEnough(JointMoments moments, int xRank, int yRank) {
        if (moments.examples() <= xRank + yRank) {
            throw new AssayException("Canonical correlation of " + xRank + " and " + yRank
                    + " directions needs more than " + (xRank + yRank) + " examples; there are " + moments.examples()
                    + ".\nMaybe keep less of the variance, or compare means over positions.");
        }
    }
}
