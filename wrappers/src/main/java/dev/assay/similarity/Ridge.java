package dev.assay.similarity;

import dev.assay.error.AssayException;
import org.ejml.data.DMatrixRMaj;

/**
 * Ridge regression (Hoerl and Kennard 1970): the least sum of squares of {@code y − W x − b} plus {@code penalty} times that of W's entries; the bias is
 * free. Units that say nothing new, such as dead ones, are given the smallest weights that do.
 *
 * @param penalty added to the sums over all examples, so it counts less the more there are; 0 for least squares
 * @param hasBias whether there is a bias; without one it is zero
 */
public record Ridge(double penalty, boolean hasBias) implements LinearFit {
    public Ridge {
        if (!(penalty >= 0 && penalty < Double.POSITIVE_INFINITY)) {
            throw new AssayException("The penalty (" + penalty + ") must be 0 or more.");
        }
    }

    /** With a bias. */
    public static Ridge of(double penalty) {
        return new Ridge(penalty, true);
    }

    /** Least squares, with a bias. */
    public static Ridge none() {
        return of(0);
    }

    /** The same without a bias. */
    public Ridge withoutBias() {
        return new Ridge(penalty, false);
    }

    @Override
    public LinearMap fit(JointMoments moments) {
        SquareSums sums = sums(moments);
        return sums.map(coefficients(sums));
    }

    SquareSums sums(JointMoments moments) {
        requireEnough(moments);
        moments.y().requireVaried();
        return SquareSums.of(moments, hasBias);
    }

    /** Units of x × units of y. */
    DMatrixRMaj coefficients(SquareSums sums) {
        DMatrixRMaj left = sums.xx().copy();
        for (int i = 0; i < left.numRows; i++) {
            left.add(i, i, penalty);
        }
        return SymmetricSystem.solve(left, sums.xy());
    }

    private void requireEnough(JointMoments moments) {
        long least = penalty > 0 ? 2 : moments.x().units() + (hasBias ? 1L : 0L);
        if (moments.examples() < least) {
            throw new AssayException("Least squares from " + moments.x().units() + " units needs " + least
                    + " examples or more; there are " + moments.examples() + ".\nMaybe give it a penalty above 0.");
        }
    }
}
