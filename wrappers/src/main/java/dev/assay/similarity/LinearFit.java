package dev.assay.similarity;

/**
 * A way to find the {@link LinearMap} from x to y in closed form, from the sums over any number of batches. Exact where y is a linear map of x: a
 * planted map comes back to about 1e-16 times the square of x's condition number (that of its largest to its smallest singular value), since sums of
 * products hold that square; to 1e-9 up to a condition of 1000. For a 1×1 convolution each position is an example.
 */
public sealed interface LinearFit permits Ridge, LowRank, Orthogonal {

    /**
     * The best map of its kind.
     *
     * @throws dev.assay.error.AssayException if y's examples are all the same, or there are too few
     */
    LinearMap fit(JointMoments moments);
}
