package dev.assay.similarity;

import org.ejml.dense.row.NormOps_DDRM;

/**
 * Linear centred kernel alignment (Kornblith, Norouzi, Lee and Hinton 2019) over all examples at once. It is the same whatever either representation
 * is rotated by, moved by or multiplied with; 1 where one is such a copy of the other.
 */
public final class Cka {
    private Cka() {}

    /**
     * The usual one, 0 to 1. With few examples and many units it is too high.
     *
     * @throws dev.assay.error.AssayException if all examples are the same, or fewer than 2
     */
    public static double biased(JointMoments moments) {
        moments.x().requireExamples(2, "CKA");
        moments.requireVaried();
        double both = NormOps_DDRM.normF(moments.scatter());
        return both
                / NormOps_DDRM.normF(moments.x().scatter())
                * (both / NormOps_DDRM.normF(moments.y().scatter()));
    }

    /**
     * By the unbiased estimates of HSIC (Song and others 2012), at most 1; around 0, on either side, for representations that have nothing to do with
     * one another.
     *
     * @throws dev.assay.error.AssayException if all examples are the same, or fewer than 4
     */
    public static double unbiased(JointMoments moments) {
        moments.x().requireExamples(UnbiasedHsic.LEAST_EXAMPLES, "Unbiased CKA");
        moments.requireVaried();
        return moments.hsic()
                / Math.sqrt(moments.x().hsic())
                / Math.sqrt(moments.y().hsic());
    }
}
