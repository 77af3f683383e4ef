package dev.assay.importance;

import dev.assay.random.RandomStream;
import dev.assay.random.Seed;
import dev.assay.statistics.Interval;
import dev.assay.statistics.Sample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The fit of forests to folds they have not seen, as they are and with one feature permuted. */
final class Permutations {
    private static final int FOLDS = 5;
    private static final int TREES = 32;
    private static final int REPEATS = 3;

    private final double fit;
    private final List<Sample> drops;

    private Permutations(double fit, List<Sample> drops) {
        this.fit = fit;
        this.drops = drops;
    }

    static Permutations of(List<Feature> features, double[] y, Seed seed) {
        int[] order = seed.stream("folds").permutation(y.length);
        Sample values = Sample.of(y);
        double total = values.variance() * (y.length - 1);
        double left = 0;
        List<List<Double>> drops = new ArrayList<>();
        features.forEach(feature -> drops.add(new ArrayList<>()));
        for (int fold = 0; fold < FOLDS; fold++) {
            int own = fold;
            int[] held = IntStream.range(0, order.length)
                    .filter(i -> i % FOLDS == own)
                    .map(i -> order[i])
                    .toArray();
            int[] seen = IntStream.range(0, order.length)
                    .filter(i -> i % FOLDS != own)
                    .map(i -> order[i])
                    .toArray();
            Forest forest = Forest.grow(features, y, seen, TREES, new Seed(seed.value() + 1 + fold));
            double squares = squares(forest, features, y, held, held, -1);
            left += squares;
            RandomStream random = seed.stream("permutation", fold);
            for (int f = 0; f < features.size(); f++) {
                double more = 0;
                for (int repeat = 0; repeat < REPEATS; repeat++) {
                    int[] mixed = Arrays.stream(random.permutation(held.length))
                            .map(i -> held[i])
                            .toArray();
                    more += squares(forest, features, y, held, mixed, f) - squares;
                }
                drops.get(f).add(more / REPEATS / (total * held.length / y.length));
            }
        }
        return new Permutations(1 - left / total, drops.stream().map(Sample::of).toList());
    }

    /** The sum of squared errors, with one feature taken from other rows. */
    private static double squares(
            Forest forest, List<Feature> features, double[] y, int[] rows, int[] others, int permuted) {
        double sum = 0;
        for (int i = 0; i < rows.length; i++) {
            int row = rows[i];
            int other = others[i];
            double error = y[row] - forest.at(f -> features.get(f).level(f == permuted ? other : row));
            sum += error * error;
        }
        return sum;
    }

    /** R² over all folds. */
    double fit() {
        return fit;
    }

    /** By fold, how much R² falls. */
    Sample drop(int feature) {
        return drops.get(feature);
    }

    Interval interval(int feature, double level) {
        Sample drop = drops.get(feature);
        return drop.isConstant() ? new Interval(drop.min(), drop.max(), level) : drop.meanInterval(level);
    }
}
