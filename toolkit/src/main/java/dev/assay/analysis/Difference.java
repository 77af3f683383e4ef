package dev.assay.analysis;

import dev.assay.statistics.EffectSize;
import dev.assay.statistics.MeanDifference;
import dev.assay.statistics.MultipleTesting;
import dev.assay.statistics.Sample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * How much one cell's metric differs from another's, or one average of cells from another.
 *
 * @param paired whether trials of the same seed were compared with one another, which takes out what the seed does to all
 * @param estimate of the difference, this minus the other, with its 95 % interval: Student's t over the seeds where paired, else Welch's t. Not
 *     corrected for the number of comparisons. Without an interval where there are fewer than two values or they have no spread.
 * @param p of the same test, two-sided; NaN where there is no interval
 * @param effectSize Hedges' g, the difference in pooled standard deviations between seeds; NaN where it is not defined
 */
public record Difference(boolean paired, Estimate estimate, double p, double effectSize) {

    /** Compares values by seed. */
    public static Difference of(Map<Long, Double> these, Map<Long, Double> others) {
        return contrast(List.of(these, others), 1, -1);
    }

    /**
     * A weighted sum of the means of cells. It is paired over the seeds that all of them have if these are two at least and half of what the
     * smallest cell has; else cells are independent samples.
     *
     * @param values of each cell by seed, none of them empty
     */
    static Difference contrast(List<Map<Long, Double>> values, double... weights) {
        Set<Long> shared = new TreeSet<>(values.get(0).keySet());
        values.forEach(cell -> shared.retainAll(cell.keySet()));
        int smallest = values.stream().mapToInt(Map::size).min().orElse(0);
        double size = effectSize(values, weights);
        return shared.size() >= 2 && 2 * shared.size() >= smallest
                ? paired(values, weights, shared, size)
                : unpaired(values, weights, smallest, size);
    }

    private static Difference paired(
            List<Map<Long, Double>> values, double[] weights, Set<Long> shared, double effectSize) {
        List<Double> sums = new ArrayList<>();
        for (Long seed : shared) {
            double sum = 0;
            for (int i = 0; i < weights.length; i++) {
                sum += weights[i] * values.get(i).getOrDefault(seed, Double.NaN);
            }
            sums.add(sum);
        }
        Sample sample = Sample.of(sums);
        if (hasNoSpread(sample)) {
            return new Difference(true, Estimate.point(sample.n(), sample.mean()), Double.NaN, effectSize);
        }
        MeanDifference found = MeanDifference.paired(sample, Sample.of(new double[sample.n()]));
        return new Difference(true, Estimate.of(found, sample.n()), found.p(), effectSize);
    }

    /** Differences of numbers that have few digits may differ by rounding only. */
    private static boolean hasNoSpread(Sample sample) {
        return sample.max() - sample.min() <= 1e-12 * Math.max(Math.abs(sample.max()), Math.abs(sample.min()));
    }

    private static Difference unpaired(
            List<Map<Long, Double>> values, double[] weights, int smallest, double effectSize) {
        List<Sample> samples = samples(values);
        if (smallest < 2 || samples.stream().allMatch(Sample::isConstant)) {
            double sum = 0;
            for (int i = 0; i < weights.length; i++) {
                sum += weights[i] * samples.get(i).mean();
            }
            return new Difference(false, Estimate.point(smallest, sum), Double.NaN, effectSize);
        }
        MeanDifference found = MeanDifference.contrast(samples, weights);
        return new Difference(false, Estimate.of(found, smallest), found.p(), effectSize);
    }

    private static double effectSize(List<Map<Long, Double>> values, double[] weights) {
        List<Sample> samples = samples(values);
        int freedom = samples.stream().mapToInt(sample -> sample.n() - 1).sum();
        if (freedom < 2 || samples.stream().allMatch(Sample::isConstant)) {
            return Double.NaN;
        }
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += weights[i] * samples.get(i).mean();
        }
        return EffectSize.hedgesG(sum, samples);
    }

    private static List<Sample> samples(List<Map<Long, Double>> values) {
        return values.stream().map(cell -> Sample.of(cell.values())).toList();
    }

    /** The opposite: the other minus this. */
    Difference reversed() {
        return new Difference(paired, estimate.negated(), p, -effectSize);
    }

    /** Where p counts as evidence. */
    static boolean isSignificant(double p) {
        return p < 1 - Estimate.LEVEL;
    }

    /** Corrects probabilities for their number by Holm's method; those that are NaN are none. */
    static double[] holm(double... p) {
        int[] known =
                IntStream.range(0, p.length).filter(i -> !Double.isNaN(p[i])).toArray();
        double[] corrected =
                MultipleTesting.holm(Arrays.stream(known).mapToDouble(i -> p[i]).toArray());
        double[] all = new double[p.length];
        Arrays.fill(all, Double.NaN);
        for (int i = 0; i < known.length; i++) {
            all[known[i]] = corrected[i];
        }
        return all;
    }
}
