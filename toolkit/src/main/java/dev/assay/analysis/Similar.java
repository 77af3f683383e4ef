package dev.assay.analysis;

import dev.assay.store.TrialRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Something known of trials, to be asked of others: it is that of the trials whose configs differ in the fewest values, where a number counts by its
 * ratio. Not thread-safe.
 */
final class Similar<T> {
    /** Enough of the latest configs to go by; comparing with all would take longer than it is worth. */
    private static final int MOST_COMPARED = 200;

    private final Map<Map<String, JsonNode>, List<T>> known;
    private final Map<Map<String, JsonNode>, List<T>> found = new HashMap<>();
    private final Set<Map<String, JsonNode>> used = new HashSet<>();

    private Similar(Map<Map<String, JsonNode>, List<T>> known) {
        this.known = known;
    }

    /**
     * What is known.
     *
     * @param trials the latest first
     * @param what is known of one, if it is
     */
    static <T> Similar<T> of(List<TrialRecord> trials, Function<TrialRecord, Optional<T>> what) {
        Map<Map<String, JsonNode>, List<T>> known = new LinkedHashMap<>();
        for (TrialRecord trial : trials) {
            if (known.size() == MOST_COMPARED) {
                break;
            }
            what.apply(trial)
                    .ifPresent(value -> known.computeIfAbsent(Labels.leaves(trial.config()), key -> new ArrayList<>())
                            .add(value));
        }
        return new Similar<>(known);
    }

    boolean isEmpty() {
        return known.isEmpty();
    }

    /** What is known of the trials most like that one; never empty unless nothing is known. */
    List<T> to(ObjectNode config) {
        return found.computeIfAbsent(Labels.leaves(config), this::nearest);
    }

    /** How many trials all answers went by. */
    int used() {
        return used.stream()
                .mapToInt(config -> known.getOrDefault(config, List.of()).size())
                .sum();
    }

    private List<T> nearest(Map<String, JsonNode> leaves) {
        double least = Double.POSITIVE_INFINITY;
        List<Map<String, JsonNode>> nearest = new ArrayList<>();
        for (Map<String, JsonNode> other : known.keySet()) {
            double distance = distance(leaves, other);
            if (distance < least) {
                least = distance;
                nearest.clear();
            }
            if (distance == least) {
                nearest.add(other);
            }
        }
        used.addAll(nearest);
        return nearest.stream()
                .flatMap(config -> known.getOrDefault(config, List.of()).stream())
                .toList();
    }

    private static double distance(Map<String, JsonNode> one, Map<String, JsonNode> other) {
        Set<String> paths = new HashSet<>(one.keySet());
        paths.addAll(other.keySet());
        double sum = 0;
        for (String path : paths) {
            JsonNode left = one.get(path);
            JsonNode right = other.get(path);
            sum += left == null || right == null ? 1 : distance(left, right);
        }
        return sum;
    }

    /** Equal numbers 0, one e times as large as the other or more 1. */
    private static double distance(JsonNode left, JsonNode right) {
        if (left.isNumber() && right.isNumber()) {
            double a = left.asDouble();
            double b = right.asDouble();
            boolean comparable = a * b > 0;
            return comparable ? Math.min(1, Math.abs(Math.log(a / b))) : a == b ? 0 : 1;
        }
        return left.equals(right) ? 0 : 1;
    }
}
