package dev.assay.analysis;

import dev.assay.statistics.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A cell with its values of one metric, of which there is one at least. Equal only to itself, which is quicker than to compare trials. */
final class ValuedCell {
    private final Cell cell;
    private final Map<Long, Double> values;
    private final double mean;

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
