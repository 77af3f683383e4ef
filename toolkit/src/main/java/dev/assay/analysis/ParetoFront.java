package dev.assay.analysis;

import dev.assay.metric.Metric;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
     * @param dominatedBy a cell whose means are at least as good in all metrics and better in one; empty for the front
     * @param isClear whether it is dominated beyond chance: the 95 % interval of some such difference leaves out zero
     */
    public record Point(Cell cell, Map<String, Double> means, Optional<Cell> dominatedBy, boolean isClear) {}

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
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < whole.size(); i++) {
            Optional<Cell> better = Optional.empty();
            for (int j = 0; j < whole.size() && better.isEmpty(); j++) {
                better = dominates(means.get(j), means.get(i), metrics) ? Optional.of(whole.get(j)) : better;
            }
            Cell cell = whole.get(i);
            boolean isClear = better.map(other -> metrics.keySet().stream()
                            .anyMatch(name -> Difference.of(other.values(name), cell.values(name))
                                    .estimate()
                                    .excludesZero()))
                    .orElse(false);
            points.add(new Point(cell, means.get(i), better, isClear));
        }
        return new ParetoFront(List.copyOf(metrics.keySet()), points);
    }

    private static Map<String, Double> means(Cell cell, Iterable<String> names) {
        Map<String, Double> means = new LinkedHashMap<>();
        names.forEach(
                name -> means.put(name, Estimate.of(cell.values(name).values()).mean()));
        return means;
    }

    private static boolean dominates(Map<String, Double> one, Map<String, Double> other, Map<String, Metric> metrics) {
        boolean better = false;
        for (Map.Entry<String, Metric> metric : metrics.entrySet()) {
            double lead =
                    one.getOrDefault(metric.getKey(), Double.NaN) - other.getOrDefault(metric.getKey(), Double.NaN);
            double gain = switch (metric.getValue().direction()) {
                case MAXIMIZE -> lead;
                case MINIMIZE -> -lead;
            };
            if (gain < 0) {
                return false;
            }
            better |= gain > 0;
        }
        return better;
    }
}
