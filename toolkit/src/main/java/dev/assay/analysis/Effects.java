package dev.assay.analysis;

import dev.assay.analysis.FactorEffect.Basis;
import dev.assay.analysis.FactorEffect.LevelEffect;
import dev.assay.statistics.LinearRegression;
import dev.assay.statistics.Sample;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;

/** What the factors of an experiment do to a metric. Cells are fixed, seeds are what is random. */
final class Effects {
    /** More levels than that are a scale, not a choice: a line says more about them. */
    static final int MOST_LEVELS = 12;

    private static final double DECADES = 100;

    private final List<Factor> factors;
    private final List<ValuedCell> cells;

    /** @param all cells; those without a value are left out */
    Effects(List<Factor> factors, List<Cell> all, String metric) {
        this.factors = factors;
        this.cells = ValuedCell.of(all, metric);
    }

    /** The effect of each factor, the strongest first. */
    List<FactorEffect> ofFactors() {
        List<FactorEffect> effects =
                new ArrayList<>(factors.stream().map(this::effect).toList());
        effects.sort((a, b) -> Double.compare(orLowest(b.share()), orLowest(a.share())));
        return effects;
    }

    private static double orLowest(double share) {
        return Double.isNaN(share) ? -1 : share;
    }

    private FactorEffect effect(Factor factor) {
        Map<List<String>, Map<String, List<ValuedCell>>> contexts = contexts(factor);
        contexts.values().removeIf(levels -> levels.size() < 2);
        Basis basis = contexts.isEmpty() ? balanced(factor) : Basis.MATCHED;
        if (basis == Basis.BALANCED) {
            contexts = Map.of(List.of(), byLevel(factor, cells));
        }
        List<LevelEffect> levels = factor.levels().size() > MOST_LEVELS ? List.of() : levels(factor, basis, contexts);
        double p = levels.stream()
                .mapToDouble(LevelEffect::p)
                .filter(each -> !Double.isNaN(each))
                .min()
                .orElse(Double.NaN);
        return new FactorEffect(factor, basis, levels, p, share(factor), regression(factor));
    }

    /** Cells by the levels of all other factors, but for those that make sense for some levels of this one only. */
    private Map<List<String>, Map<String, List<ValuedCell>>> contexts(Factor factor) {
        Map<List<String>, Map<String, List<ValuedCell>>> contexts = new LinkedHashMap<>();
        List<Factor> others = factors.stream()
                .filter(other -> !other.equals(factor) && !other.isWithin(factor))
                .toList();
        for (ValuedCell cell : cells) {
            List<String> context = others.stream().map(cell::level).toList();
            contexts.computeIfAbsent(context, key -> new LinkedHashMap<>())
                    .computeIfAbsent(cell.level(factor), key -> new ArrayList<>())
                    .add(cell);
        }
        return contexts;
    }

    private static Map<String, List<ValuedCell>> byLevel(Factor factor, List<ValuedCell> cells) {
        Map<String, List<ValuedCell>> levels = new LinkedHashMap<>();
        cells.forEach(cell -> levels.computeIfAbsent(cell.level(factor), key -> new ArrayList<>())
                .add(cell));
        return levels;
    }

    /** Whether each level of each other factor is equally frequent at each level of this one. */
    private Basis balanced(Factor factor) {
        Map<String, List<ValuedCell>> levels = byLevel(factor, cells);
        if (levels.size() < 2) {
            return Basis.NONE;
        }
        for (Factor other : factors) {
            if (other.equals(factor) || other.isWithin(factor)) {
                continue;
            }
            Set<Map<String, Double>> frequencies = new LinkedHashSet<>();
            levels.values().forEach(group -> {
                Map<String, Double> frequency = new HashMap<>();
                byLevel(other, group)
                        .forEach((level, some) -> frequency.put(level, (double) some.size() / group.size()));
                frequencies.add(frequency);
            });
            if (frequencies.size() > 1) {
                return Basis.NONE;
            }
        }
        return Basis.BALANCED;
    }

