package dev.assay.analysis;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import tools.jackson.databind.JsonNode;

/**
 * Something that varies between the cells of an experiment.
 *
 * @param path of the config, such as {@code train.optimizer.lr}
 * @param name its last words, as many as it takes to be told from other factors
 * @param levels its values as text, numbers ascending, others as they come; {@link #ABSENT} where cells have no such path
 * @param aliases other paths that vary exactly as this does, so that their effects cannot be told apart
 */
public record Factor(String path, String name, List<String> levels, List<String> aliases) {
    /** The level of cells that do not have the path. */
    public static final String ABSENT = "–";

    public Factor {
        levels = List.copyOf(levels);
        aliases = List.copyOf(aliases);
    }

    /** The level that a cell has. */
    public String level(Cell cell) {
        return level(cell.levels(), path);
    }

    static String level(Map<String, JsonNode> levels, String path) {
        JsonNode value = levels.get(path);
        return value == null ? ABSENT : Labels.text(value);
    }

    /** The number that a cell has, if it has one. */
    public OptionalDouble number(Cell cell) {
        JsonNode value = cell.levels().get(path);
        return value != null && value.isNumber() ? OptionalDouble.of(value.asDouble()) : OptionalDouble.empty();
    }

    /** Whether this stands below the kind that the other chooses, and so makes sense for some of its levels only. */
    boolean isWithin(Factor other) {
        return !path.equals(other.path)
                && other.path.endsWith(Labels.KIND)
                && path.startsWith(other.path.substring(0, other.path.length() - Labels.KIND.length() + 1));
    }

    /** {@code name=level}. */
    String with(String level) {
        return name + "=" + level;
    }
}
