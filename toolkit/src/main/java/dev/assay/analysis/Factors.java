package dev.assay.analysis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Finds the factors of an experiment from what varies between its cells. */
final class Factors {
    /** Three random numbers are in one order or its reverse once in three times. */
    private static final int FEWEST_FOR_ORDER = 4;

    private Factors() {}

    /** Choices of an alternative first; what such a choice implies is no factor of its own. */
    static List<Factor> of(List<Cell> cells) {
        Set<String> paths = new LinkedHashSet<>();
        cells.forEach(cell -> paths.addAll(cell.levels().keySet()));
        Map<String, List<Integer>> kept = new LinkedHashMap<>();
        Map<String, List<String>> aliases = new HashMap<>();
        for (String path : paths.stream()
                .sorted(Comparator.comparing(p -> !p.endsWith(Labels.KIND)))
                .toList()) {
            List<Integer> partition = partition(cells, path);
            if (kept.entrySet().stream()
                    .anyMatch(factor -> implies(factor.getKey(), factor.getValue(), path, partition))) {
                continue;
            }
            kept.entrySet().stream()
                    .filter(factor -> factor.getValue().equals(partition) && varyTogether(cells, factor.getKey(), path))
                    .findFirst()
                    .ifPresentOrElse(
                            factor -> aliases.computeIfAbsent(factor.getKey(), key -> new ArrayList<>())
                                    .add(path),
                            () -> kept.put(path, partition));
        }
        Map<String, String> names = Labels.names(List.copyOf(kept.keySet()));
        return kept.keySet().stream()
                .map(path -> new Factor(
                        path,
                        names.getOrDefault(path, path),
                        levels(cells, path),
                        aliases.getOrDefault(path, List.of())))
                .toList();
    }

    /**
     * Whether two paths of one partition really go together. Where each cell has a number of its own, as in a random search, any two such paths have
     * one partition; they go together if one always rises or always falls with the other.
     */
    private static boolean varyTogether(List<Cell> cells, String one, String other) {
        List<Double> own = cells.stream().map(cell -> number(cell, one)).toList();
        boolean areDistinct =
                !own.contains(Double.NaN) && own.stream().distinct().count() == cells.size();
        if (!areDistinct || cells.size() < FEWEST_FOR_ORDER) {
            return true;
        }
        List<Double> numbers = cells.stream()
                .sorted(Comparator.comparingDouble(cell -> number(cell, one)))
                .map(cell -> number(cell, other))
                .toList();
        List<Double> rising = numbers.stream().sorted().toList();
        List<Double> falling =
                numbers.stream().sorted(Comparator.reverseOrder()).toList();
        return numbers.contains(Double.NaN) || numbers.equals(rising) || numbers.equals(falling);
    }

    private static double number(Cell cell, String path) {
        JsonNode value = cell.levels().get(path);
        return value != null && value.isNumber() ? value.asDouble() : Double.NaN;
    }

    /** By cell the number of its level, in order of appearance: equal for two paths that vary exactly alike. */
    private static List<Integer> partition(List<Cell> cells, String path) {
        Map<String, Integer> numbers = new HashMap<>();
        return cells.stream()
                .map(cell -> {
                    String level = Factor.level(cell.levels(), path);
                    Integer known = numbers.get(level);
                    if (known == null) {
                        known = numbers.size();
                        numbers.put(level, known);
                    }
                    return known;
                })
                .toList();
    }

    /** Whether a path stands below a kind and each level of the kind has one value of it. */
    private static boolean implies(String kind, List<Integer> chosen, String path, List<Integer> partition) {
        if (!new Factor(path, "", List.of(), List.of()).isWithin(new Factor(kind, "", List.of(), List.of()))) {
            return false;
        }
        Map<Integer, Integer> values = new HashMap<>();
        for (int i = 0; i < chosen.size(); i++) {
            Integer before = values.putIfAbsent(chosen.get(i), partition.get(i));
            if (before != null && !before.equals(partition.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static List<String> levels(List<Cell> cells, String path) {
        Map<String, JsonNode> values = new LinkedHashMap<>();
        boolean isAbsent = false;
        for (Cell cell : cells) {
            JsonNode value = cell.levels().get(path);
            isAbsent |= value == null;
            if (value != null) {
                values.putIfAbsent(Labels.text(value), value);
            }
        }
        boolean numbers = values.values().stream().allMatch(JsonNode::isNumber);
        List<Map.Entry<String, JsonNode>> entries = new ArrayList<>(values.entrySet());
        if (numbers) {
            entries.sort(Comparator.comparingDouble(entry -> entry.getValue().asDouble()));
        }
        List<String> levels =
                new ArrayList<>(entries.stream().map(Map.Entry::getKey).toList());
        if (isAbsent) {
            levels.add(Factor.ABSENT);
        }
        return levels;
    }
}
