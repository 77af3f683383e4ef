package dev.assay.importance;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * The parts of a tree's variance that are due to single features and to pairs: Hutter, Hoos and Leyton-Brown 2014, "An efficient approach for assessing
 * hyperparameter importance". Averages over other features weigh each of their levels alike.
 */
final class FunctionalAnova {
    private final List<Feature> features;
    private final double[][] marginals;
    private final Tree tree;
    private double mean;
    private double variance;

    private FunctionalAnova(Tree tree, List<Feature> features) {
        this.tree = tree;
        this.features = features;
        this.marginals =
                features.stream().map(feature -> new double[feature.count()]).toArray(double[][]::new);
    }

    static FunctionalAnova of(Tree tree, List<Feature> features) {
        FunctionalAnova found = new FunctionalAnova(tree, features);
        double[] squares = new double[1];
        tree.visit(features, (box, value) -> {
            double volume = found.volume(box);
            found.mean += volume * value;
            squares[0] += volume * value * value;
            for (int f = 0; f < box.length; f++) {
                double rest = volume / found.part(box, f);
                double[] marginal = found.marginals[f];
                for (int level = box[f].nextSetBit(0); level >= 0; level = box[f].nextSetBit(level + 1)) {
                    marginal[level] += rest * value;
                }
            }
        });
        found.variance = Math.max(0, squares[0] - found.mean * found.mean);
        return found;
    }

    private double part(BitSet[] box, int f) {
        return (double) box[f].cardinality() / features.get(f).count();
    }

    private double volume(BitSet[] box) {
        double volume = 1;
        for (int f = 0; f < box.length; f++) {
            volume *= part(box, f);
        }
        return volume;
    }

    /** The tree's variance. */
    double variance() {
        return variance;
    }

    /** The variance of the feature's marginal. */
    double of(int f) {
        return Arrays.stream(marginals[f])
                        .map(value -> (value - mean) * (value - mean))
                        .sum()
                / marginals[f].length;
    }

    /** The variance of the marginal of both features that neither has alone. */
    double of(int one, int other) {
        double[][] marginal = new double[marginals[one].length][marginals[other].length];
        tree.visit(features, (box, value) -> {
            double rest = value * volume(box) / part(box, one) / part(box, other);
            for (int i = box[one].nextSetBit(0); i >= 0; i = box[one].nextSetBit(i + 1)) {
                for (int j = box[other].nextSetBit(0); j >= 0; j = box[other].nextSetBit(j + 1)) {
                    marginal[i][j] += rest;
                }
            }
        });
        double sum = 0;
        for (double[] row : marginal) {
            for (double value : row) {
                sum += (value - mean) * (value - mean);
            }
        }
        return Math.max(0, sum / marginal.length / marginal[0].length - of(one) - of(other));
    }
}
