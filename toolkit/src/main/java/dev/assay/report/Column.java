package dev.assay.report;

import dev.assay.analysis.Cell;
import dev.assay.analysis.Factor;
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
 * The values of a config path that differs between cells.
 *
 * @param path such as {@code train.optimizer.lr}
 * @param name of the factor
 * @param isNumeric whether all values are numbers
 * @param levels the values, numbers in rising order, others as they come
 * @param ofCell index of each cell's level, -1 for a cell without the path
 */
record Column(String path, String name, boolean isNumeric, List<JsonNode> levels, List<Integer> ofCell) {

    static Column of(Factor factor, List<Cell> cells) {
        return of(factor.path(), factor.name(), cells);
    }

    static Column of(String path, String name, List<Cell> cells) {
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
        return new Column(path, name, isNumeric, List.copyOf(levels), ofCell);
    }

    private static int place(Map<JsonNode, Integer> places, @Nullable JsonNode value) {
        return value == null ? -1 : places.getOrDefault(value, -1);
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
