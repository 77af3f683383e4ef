package dev.assay.similarity;

import dev.assay.error.AssayException;
import java.util.Arrays;
import java.util.Locale;

/** How the similarity of two representations is measured; 1 is the same in the measure's sense. */
public enum SimilarityMeasure {
    /**
     * Linear CKA by batches (Nguyen, Raghu and Kornblith 2021): the unbiased estimates of HSIC from each batch, averaged. It keeps no sums over units,
     * so layers may be of any size.
     */
    CKA,
    /** {@link Cka#biased}. */
    CKA_BIASED,
    /** {@link Cka#unbiased}. */
    CKA_UNBIASED,
    /** Mean of the {@link CanonicalCorrelations}. */
    CCA,
    /** The same of the principal components that hold 99 % of the variance. */
    SVCCA,
    /** {@link Orthogonal#similarity}. */
    PROCRUSTES,
    /** R² of the least-squares map from the first to the second; the only measure here that is not the same both ways. */
    REGRESSION;

    private static final double SVCCA_VARIANCE = 0.99;

    /**
     * The measure of that name, such as {@code cka-unbiased}.
     *
     * @throws AssayException if there is none, with the names there are
     */
    public static SimilarityMeasure parse(String name) {
        return Arrays.stream(values())
                .filter(measure -> measure.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssayException("There is no measure (" + name + ") of similarity; there are "
                        + Arrays.toString(values()) + "."));
    }

    /** Lower case with hyphens. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether it is had from the products of all pairs of a batch's examples, and not from sums over units. */
    public boolean isByBatches() {
        return this == CKA;
    }

    /** From all examples at once. */
    double of(JointMoments moments) {
        return switch (this) {
            case CKA, CKA_UNBIASED -> Cka.unbiased(moments);
            case CKA_BIASED -> Cka.biased(moments);
            case CCA -> CanonicalCorrelations.of(moments).mean();
            case SVCCA -> CanonicalCorrelations.of(moments, SVCCA_VARIANCE).mean();
            case PROCRUSTES -> Orthogonal.similarity(moments);
            case REGRESSION -> Ridge.none().fit(moments).rSquared();
        };
    }
}
