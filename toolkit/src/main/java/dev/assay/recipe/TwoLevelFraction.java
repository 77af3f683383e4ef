package dev.assay.recipe;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Regular fractions of two-level factorial designs (Box and Hunter 1961, "The 2^(k−p) fractional factorial designs"). A factor is a column: the set
 * of basic factors, as bits, whose levels it multiplies. The resolution is the length of the shortest product of columns that is constant: one more
 * than the least number of columns that any column is the sum of.
 */
final class TwoLevelFraction {
    static final int MOST_FACTORS = 16;

    private TwoLevelFraction() {}

    /**
     * The columns of the smallest fraction, the basic factors first.
     *
     * @param resolution 3, 4 or 5
     * @return empty where only the full design has the resolution, or there are too many factors
     */
    static Optional<int[]> smallest(int factors, int resolution) {
        if (factors > MOST_FACTORS) {
            return Optional.empty();
        }
        for (int basic = 2; basic < factors; basic++) {
            int[] columns = new int[factors];
            for (int i = 0; i < basic; i++) {
                columns[i] = 1 << i;
            }
            List<Integer> candidates = candidates(basic, resolution);
            if (fill(columns, basic, candidates, resolution)) {
                return Optional.of(columns);
            }
        }
        return Optional.empty();
    }

    private static List<Integer> candidates(int basic, int resolution) {
        return IntStream.range(1, 1 << basic)
                .filter(column -> Integer.bitCount(column) >= resolution - 1)
                .boxed()
                .sorted(Comparator.comparingInt((Integer column) -> Integer.bitCount(column))
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    /** Takes candidates in turn, each that keeps the resolution. */
    private static boolean fill(int[] columns, int known, List<Integer> candidates, int resolution) {
        int at = known;
        for (int i = 0; i < candidates.size() && at < columns.length; i++) {
            if (!isSum(columns, at, candidates.get(i), resolution - 2)) {
                columns[at] = candidates.get(i);
                at++;
            }
        }
        return at == columns.length;
    }

    /** Whether a column is the sum, bit by bit, of at most so many of the others. */
    private static boolean isSum(int[] columns, int known, int sum, int most) {
        if (sum == 0) {
            return true;
        }
        if (most == 0) {
            return false;
        }
        for (int i = 0; i < known; i++) {
            if (isSum(columns, i, sum ^ columns[i], most - 1)) {
                return true;
            }
        }
        return false;
    }

    /** The level, 0 or 1, of a column in a run; in run 0 every one is 0. */
    static int level(int column, int run) {
        return Integer.bitCount(column & run) & 1;
    }
}
