package dev.assay.analysis;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What factors do together beyond the sum of what each does. */
final class Interactions {
    private final List<Factor> factors;
    private final List<ValuedCell> cells;

    /** @param all cells; those without a value are left out */
    Interactions(List<Factor> factors, List<Cell> all, String metric) {
        this.factors = factors;
        this.cells = ValuedCell.of(all, metric);
    }

    /** The interactions of all pairs of factors that can be told, the clearest first. */
    List<Interaction> ofPairs() {
        List<Interaction> found = new ArrayList<>();
        for (int i = 0; i < factors.size(); i++) {
            for (int j = i + 1; j < factors.size(); j++) {
                interaction(factors.get(i), factors.get(j)).ifPresent(found::add);
            }
        }
        found.sort((a, b) -> Double.compare(orOne(a.p()), orOne(b.p())));
        return found;
    }

    private static double orOne(double p) {
        return Double.isNaN(p) ? 1 : p;
    }

    private Optional<Interaction> interaction(Factor one, Factor other) {
        if (one.isWithin(other)
                || other.isWithin(one)
                || one.levels().size() > Effects.MOST_LEVELS
                || other.levels().size() > Effects.MOST_LEVELS) {
            return Optional.empty();
        }
        List<Map<List<String>, List<ValuedCell>>> squares = squares(one, other);
        if (squares.isEmpty()) {
            return Optional.empty();
        }
        List<List<String>> pairs = pairs(one, other);
        List<Difference> differences = pairs.stream()
                .map(pair -> interaction(one, other, pair, squares))
                .toList();
        double[] p =
                Difference.holm(differences.stream().mapToDouble(Difference::p).toArray());
        int strongest = 0;
        for (int i = 1; i < p.length; i++) {
            strongest = orOne(p[i]) < orOne(p[strongest]) ? i : strongest;
        }
        List<String> pair = pairs.get(strongest);
        return Optional.of(
                new Interaction(one, other, pair.get(0), pair.get(1), differences.get(strongest), p[strongest]));
    }

    /** Pairs of levels to look at; of two by two, one tells all. */
    private static List<List<String>> pairs(Factor one, Factor other) {
        boolean isSquare = one.levels().size() == 2 && other.levels().size() == 2;
        List<List<String>> pairs = new ArrayList<>();
        for (String level : isSquare ? one.levels().subList(1, 2) : one.levels()) {
            for (String otherLevel : isSquare ? other.levels().subList(1, 2) : other.levels()) {
                pairs.add(List.of(level, otherLevel));
            }
        }
        return pairs;
    }

    /** For each context that has every level of one with every level of the other, its cells by the two. */
    private List<Map<List<String>, List<ValuedCell>>> squares(Factor one, Factor other) {
        Map<List<String>, Map<List<String>, List<ValuedCell>>> contexts = new LinkedHashMap<>();
        for (ValuedCell cell : cells) {
            List<String> context = factors.stream()
                    .filter(each ->
                            !each.equals(one) && !each.equals(other) && !each.isWithin(one) && !each.isWithin(other))
                    .map(each -> each.level(cell.cell()))
                    .toList();
            contexts.computeIfAbsent(context, key -> new LinkedHashMap<>())
                    .computeIfAbsent(
                            List.of(one.level(cell.cell()), other.level(cell.cell())), key -> new ArrayList<>())
                    .add(cell);
        }
        int whole = one.levels().size() * other.levels().size();
        return contexts.values().stream()
                .filter(square -> square.size() == whole)
                .toList();
    }

    private Difference interaction(
            Factor one, Factor other, List<String> pair, List<Map<List<String>, List<ValuedCell>>> squares) {
        Map<ValuedCell, Double> weights = new LinkedHashMap<>();
        for (Map<List<String>, List<ValuedCell>> square : squares) {
            square.forEach((levels, group) -> {
                double weight =
                        weight(levels.get(0).equals(pair.get(0)), one.levels().size())
                                * weight(
                                        levels.get(1).equals(pair.get(1)),
                                        other.levels().size());
                group.forEach(cell -> weights.put(cell, weight / group.size() / squares.size()));
            });
        }
        return ValuedCell.contrast(weights);
    }

    private static double weight(boolean isLevel, int levels) {
        return (isLevel ? 1 : 0) - 1.0 / levels;
    }
}
