package dev.assay.analysis;

import dev.assay.metric.Metric;
import dev.assay.statistics.Friedman;
import dev.assay.store.ExperimentResults;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What an experiment shows about a metric.
 *
 * @param metric full name, such as {@code val.accuracy}
 * @param declared its declaration
 * @param cells in the order of the plan
 * @param factors what varies between them
 * @param answer in words
 * @param effects of each factor, that with the largest share of the variance first
 * @param interactions of two factors each, the clearest first; none for more than {@value #MOST_FACTORS} factors
 * @param ablation each component against the baseline, where there is one
 * @param ranking of the cells over the seeds, for three cells or more that share all of at least two seeds
 * @param warnings what makes the answer weaker than it looks
 */
public record Analysis(
        String metric,
        Metric declared,
        List<Cell> cells,
        List<Factor> factors,
        Answer answer,
        List<FactorEffect> effects,
        List<Interaction> interactions,
        Optional<Ablation> ablation,
        Optional<Ranking> ranking,
        List<Warning> warnings) {
    /** More pairs of factors than these have would be looked at, of which some seem to interact by chance. */
    static final int MOST_FACTORS = 10;

    /** More mean ranks than that make no diagram. */
    private static final int MOST_RANKED = 20;

    public Analysis {
        cells = List.copyOf(cells);
        factors = List.copyOf(factors);
        effects = List.copyOf(effects);
        interactions = List.copyOf(interactions);
        warnings = List.copyOf(warnings);
    }

    /**
     * Cells ranked over seeds.
     *
     * @param cells in the order of the ranks in {@code friedman}
     * @param friedman with their mean ranks, of which 1 is the best, and what is needed for a critical-difference diagram
     */
    public record Ranking(List<Cell> cells, Friedman friedman) {}

    /** The analysis of what a store has of an experiment, by the metric that the experiment names. */
    public static Analysis of(ExperimentResults results) {
        return of(results, results.metric());
    }

    /** The same by another metric. */
    public static Analysis of(ExperimentResults results, String metric) {
        List<Cell> cells = Cells.of(results.trials());
        List<Factor> factors = Factors.of(cells);
        Metric declared = declared(results.metrics(), metric);
        List<FactorEffect> effects = new Effects(factors, cells, metric).ofFactors();
        return new Analysis(
                metric,
                declared,
                cells,
                factors,
                Answer.of(cells, metric, declared),
                effects,
                factors.size() > MOST_FACTORS ? List.of() : new Interactions(factors, cells, metric).ofPairs(),
                Ablation.of(cells, factors, Cells.matching(cells, results.baseline()), metric),
                ranking(cells, metric, declared),
                Warnings.of(cells, effects, metric, declared));
    }

    /** The declaration of a recorded metric; of one that nobody declared, lower is better. */
    public static Metric declared(Map<String, Metric> declarations, String recorded) {
        String plain = recorded.substring(recorded.lastIndexOf('.') + 1);
        return declarations.getOrDefault(plain, Metric.minimize(plain));
    }

    /** The front over several metrics, by full name. */
    public ParetoFront front(Map<String, Metric> declarations, List<String> metrics) {
        Map<String, Metric> declaredOnes = new LinkedHashMap<>();
        metrics.forEach(name -> declaredOnes.put(name, declared(declarations, name)));
        return ParetoFront.of(cells, declaredOnes);
    }

    private static Optional<Ranking> ranking(List<Cell> cells, String metric, Metric declared) {
        List<Cell> whole =
                cells.stream().filter(cell -> !cell.values(metric).isEmpty()).toList();
        if (whole.size() < 3 || whole.size() > MOST_RANKED) {
            return Optional.empty();
        }
        List<Map<Long, Double>> values =
                whole.stream().map(cell -> cell.values(metric)).toList();
        TreeSet<Long> seeds = new TreeSet<>(values.get(0).keySet());
        values.forEach(cell -> seeds.retainAll(cell.keySet()));
        boolean isWhole = values.stream().allMatch(cell -> cell.size() == seeds.size());
        double sign = switch (declared.direction()) {
            case MAXIMIZE -> 1;
            case MINIMIZE -> -1;
        };
        double[][] blocks = seeds.stream()
                .map(seed -> values.stream()
                        .mapToDouble(cell -> sign * cell.getOrDefault(seed, Double.NaN))
                        .toArray())
                .toArray(double[][]::new);
        boolean differ = Arrays.stream(blocks)
                .anyMatch(block -> Arrays.stream(block).distinct().count() > 1);
        return isWhole && seeds.size() >= 2 && differ
                ? Optional.of(new Ranking(whole, Friedman.of(blocks)))
                : Optional.empty();
    }
}
