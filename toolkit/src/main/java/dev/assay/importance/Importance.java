package dev.assay.importance;

import dev.assay.random.Seed;
import dev.assay.statistics.Interval;
import dev.assay.statistics.Sample;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How much each factor matters over the whole of what was tried, by a random forest.
 *
 * @param rows how many configs it was fitted to
 * @param fit of the forest to configs it has not seen, by five-fold cross-validation: R², 1 at best, 0 for a forest that knows no more than the mean.
 *     Where it is low, importances say little.
 * @param factors the most important first, by functional ANOVA
 * @param pairs interactions of the foremost factors, the largest first
 */
public record Importance(int rows, double fit, List<OfFactor> factors, List<OfPair> pairs) {
    /** Below that a forest finds what it is told to. */
    public static final int FEWEST_ROWS = 20;

    private static final int FEWEST_ROWS_A_FACTOR = 3;
    private static final int TREES = 64;
    private static final int MOST_PAIRED = 5;
    private static final double LEVEL = 0.95;

    public Importance {
        factors = List.copyOf(factors);
        pairs = List.copyOf(pairs);
    }

    /**
     * A factor.
     *
     * @param name of it
     * @param share of the variance that is due to it alone, by functional ANOVA, 0 to 1
     * @param shareInterval between the 2.5th and the 97.5th of a hundred of the forest's trees, each of which has seen another sample
     * @param drop of R² on configs not seen when the factor's values are permuted (Breiman 2001); interactions count in full
     * @param dropInterval Student's, over the five folds
     */
    public record OfFactor(String name, double share, Interval shareInterval, double drop, Interval dropInterval) {}

    /**
     * Two factors.
     *
     * @param share of the variance that is due to both together and to neither alone, by functional ANOVA
     * @param interval over the trees
     */
    public record OfPair(String one, String other, double share, Interval interval) {}

    /** Why importances of so many configs and factors would not be worth reading; empty where they would. */
    public static Optional<String> refusal(int rows, int factors) {
        int least = Math.max(FEWEST_ROWS, FEWEST_ROWS_A_FACTOR * factors);
        if (factors < 1) {
            return Optional.of("Nothing varies, so nothing can be important.");
        }
        return rows >= least
                ? Optional.empty()
                : Optional.of("There are " + rows + " configs with a value, but the importance of " + factors
                        + (factors == 1 ? " factor needs " : " factors needs ") + least
                        + " at least.\nMaybe the table of effects tells what is to be known.");
    }

    /**
     * The importance of features for a value.
     *
     * @param y value of each config
     * @throws IllegalArgumentException if that is refused ({@link #refusal}), sizes differ, or all values are the same
     */
    public static Importance of(List<Feature> features, double[] y, Seed seed) {
        refusal(y.length, features.size()).ifPresent(reason -> {
            throw new IllegalArgumentException(reason);
        });
        features.forEach(feature -> {
            if (feature.size() != y.length) {
                throw new IllegalArgumentException("The feature (" + feature.name() + ") must have a value for each of "
                        + y.length + " configs, but has " + feature.size() + ".");
            }
        });
        if (Sample.of(y).isConstant()) {
            throw new IllegalArgumentException(
                    "All " + y.length + " values are " + y[0] + ", so nothing is important.");
        }
        int[] all = IntStream.range(0, y.length).toArray();
        List<FunctionalAnova> trees = Forest.grow(features, y, all, TREES, seed).trees().stream()
                .map(tree -> FunctionalAnova.of(tree, features))
                .filter(tree -> tree.variance() > 0)
                .toList();
        Permutations permuted = Permutations.of(features, y, seed);
        List<Sample> shares = IntStream.range(0, features.size())
                .mapToObj(f -> Sample.of(
                        trees.stream().map(tree -> tree.of(f) / tree.variance()).toList()))
                .toList();
        List<OfFactor> factors = new ArrayList<>();
        for (int f = 0; f < features.size(); f++) {
            factors.add(new OfFactor(
                    features.get(f).name(),
                    shares.get(f).mean(),
                    interval(shares.get(f)),
                    permuted.drop(f).mean(),
                    permuted.interval(f, LEVEL)));
        }
        factors.sort(Comparator.comparingDouble(OfFactor::share).reversed());
        return new Importance(y.length, permuted.fit(), factors, pairs(features, trees, shares));
    }

    /** Holds the mean, too, which a few trees may carry beyond where nearly all the others are the same. */
    private static Interval interval(Sample trees) {
        return new Interval(
                Math.min(trees.mean(), trees.quantile((1 - LEVEL) / 2)),
                Math.max(trees.mean(), trees.quantile((1 + LEVEL) / 2)),
                LEVEL);
    }

    private static List<OfPair> pairs(List<Feature> features, List<FunctionalAnova> trees, List<Sample> shares) {
        List<Integer> foremost = IntStream.range(0, features.size())
                .boxed()
                .sorted(Comparator.comparingDouble(f -> -shares.get(f).mean()))
                .limit(MOST_PAIRED)
                .toList();
        List<OfPair> pairs = new ArrayList<>();
        for (int i = 0; i < foremost.size(); i++) {
            for (int j = i + 1; j < foremost.size(); j++) {
                int one = foremost.get(i);
                int other = foremost.get(j);
                Sample share = Sample.of(trees.stream()
                        .map(tree -> tree.of(one, other) / tree.variance())
                        .toList());
                pairs.add(new OfPair(
                        features.get(one).name(), features.get(other).name(), share.mean(), interval(share)));
            }
        }
        pairs.sort(Comparator.comparingDouble(OfPair::share).reversed());
        return pairs;
    }
}
