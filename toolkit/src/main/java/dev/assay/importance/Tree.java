package dev.assay.importance;

import dev.assay.random.RandomStream;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A regression tree, grown until its leaves cannot be split (Breiman, Friedman, Olshen and Stone 1984). Immutable once grown. */
final class Tree {
    private final int feature;
    private final BitSet below;
    private final double value;
    private final @Nullable Tree left;
    private final @Nullable Tree right;

    private Tree(int feature, BitSet below, double value, @Nullable Tree left, @Nullable Tree right) {
        this.feature = feature;
        this.below = below;
        this.value = value;
        this.left = left;
        this.right = right;
    }

    /** What is done at each leaf. */
    interface Visitor {
        /**
         * Sees a leaf.
         *
         * @param box by feature, the levels that lead here
         * @param value predicted here
         */
        void leaf(BitSet[] box, double value);
    }

    /**
     * Grows a tree.
     *
     * @param rows observations, those drawn twice told twice
     * @param tried how many features a split chooses among
     */
    static Tree grow(List<Feature> features, double[] y, int[] rows, int tried, RandomStream random) {
        double mean = Arrays.stream(rows).mapToDouble(row -> y[row]).average().orElse(0);
        Split best = best(features, y, rows, tried, random);
        if (best == null) {
            return new Tree(-1, new BitSet(), mean, null, null);
        }
        Feature feature = features.get(best.feature);
        int[] first = Arrays.stream(rows)
                .filter(row -> best.below.get(feature.level(row)))
                .toArray();
        int[] rest = Arrays.stream(rows)
                .filter(row -> !best.below.get(feature.level(row)))
                .toArray();
        return new Tree(
                best.feature,
                best.below,
                mean,
                grow(features, y, first, tried, random),
                grow(features, y, rest, tried, random));
    }

    /** @param gain reduction of the sum of squares */
    private record Split(int feature, BitSet below, double gain) {}

    /** Looks at some features at random, and at more of them as long as none can be split. */
    private static @Nullable Split best(
            List<Feature> features, double[] y, int[] rows, int tried, RandomStream random) {
        Split best = null;
        int seen = 0;
        for (int f : random.permutation(features.size())) {
            if (seen >= tried && best != null) {
                break;
            }
            seen++;
            Split split = split(f, features.get(f), y, rows);
            if (split != null && (best == null || split.gain > best.gain)) {
                best = split;
            }
        }
        return best;
    }

    /** The best split by a feature: of numbers between two levels, of names between two in the order of their means, which is the best of all. */
    private static @Nullable Split split(int f, Feature feature, double[] y, int[] rows) {
        double[] sums = new double[feature.count()];
        int[] counts = new int[feature.count()];
        double sum = 0;
        for (int row : rows) {
            sums[feature.level(row)] += y[row];
            counts[feature.level(row)]++;
            sum += y[row];
        }
        int[] present = IntStream.range(0, counts.length)
                .filter(level -> counts[level] > 0)
                .toArray();
        if (present.length < 2) {
            return null;
        }
        if (!feature.isOrdered()) {
            present = Arrays.stream(present)
                    .boxed()
                    .sorted(Comparator.comparingDouble(level -> sums[level] / counts[level]))
                    .mapToInt(Integer::intValue)
                    .toArray();
        }
        double gain = -1;
        int cut = 0;
        double below = 0;
        int n = 0;
        for (int i = 0; i + 1 < present.length; i++) {
            below += sums[present[i]];
            n += counts[present[i]];
            double above = sum - below;
            double here = below * below / n + above * above / (rows.length - n) - sum * sum / rows.length;
            if (here > gain) {
                gain = here;
                cut = i;
            }
        }
        return new Split(f, levels(feature, present, cut), gain);
    }

    /** Levels that go left; of numbers those between the two sides are shared out evenly. */
    private static BitSet levels(Feature feature, int[] present, int cut) {
        BitSet levels = new BitSet(feature.count());
        if (feature.isOrdered()) {
            levels.set(0, (present[cut] + present[cut + 1] + 1) / 2);
        } else {
            IntStream.rangeClosed(0, cut).forEach(i -> levels.set(present[i]));
        }
        return levels;
    }

    /** The value predicted for an observation, whose levels are asked for by feature. */
    double at(IntUnaryOperator level) {
        Tree node = this;
        while (node.left != null && node.right != null) {
            node = node.below.get(level.applyAsInt(node.feature)) ? node.left : node.right;
        }
        return node.value;
    }

    /** Goes through the leaves. */
    void visit(List<Feature> features, Visitor visitor) {
        BitSet[] box = new BitSet[features.size()];
        for (int f = 0; f < box.length; f++) {
            box[f] = new BitSet();
            box[f].set(0, features.get(f).count());
        }
        visit(box, visitor);
    }

    private void visit(BitSet[] box, Visitor visitor) {
        if (left == null || right == null) {
            visitor.leaf(box, value);
            return;
        }
        BitSet whole = box[feature];
        BitSet first = (BitSet) whole.clone();
        first.and(below);
        BitSet rest = (BitSet) whole.clone();
        rest.andNot(below);
        box[feature] = first;
        left.visit(box, visitor);
        box[feature] = rest;
        right.visit(box, visitor);
        box[feature] = whole;
    }
}
