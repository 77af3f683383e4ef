package dev.assay.analysis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What tells configs apart but for the seed, in as few words as will do. Immutable. */
public final class Labels {
    static final String KIND = ".kind";

    private final List<String> varying;
    private final Map<String, String> names;

    private Labels(List<String> varying, Map<String, String> names) {
        this.varying = varying;
        this.names = names;
    }

    /** The labels of those configs among one another. */
    public static Labels of(List<ObjectNode> configs) {
        List<Map<String, JsonNode>> leaves =
                configs.stream().map(Labels::leaves).distinct().toList();
        List<String> varying = varying(leaves);
        return new Labels(varying, names(telling(leaves, varying)));
    }

    /** For example {@code optimizer=sgd lr=0.1}; {@code all trials} where nothing differs. */
    public String label(ObjectNode config) {
        Map<String, JsonNode> named = new LinkedHashMap<>();
        names.keySet().forEach(path -> Leaves.at(config, path).ifPresent(value -> named.put(path, value)));
        return label(named, names);
    }

    /** Value of every path whose value differs somewhere; a path that this config does not have is missing. */
    Map<String, JsonNode> levels(ObjectNode config) {
        return levels(leaves(config), varying);
    }

    /** The leaves of a config without its seed. */
    static Map<String, JsonNode> leaves(ObjectNode config) {
        Map<String, JsonNode> leaves = Leaves.of(config);
        leaves.remove("seed");
        return leaves;
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
    static Map<String, String> names(List<String> paths) {
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

    /** A value as people write it. */
    static String text(@Nullable JsonNode value) {
        return value == null ? "" : value.isString() ? value.asString() : value.toString();
    }
}
