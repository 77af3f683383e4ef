package dev.assay.importance;

import dev.assay.random.RandomStream;
import dev.assay.random.Seed;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/** The mean of regression trees, each grown on observations drawn with replacement (Breiman 2001, "Random forests"). */
final class Forest {
    /** Part of the features that a split chooses among, as in Hutter, Hoos and Leyton-Brown 2014. */
    private static final double TRIED = 5.0 / 6;

    private final List<Tree> trees;

    private Forest(List<Tree> trees) {
        this.trees = trees;
    }

    static Forest grow(List<Feature> features, double[] y, int[] rows, int trees, Seed seed) {
        int tried = Math.max(1, (int) Math.round(TRIED * features.size()));
        return new Forest(IntStream.range(0, trees)
                .mapToObj(tree -> {
                    RandomStream random = seed.stream("tree", tree);
                    int[] drawn = Arrays.stream(rows)
                            .map(row -> rows[random.nextInt(rows.length)])
                            .toArray();
                    return Tree.grow(features, y, drawn, tried, random);
                })
                .toList());
    }

    List<Tree> trees() {
        return trees;
    }

    double at(IntUnaryOperator level) {
        double sum = 0;
        for (Tree tree : trees) {
            sum += tree.at(level);
        }
        return sum / trees.size();
    }
}
