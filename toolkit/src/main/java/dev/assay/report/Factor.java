package dev.assay.report;

import dev.assay.analysis.Cell;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A config path whose value differs between cells.
 *
 * @param path such as {@code train.optimizer.lr}
 * @param name as many of its last words as tell it from the other factors
 * @param isNumeric whether all its values are numbers
 * @param levels its values, numbers in rising order, others as they come
 * @param ofCell index of each cell's level, -1 for a cell without the path
 */
record Factor(String path, String name, boolean isNumeric, List<JsonNode> levels, List<Integer> ofCell) {
    private static final String KIND = ".kind";

    /** Those of an experiment, choices of an alternative first. */
    static List<Factor> of(List<Cell> cells) {
        Set<String> paths = new LinkedHashSet<>();
        cells.forEach(cell -> paths.addAll(cell.levels().keySet()));
        List<String> ordered = paths.stream()
                .sorted(Comparator.comparing(path -> !path.endsWith(KIND)))
                .toList();
        return ordered.stream().map(path -> of(path, ordered, cells)).toList();
    }

    private static Factor of(String path, List<String> all, List<Cell> cells) {
        Set<JsonNode> values = new LinkedHashSet<>();
        for (Cell cell : cells) {
            JsonNode value = cell.levels().get(path);
            if (value != null) {
                values.add(value);
            }
        }
        boolean isNumeric = values.stream().allMatch(JsonNode::isNumber);
        List<JsonNode> levels = new ArrayList<>(values);
        if (isNumeric) {
            levels.sort(Comparator.comparingDouble(JsonNode::asDouble));
        }
        Map<JsonNode, Integer> places = new HashMap<>();
        levels.forEach(level -> places.put(level, places.size()));
        List<Integer> ofCell = cells.stream()
                .map(cell -> place(places, cell.levels().get(path)))
                .toList();
        return new Factor(path, name(path, all), isNumeric, List.copyOf(levels), ofCell);
    }

    private static int place(Map<JsonNode, Integer> places, @Nullable JsonNode value) {
        return value == null ? -1 : places.getOrDefault(value, -1);
    }

    private static String name(String path, List<String> all) {
        String plain = plain(path);
        int from = plain.lastIndexOf('.');
        while (from > 0 && isAmbiguous(plain.substring(from + 1), path, all)) {
            from = plain.lastIndexOf('.', from - 1);
        }
        return plain.substring(from + 1);
    }

    private static boolean isAmbiguous(String tail, String path, List<String> all) {
        return all.stream()
                .filter(other -> !other.equals(path))
                .map(Factor::plain)
                .anyMatch(other -> other.equals(tail) || other.endsWith("." + tail));
    }

    private static String plain(String path) {
        return path.endsWith(KIND) ? path.substring(0, path.length() - KIND.length()) : path;
    }

    /** The level of a cell as a number; NaN for none. */
    double number(int cell) {
        int level = ofCell.get(cell);
        return level < 0 ? Double.NaN : levels.get(level).asDouble();
    }

    /** A level as people read it. */
    String text(int level) {
        JsonNode value = levels.get(level);
        return value.isString() ? value.asString() : value.toString();
    }
}
