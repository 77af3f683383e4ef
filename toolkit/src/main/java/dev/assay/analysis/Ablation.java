package dev.assay.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What each component is worth: cells that differ from a baseline in one factor only, held against it.
 *
 * @param baseline the cell they are compared with
 * @param rows the largest difference first
 */
public record Ablation(Cell baseline, List<Row> rows) {
    /** Designs around one cell have fewer. */
    private static final int MOST_CELLS = 200;

    public Ablation {
        rows = List.copyOf(rows);
    }

    /**
     * A component.
     *
     * @param component the factor's name and its level here, such as {@code augment=false}
     * @param cell the baseline but for it
     * @param difference to the baseline
     * @param p corrected for the number of rows by Holm's method; NaN where nothing can be tested
     */
    public record Row(String component, Cell cell, Difference difference, double p) {}

    /**
     * The table over those cells.
     *
     * @param baseline the one named; if none is, the one cell that all others differ from in one factor each, where there are two others at least
     * @return empty where there is no baseline or it has no value
     */
    static Optional<Ablation> of(List<Cell> cells, List<Factor> factors, Optional<Cell> baseline, String metric) {
        return baseline.or(() -> middle(cells, factors))
                .filter(cell -> !cell.values(metric).isEmpty())
                .map(cell -> new Ablation(cell, rows(cells, factors, cell, metric)));
    }

    private static Optional<Cell> middle(List<Cell> cells, List<Factor> factors) {
        if (cells.size() < 3 || cells.size() > MOST_CELLS) {
            return Optional.empty();
        }
        List<Cell> fitting = cells.stream()
                .filter(cell -> cells.stream()
                        .allMatch(other -> other.equals(cell)
                                || component(factors, cell, other).isPresent()))
                .toList();
        return fitting.size() == 1 ? Optional.of(fitting.get(0)) : Optional.empty();
    }

    private static List<Row> rows(List<Cell> cells, List<Factor> factors, Cell baseline, String metric) {
        List<Row> rows = new ArrayList<>();
        for (Cell cell : cells) {
            Optional<Factor> component =
                    cell.equals(baseline) || cell.values(metric).isEmpty()
                            ? Optional.empty()
                            : component(factors, baseline, cell);
            component.ifPresent(factor -> rows.add(new Row(
                    factor.with(factor.level(cell)),
                    cell,
                    Difference.of(cell.values(metric), baseline.values(metric)),
                    Double.NaN)));
        }
        double[] p = Difference.holm(
                rows.stream().mapToDouble(row -> row.difference.p()).toArray());
        for (int i = 0; i < p.length; i++) {
            Row row = rows.get(i);
            rows.set(i, new Row(row.component, row.cell, row.difference, p[i]));
        }
        rows.sort((a, b) -> Double.compare(
                Math.abs(b.difference.estimate().mean()),
                Math.abs(a.difference.estimate().mean())));
        return rows;
    }

    /** The only factor in which two cells differ; what another kind brings with it counts as part of it. */
    private static Optional<Factor> component(List<Factor> factors, Cell one, Cell other) {
        List<Factor> differing = factors.stream()
                .filter(factor -> !factor.level(one).equals(factor.level(other)))
                .toList();
        List<Factor> outer = differing.stream()
                .filter(factor -> differing.stream().noneMatch(factor::isWithin))
                .toList();
        return outer.size() == 1 ? Optional.of(outer.get(0)) : Optional.empty();
    }
}
