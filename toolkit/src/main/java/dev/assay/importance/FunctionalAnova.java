package dev.assay.importance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The parts of a tree's variance that are due to single features and to pairs: Hutter, Hoos and Leyton-Brown 2014, "An efficient approach for assessing
 * hyperparameter importance". Averages over other features weigh each of their levels alike.
 */
final class FunctionalAnova {
    /** A leaf of the tree. */
    private static final class Leaf {
        /** By feature, those that lead here. */
        private final int[][] levels;
        /** By feature, what part of all levels they are. */
        private final double[] parts;
        /** Its value times the part of the whole domain that leads here. */
        private final double weighted;

        Leaf(int[][] levels, double[] parts, double weighted) {
            this.levels = levels;
            this.parts = parts;
            this.weighted = weighted;
        }
    }

    private final List<Leaf> leaves = new ArrayList<>();
    private final List<Feature> features;
    private double mean;
    private double variance;

    private FunctionalAnova(List<Feature> features) {
        this.features = features;
    }

    static FunctionalAnova of(Tree tree, List<Feature> features) {
        FunctionalAnova found = new FunctionalAnova(features);
        double[] squares = new double[1];
        tree.visit(features, (box, value) -> {
            int[][] levels = new int[box.length][];
            double[] parts = new double[box.length];
            double volume = 1;
            for (int f = 0; f < box.length; f++) {
                levels[f] = box[f].stream().toArray();
                parts[f] = (double) levels[f].length / features.get(f).count();
                volume *= parts[f];
            }
            found.leaves.add(new Leaf(levels, parts, volume * value));
            found.mean += volume * value;
            squares[0] += volume * value * value;
        });
        found.variance = Math.max(0, squares[0] - found.mean * found.mean);
        return found;
    }

    /** The tree's variance. */
    double variance() {
        return variance;
    }

    /** The variance of the feature's marginal. */
    double of(int f) {
        double[] marginal = new double[features.get(f).count()];
        for (Leaf leaf : leaves) {
            double rest = leaf.weighted / leaf.parts[f];
            for (int level : leaf.levels[f]) {
                marginal[level] += rest;
            }
        }
        return spread(marginal);
    }

    /** The variance of the marginal of both features that neither has alone. */
    double of(int one, int other) {
        int width = features.get(other).count();
        double[] marginal = new double[features.get(one).count() * width];
        for (Leaf leaf : leaves) {
            double rest = leaf.weighted / leaf.parts[one] / leaf.parts[other];
            for (int i : leaf.levels[one]) {
                for (int j : leaf.levels[other]) {
                    marginal[i * width + j] += rest;
                }
            }
        }
        return Math.max(0, spread(marginal) - of(one) - of(other));
    }

    private double spread(double[] marginal) {
        return Arrays.stream(marginal)
                        .map(value -> (value - mean) * (value - mean))
                        .sum()
                / marginal.length;
    }
}
