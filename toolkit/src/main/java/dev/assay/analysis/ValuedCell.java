package dev.assay.analysis;

import dev.assay.statistics.Sample;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A cell with its values of one metric, of which there is one at least. Equal only to itself, which is quicker than to compare trials. */
final class ValuedCell {
    private final Cell cell;
    private final Map<Long, Double> values;
    private final double mean;
    private final Map<String, String> levels = new HashMap<>();

    private ValuedCell(Cell cell, Map<Long, Double> values) {
        this.cell = cell;
        this.values = values;
        this.mean = Sample.of(values.values()).mean();
    }

    /** The cells that have a value. */
    static List<ValuedCell> of(List<Cell> cells, String metric) {
        List<ValuedCell> valued = new ArrayList<>();
        for (Cell cell : cells) {
            Map<Long, Double> values = cell.values(metric);
            if (!values.isEmpty()) {
                valued.add(new ValuedCell(cell, values));
            }
        }
        return valued;
    }

    /** The level it has of a factor; kept, since it is asked for once for each other factor. */
    String level(Factor factor) {
        return levels.computeIfAbsent(factor.path(), path -> factor.level(cell));
    }

    Cell cell() {
        return cell;
    }

    /** By seed. */
    Map<Long, Double> values() {
        return values;
    }

    double mean() {
        return mean;
    }

    /** A weighted sum of cells' means. */
    static Difference contrast(Map<ValuedCell, Double> weights) {
        return Difference.contrast(
                weights.keySet().stream().map(ValuedCell::values).toList(),
                weights.values().stream().mapToDouble(Double::doubleValue).toArray());
    }
}