    private List<LevelEffect> levels(
            Factor factor, Basis basis, Map<List<String>, Map<String, List<ValuedCell>>> contexts) {
        Map<String, List<ValuedCell>> byLevel = byLevel(factor, cells);
        List<String> known =
                factor.levels().stream().filter(byLevel::containsKey).toList();
        List<Optional<Difference>> differences = new ArrayList<>();
        for (String level : known) {
            // Of two levels the second effect is the first, turned round.
            boolean isMirrored = known.size() == 2 && differences.size() == 1;
            differences.add(
                    isMirrored
                            ? differences.get(0).map(Difference::reversed)
                            : basis == Basis.NONE ? Optional.empty() : difference(level, contexts));
        }
        double[] p = differences.stream()
                .mapToDouble(difference -> difference.map(Difference::p).orElse(Double.NaN))
                .toArray();
        double[] corrected = known.size() == 2 ? p : Difference.holm(p);
        List<LevelEffect> effects = new ArrayList<>();
        for (int i = 0; i < known.size(); i++) {
            List<ValuedCell> group = byLevel.getOrDefault(known.get(i), List.of());
            double mean = group.stream().mapToDouble(ValuedCell::mean).average().orElse(Double.NaN);
            effects.add(new LevelEffect(known.get(i), mean, group.size(), differences.get(i), corrected[i]));
        }
        return effects;
    }

    /** A level against the mean of the others, averaged over the contexts that have it and another. */
    private Optional<Difference> difference(String level, Map<List<String>, Map<String, List<ValuedCell>>> contexts) {
        List<Map<String, List<ValuedCell>>> fitting = contexts.values().stream()
                .filter(levels -> levels.containsKey(level))
                .toList();
        Map<ValuedCell, Double> weights = new LinkedHashMap<>();
        for (Map<String, List<ValuedCell>> levels : fitting) {
            levels.forEach((each, group) -> {
                double weight = each.equals(level) ? 1 : -1.0 / (levels.size() - 1);
                group.forEach(cell -> weights.put(cell, weight / group.size() / fitting.size()));
            });
        }
        return weights.isEmpty() ? Optional.empty() : Optional.of(ValuedCell.contrast(weights));
    }

    /** Sum of squares between the levels over that between all trials. */
    private double share(Factor factor) {
        double all = cells.stream()
                .flatMap(cell -> cell.values().values().stream())
                .mapToDouble(Double::doubleValue)
                .average()
                .orElse(Double.NaN);
        double total = 0;
        double between = 0;
        for (List<ValuedCell> group : byLevel(factor, cells).values()) {
            double sum = 0;
            int n = 0;
            for (ValuedCell cell : group) {
                for (double value : cell.values().values()) {
                    total += (value - all) * (value - all);
                    sum += value;
                    n++;
                }
            }
            between += n * (sum / n - all) * (sum / n - all);
        }
        return total > 0 ? between / total : Double.NaN;
    }

    private Optional<FactorEffect.NumericEffect> regression(Factor factor) {
        List<Double> x = new ArrayList<>();
        List<Double> y = new ArrayList<>();
        for (ValuedCell cell : cells) {
            OptionalDouble number = factor.number(cell.cell());
            if (number.isPresent()) {
                x.add(number.getAsDouble());
                y.add(cell.mean());
            }
        }
        if (new TreeSet<>(x).size() < 3 || new TreeSet<>(y).size() < 2) {
            return Optional.empty();
        }
        Sample numbers = Sample.of(x);
        boolean isLogarithmic = numbers.min() > 0 && numbers.max() / numbers.min() >= DECADES;
        Sample scaled = isLogarithmic ? Sample.of(x.stream().map(Math::log10).toList()) : numbers;
        return Optional.of(new FactorEffect.NumericEffect(LinearRegression.of(scaled, Sample.of(y)), isLogarithmic));
    }
}
