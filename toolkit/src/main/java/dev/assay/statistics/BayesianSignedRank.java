package dev.assay.statistics;

import dev.assay.random.RandomStream;

/**
 * How probable it is that one side is practically better, that both are practically equal, that the other is better: the Bayesian signed-rank
 * test of Benavoli, Corani, Demšar and Zaffalon 2017, "Time for a change: a tutorial for comparing multiple classifiers through Bayesian
 * analysis". The prior is a Dirichlet process with strength 1/2 at a difference of zero.
 *
 * @param lower probability that the median of sums of two differences lies below the region of practical equivalence
 * @param equivalent within it
 * @param higher above it
 */
public record BayesianSignedRank(double lower, double equivalent, double higher) {

    /**
     * The test of paired differences.
     *
     * @param rope half the width of the region of practical equivalence about zero, in the unit of the differences; zero for none
     * @param drawn draws from the posterior; some thousands
     */
    public static BayesianSignedRank of(Sample differences, double rope, int drawn, RandomStream random) {
        if (!(rope >= 0 && rope < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("The region of practical equivalence (" + rope
                    + ") must be zero or more: half its width, in the unit of the metric.");
        }
        double[] z = Ranks.joined(new double[] {0}, differences.values());
        double[] won = new double[3];
        for (int i = 0; i < drawn; i++) {
            double[] shares = shares(z, rope, weights(z.length, random));
            double most = Math.max(shares[0], Math.max(shares[1], shares[2]));
            int best = 0;
            for (double share : shares) {
                best += share == most ? 1 : 0;
            }
            for (int region = 0; region < won.length; region++) {
                won[region] += shares[region] == most ? 1.0 / best : 0;
            }
        }
        return new BayesianSignedRank(won[0] / drawn, won[1] / drawn, won[2] / drawn);
    }

    /** Weights of the prior's zero, then of the differences: Dirichlet(1/2, 1, …, 1), but for a common factor. */
    private static double[] weights(int n, RandomStream random) {
        double[] weights = new double[n];
        double normal = random.nextGaussian();
        weights[0] = normal * normal / 2;
        for (int i = 1; i < n; i++) {
            weights[i] = -Math.log(1 - random.nextDouble());
        }
        return weights;
    }

    private static double[] shares(double[] z, double rope, double[] weights) {
        double[] shares = new double[3];
        for (int i = 0; i < z.length; i++) {
            for (int j = 0; j < z.length; j++) {
                double sum = z[i] + z[j];
                double weight = weights[i] * weights[j];
                if (Math.abs(sum) <= 2 * rope) {
                    shares[1] += weight;
                } else {
                    shares[sum < 0 ? 0 : 2] += weight;
                }
            }
        }
        if (rope == 0) {
            // Without a region, ties count for both sides by half.
            shares[0] += shares[1] / 2;
            shares[2] += shares[1] / 2;
            shares[1] = 0;
        }
        return shares;
    }
}
