package dev.assay.analysis;

import dev.assay.importance.Feature;
import dev.assay.importance.Importance;
import dev.assay.random.Seed;
import java.util.List;
import java.util.Optional;

/** The importance of an experiment's factors for its metric, over the cells' means: replicates of a cell in training and test would feign a fit. */
public final class FactorImportance {
    /** Any will do; with one, the same results give the same importances. */
    private static final Seed SEED = new Seed(1);

    private FactorImportance() {}

    /** Why there is no importance to be had; empty where there is. */
    public static Optional<String> refusal(Analysis analysis) {
        List<Cell> cells = cells(analysis);
        boolean differs = cells.stream()
                        .mapToDouble(cell -> mean(analysis, cell))
                        .distinct()
                        .count()
                > 1;
        return Importance.refusal(cells.size(), analysis.factors().size())
                .or(() -> differs
                        ? Optional.empty()
                        : Optional.of("All cells have the same " + analysis.metric() + ", so nothing is important."));
    }

    /**
     * The importances. Takes about a second for a thousand cells.
     *
     * @throws IllegalArgumentException if that is refused
     */
    public static Importance of(Analysis analysis) {
        List<Cell> cells = cells(analysis);
        double[] means =
                cells.stream().mapToDouble(cell -> mean(analysis, cell)).toArray();
        List<Feature> features = analysis.factors().stream()
                .map(factor -> feature(factor, cells))
                .toList();
        return Importance.of(features, means, SEED);
    }

    private static List<Cell> cells(Analysis analysis) {
        return analysis.cells().stream()
                .filter(cell -> !cell.values(analysis.metric()).isEmpty())
                .toList();
    }

    private static double mean(Analysis analysis, Cell cell) {
        return Estimate.of(cell.values(analysis.metric()).values()).mean();
    }

    private static Feature feature(Factor factor, List<Cell> cells) {
        boolean areNumbers = cells.stream().allMatch(cell -> factor.number(cell).isPresent());
        return areNumbers
                ? Feature.ofNumbers(
                        factor.name(),
                        cells.stream()
                                .mapToDouble(cell -> factor.number(cell).orElse(Double.NaN))
                                .toArray())
                : Feature.ofNames(
                        factor.name(), cells.stream().map(factor::level).toList());
    }
}
