package dev.assay.importance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A factor's values by observation, as numbers of its levels. Every level counts alike, however far apart numbers are. Immutable. */
public final class Feature {
    /** More levels of numbers are put together, as equally many distinct ones as can be. */
    private static final int MOST_LEVELS = 32;

    private final String name;
    private final int[] levels;
    private final int count;
    private final boolean isOrdered;

    private Feature(String name, int[] levels, int count, boolean isOrdered) {
        this.name = name;
        this.levels = levels;
        this.count = count;
        this.isOrdered = isOrdered;
    }

    /** Of numbers, by observation, which must be finite. */
    public static Feature ofNumbers(String name, double... values) {
        double[] distinct = Arrays.stream(values).sorted().distinct().toArray();
        int count = Math.min(distinct.length, MOST_LEVELS);
        int[] levels = Arrays.stream(values)
                .mapToInt(value -> (int) ((long) Arrays.binarySearch(distinct, value) * count / distinct.length))
                .toArray();
        return new Feature(name, levels, count, true);
    }

    /** Of names without an order, by observation. */
    public static Feature ofNames(String name, List<String> values) {
        List<String> known = new ArrayList<>(values.stream().distinct().toList());
        return new Feature(name, values.stream().mapToInt(known::indexOf).toArray(), known.size(), false);
    }

    public String name() {
        return name;
    }

    int size() {
        return levels.length;
    }

    int level(int row) {
        return levels[row];
    }

    /** How many levels there are. */
    int count() {
        return count;
    }

    boolean isOrdered() {
        return isOrdered;
    }
}
