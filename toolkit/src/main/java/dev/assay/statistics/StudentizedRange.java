package dev.assay.statistics;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * The range of {@code groups} independent standard normal numbers: the studentized range with infinitely many degrees of freedom, P(Q ≤ q) =
 * k ∫ φ(z) (Φ(z) − Φ(z − q))^(k−1) dz.
 */
final class StudentizedRange {
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);
    /** Beyond this the density is below 1e-18; the trapezoidal rule converges faster than any power of the step there. */
    private static final double REACH = 9;

    private static final double STEP = 1.0 / 128;

    private final int groups;

    StudentizedRange(int groups) {
        this.groups = groups;
    }

    /** P(Q > q). */
    double survival(double q) {
        double sum = 0;
        for (double z = -REACH; z <= REACH + Math.max(0, q); z += STEP) {
            double within = NORMAL.probability(z - q, z);
            sum += NORMAL.density(z) * (1 - Math.pow(within, groups - 1));
        }
        return Math.min(1, groups * sum * STEP - (groups - 1));
    }

    /** The q with P(Q > q) = alpha. */
    double quantile(double alpha) {
        double low = 0;
        double high = 1;
        while (survival(high) > alpha) {
            high *= 2;
        }
        while (high - low > 1e-12 * high) {
            double middle = (low + high) / 2;
            if (survival(middle) > alpha) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }
}
