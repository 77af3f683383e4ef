package dev.assay.analysis;

import dev.assay.metric.Metric;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Which cells no other one betters in one metric without being worse in another.
 *
 * @param metrics full names, such as {@code val.accuracy}
 * @param points every cell that has all of the metrics
 */
public record ParetoFront(List<String> metrics, List<Point> points) {
    public ParetoFront {
        metrics = List.copyOf(metrics);
        points = List.copyOf(points);
    }

    /**
     * A cell among the metrics.
     *
     * @param means by metric
     * @param dominatedBy a cell of the front whose means are at least as good in all metrics and better in one; empty for the front
     */
    public record Point(Cell cell, Map<String, Double> means, Optional<Cell> dominatedBy) {

        /** Whether it is dominated beyond chance: the 95 % interval of some such difference leaves out zero. */
        public boolean isClear() {
            return dominatedBy
                    .map(other -> means.keySet().stream()
                            .anyMatch(name -> Difference.of(other.values(name), cell.values(name))
                                    .estimate()
                                    .excludesZero()))
                    .orElse(false);
        }
    }

    /** The cells of the front. */
    public List<Cell> front() {
        return points.stream()
                .filter(point -> point.dominatedBy.isEmpty())
                .map(Point::cell)
                .toList();
    }

    /**
     * The front over the cells' means.
     *
     * @param metrics by full name, each with its direction
     */
    public static ParetoFront of(List<Cell> cells, Map<String, Metric> metrics) {
        List<Cell> whole = cells.stream()
                .filter(cell -> metrics.keySet().stream()
                        .noneMatch(name -> cell.values(name).isEmpty()))
                .toList();
        List<Map<String, Double>> means =
                whole.stream().map(cell -> means(cell, metrics.keySet())).toList();
        int[] dominators =
                dominators(means.stream().map(each -> worth(each, metrics)).toArray(double[][]::new));
        return new ParetoFront(
                List.copyOf(metrics.keySet()),
                IntStream.range(0, whole.size())
                        .mapToObj(i -> new Point(
                                whole.get(i),
                                means.get(i),
                                dominators[i] < 0 ? Optional.empty() : Optional.of(whole.get(dominators[i]))))
                        .toList());
    }

    private static Map<String, Double> means(Cell cell, Iterable<String> names) {
        Map<String, Double> means = new LinkedHashMap<>();
        names.forEach(
                name -> means.put(name, Estimate.of(cell.values(name).values()).mean()));
        return means;
    }

    /** The means, turned so that higher ones are better. */
    private static double[] worth(Map<String, Double> means, Map<String, Metric> metrics) {
        return metrics.entrySet().stream()
                .mapToDouble(metric -> {
                    double mean = means.getOrDefault(metric.getKey(), Double.NaN);
                    return switch (metric.getValue().direction()) {
                        case MAXIMIZE -> mean;
                        case MINIMIZE -> -mean;
                    };
                })
                .toArray();
    }

    /**
     * For each a member of the front that dominates it, or -1. From the best in the first metric on (and so on where they are equal) nothing is dominated by
     * what comes later, and what is dominated at all is so by a member of the front (Kung, Luccio and Preparata 1975), so few pairs are looked at.
     */
    private static int[] dominators(double[][] worth) {
        List<Integer> order = IntStream.range(0, worth.length)
                .boxed()
                .sorted((i, j) -> Arrays.compare(worth[j], worth[i]))
                .toList();
        int[] dominators = new int[worth.length];
        List<Integer> front = new ArrayList<>();
        for (int i : order) {
            dominators[i] = front.stream()
                    .filter(member -> dominates(worth[member], worth[i]))
                    .findFirst()
                    .orElse(-1);
            if (dominators[i] < 0) {
                front.add(i);
            }
        }
        return dominators;
    }

    private static boolean dominates(double[] one, double[] other) {
        boolean isBetter = false;
        for (int m = 0; m < one.length; m++) {
            if (one[m] < other[m]) {
                return false;
            }
            isBetter |= one[m] > other[m];
        }
        return isBetter;
    }
}
