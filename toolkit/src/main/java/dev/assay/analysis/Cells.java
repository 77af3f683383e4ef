package dev.assay.analysis;

import dev.assay.store.TrialRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Sorts the trials of an experiment into cells and finds what tells the cells apart. */
public final class Cells {
    private static final String KIND = ".kind";

    private Cells() {}

    /** The cells in the order in which their first trials come. */
    public static List<Cell> of(List<TrialRecord> trials) {
        Map<Map<String, JsonNode>, List<TrialRecord>> groups = new LinkedHashMap<>();
        for (TrialRecord trial : trials) {
            Map<String, JsonNode> leaves = Leaves.of(trial.config());
            leaves.remove("seed");
            groups.computeIfAbsent(leaves, config -> new ArrayList<>()).add(trial);
        }
        List<Map<String, JsonNode>> configs = List.copyOf(groups.keySet());
        List<String> varying = varying(configs);
        Map<String, String> names = names(telling(configs, varying));
        List<Cell> cells = new ArrayList<>();
        groups.forEach((config, group) ->
                cells.add(new Cell(label(config, names), levels(config, varying), List.copyOf(group))));
        return cells;
    }

    /**
     * The one cell in which every named path has the named value. A path may be that of a whole alternative's choice without
     * {@code .kind}.
     *
     * @return empty where none or more than one fits, or nothing is named
     */
    public static Optional<Cell> matching(List<Cell> cells, Map<String, JsonNode> values) {
        if (values.isEmpty()) {
            return Optional.empty();
        }
        List<Cell> fitting = cells.stream()
                .filter(cell -> {
                    JsonNode config = cell.trials().get(0).config();
                    return values.entrySet().stream()
                            .allMatch(value -> fits(at(config, value.getKey()), value.getValue()));
                })
                .toList();
        return fitting.size() == 1 ? Optional.of(fitting.get(0)) : Optional.empty();
    }

    private static JsonNode at(JsonNode config, String path) {
        return config.at("/" + path.replace('.', '/'));
    }

    /** An object fits if all it says holds; numbers fit by value. */
    private static boolean fits(JsonNode found, JsonNode wanted) {
        if (wanted.isObject()) {
            return wanted.properties().stream().allMatch(entry -> fits(found.path(entry.getKey()), entry.getValue()));
        }
        return (wanted.isNumber() && found.isNumber()) ? found.asDouble() == wanted.asDouble() : found.equals(wanted);
    }

    /** Paths whose values differ, choices of an alternative first: what they imply need not be told again. */
    private static List<String> varying(List<Map<String, JsonNode>> configs) {
        Set<String> paths = new LinkedHashSet<>();
        configs.forEach(config -> paths.addAll(config.keySet()));
        return paths.stream()
                .filter(path -> configs.stream()
                                .map(config -> String.valueOf(config.get(path)))
                                .distinct()
                                .count()
                        > 1)
                .sorted(Comparator.comparing(path -> !path.endsWith(KIND)))
                .toList();
    }

    /** The fewest of those paths, taken in order, that tell all cells apart. */
    private static List<String> telling(List<Map<String, JsonNode>> configs, List<String> varying) {
        List<String> kept = new ArrayList<>();
        long told = 1;
        for (String path : varying) {
            kept.add(path);
            long now = configs.stream()
                    .map(config -> levels(config, kept))
                    .distinct()
                    .count();
            if (now > told) {
                told = now;
            } else {
                kept.remove(path);
            }
        }
        return kept;
    }

    private static Map<String, JsonNode> levels(Map<String, JsonNode> config, List<String> paths) {
        Map<String, JsonNode> levels = new LinkedHashMap<>();
        for (String path : paths) {
            JsonNode value = config.get(path);
            if (value != null) {
                levels.put(path, value);
            }
        }
        return levels;
    }

    /** The last word of each path, or as many as it takes to be different from the others. */
    private static Map<String, String> names(List<String> paths) {
        Map<String, String> names = new LinkedHashMap<>();
        for (String path : paths) {
            String plain = plain(path);
            String[] words = plain.split("\\.", -1);
            int count = 1;
            while (count < words.length && ambiguous(paths, path, tail(words, count))) {
                count++;
            }
            names.put(path, tail(words, count));
        }
        return names;
    }

    private static boolean ambiguous(List<String> paths, String path, String tail) {
        return paths.stream()
                .filter(other -> !other.equals(path))
                .anyMatch(other -> plain(other).equals(tail) || plain(other).endsWith("." + tail));
    }

    private static String plain(String path) {
        return path.endsWith(KIND) ? path.substring(0, path.length() - KIND.length()) : path;
    }

    private static String tail(String[] words, int count) {
        return String.join(".", List.of(words).subList(words.length - count, words.length));
    }

    private static String label(Map<String, JsonNode> config, Map<String, String> names) {
        String label = names.entrySet().stream()
                .filter(name -> config.containsKey(name.getKey()))
                .map(name -> name.getValue() + "=" + text(config.get(name.getKey())))
                .collect(Collectors.joining(" "));
        return label.isEmpty() ? "all trials" : label;
    }

    private static String text(@org.jspecify.annotations.Nullable JsonNode value) {
        return value == null ? "" : value.isString() ? value.asString() : value.toString();
    }
}
