package dev.assay.report;

import dev.assay.analysis.Cell;
import dev.assay.store.ExperimentResults;
import dev.assay.store.MetricSeries;
import dev.assay.store.TrialRecord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The curves of an experiment, thin enough for a page. Cells are taken in the order of their ranks until the points are used up; each line has
 * as many as are left for it, but enough to see its shape.
 */
final class Lines {
    /** Of the cells' lines together: some 3 MB of page. */
    private static final int CELL_POINTS = 120_000;
    /** Of the trials' lines together: some 1 MB. */
    private static final int SEED_POINTS = 60_000;

    private static final int MOST = 400;
    private static final int LEAST = 24;

    private final ExperimentResults results;
    private final Map<String, Map<Integer, CellLines>> byMetric = new TreeMap<>();
    private int leftOut;

    /**
     * The lines of one metric in one cell.
     *
     * @param seeds by seed; empty where there was no room for them
     */
    record CellLines(Line mean, Map<Long, Line> seeds) {}

    private Lines(ExperimentResults results) {
        this.results = results;
    }

    /** @param order indices of cells, the most important first */
    static Lines of(ExperimentResults results, List<Cell> cells, List<Integer> order) {
        Lines lines = new Lines(results);
        Budget means = new Budget(CELL_POINTS, cells.size());
        Budget seeds = new Budget(SEED_POINTS, results.trials().size());
        for (int index : order) {
            if (means.isSpent()) {
                lines.leftOut++;
            } else {
                lines.add(index, cells.get(index), means, seeds);
            }
        }
        return lines;
    }

    /** By metric and index of the cell. */
    Map<String, Map<Integer, CellLines>> byMetric() {
        return byMetric;
    }

    /** How many cells have no lines because there was no room. */
    int leftOut() {
        return leftOut;
    }

    private void add(int index, Cell cell, Budget means, Budget seeds) {
        Map<String, Map<Long, Line>> byName = series(cell);
        int names = byName.size();
        byName.forEach((name, bySeed) -> {
            Line mean = Line.mean(List.copyOf(bySeed.values())).thinned(means.perLine(names));
            means.spend(mean.size());
            Map<Long, Line> thin = new LinkedHashMap<>();
            if (!seeds.isSpent() && bySeed.size() > 1) {
                bySeed.forEach((seed, line) -> thin.put(seed, line.thinned(seeds.perLine(names))));
                thin.values().forEach(line -> seeds.spend(line.size()));
            }
            if (mean.size() > 0) {
                byMetric.computeIfAbsent(name, key -> new LinkedHashMap<>()).put(index, new CellLines(mean, thin));
            }
        });
    }

    private Map<String, Map<Long, Line>> series(Cell cell) {
        Map<String, Map<Long, Line>> found = new TreeMap<>();
        for (TrialRecord trial : cell.trials()) {
            for (MetricSeries each : results.series().apply(trial.hash())) {
                found.computeIfAbsent(each.name(), name -> new LinkedHashMap<>())
                        .put(trial.seed(), Line.of(each));
            }
        }
        return found;
    }

    private static final class Budget {
        private final int points;
        private final int owners;
        private int spent;

        Budget(int points, int owners) {
            this.points = points;
            this.owners = Math.max(1, owners);
        }

        int perLine(int names) {
            return Math.max(LEAST, Math.min(MOST, points / owners / Math.max(1, names)));
        }

        void spend(int number) {
            spent += number;
        }

        boolean isSpent() {
            return spent >= points;
        }
    }
}
