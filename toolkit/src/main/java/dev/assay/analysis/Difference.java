package dev.assay.analysis;

import java.util.List;
import java.util.Map;

/**
 * How much one cell's metric differs from another's.
 *
 * @param paired whether trials of the same seed were compared one to one, which takes out what the seed does to both
 * @param estimate of the mean difference, this minus the other, with its 95 % interval: Student's t of the differences where paired, else
 *     Welch's t. Not corrected for the number of comparisons.
 */
public record Difference(boolean paired, Estimate estimate) {

    /**
     * Compares values by seed: over the seeds both have if there are two at least, else as independent samples.
     */
    public static Difference of(Map<Long, Double> these, Map<Long, Double> others) {
        List<Double> differences = these.entrySet().stream()
                .filter(entry -> others.containsKey(entry.getKey()))
                .map(entry -> entry.getValue() - others.getOrDefault(entry.getKey(), Double.NaN))
                .toList();
        return differences.size() >= 2
                ? new Difference(true, Estimate.of(differences))
                : new Difference(false, welch(Estimate.of(these.values()), Estimate.of(others.values())));
    }

    /** Welch 1947, with Satterthwaite's degrees of freedom. */
    private static Estimate welch(Estimate a, Estimate b) {
        double mean = a.mean() - b.mean();
        int n = Math.min(a.n(), b.n());
        if (n < 2) {
            return new Estimate(n, mean, Double.NaN, Double.NaN, Double.NaN);
        }
        double va = a.deviation() * a.deviation() / a.n();
        double vb = b.deviation() * b.deviation() / b.n();
        double freedom = (va + vb) * (va + vb) / (va * va / (a.n() - 1) + vb * vb / (b.n() - 1));
        return Estimate.around(n, mean, Double.NaN, Math.sqrt(va + vb), freedom);
    }
}
