package dev.assay.analysis;

import dev.assay.store.TrialRecord;
import dev.assay.store.TrialState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How long trials will take, going by the most similar ones that are done: those whose configs differ in the fewest values, where a number counts by
 * its ratio. Nothing is known of how time grows with a value, so a trial ten times as long as all before is expected to take as long as they did.
 *
 * @param work of one worker for all of the trials
 * @param from how many trials it goes by
 */
public record TimeEstimate(Duration work, int from) {
    /** Enough of the latest configs to go by; comparing with all would take longer than it is worth. */
    private static final int MOST_COMPARED = 200;

    /**
     * The estimate for some configs.
     *
     * @param known trials of the same wrapper, the latest first
     * @return empty where none of them is completed
     */
    public static Optional<TimeEstimate> of(List<ObjectNode> configs, List<TrialRecord> known) {
        Map<Map<String, JsonNode>, List<Duration>> done = done(known);
        if (done.isEmpty() || configs.isEmpty()) {
            return Optional.empty();
        }
        Map<Map<String, JsonNode>, Similar> found = new LinkedHashMap<>();
        Duration work = Duration.ZERO;
        Set<Map<String, JsonNode>> used = new HashSet<>();
        for (ObjectNode config : configs) {
            Similar similar = found.computeIfAbsent(Labels.leaves(config), leaves -> nearest(leaves, done));
            work = work.plus(median(similar.durations));
            used.addAll(similar.configs);
        }
        int from = done.entrySet().stream()
                .filter(entry -> used.contains(entry.getKey()))
                .mapToInt(entry -> entry.getValue().size())
                .sum();
        return Optional.of(new TimeEstimate(work, from));
    }

    /** How long it takes with some workers at once. */
    public Duration with(int workers) {
        return work.dividedBy(workers);
    }

    private record Similar(List<Map<String, JsonNode>> configs, List<Duration> durations) {}

    /** By config without seed. A trial that was begun more than once has no time that could be compared. */
    private static Map<Map<String, JsonNode>, List<Duration>> done(List<TrialRecord> known) {
        Map<Map<String, JsonNode>, List<Duration>> done = new LinkedHashMap<>();
        for (TrialRecord trial : known) {
            if (trial.state() == TrialState.COMPLETED && trial.attempt() == 1 && done.size() < MOST_COMPARED) {
                trial.started()
                        .flatMap(start -> trial.ended().map(end -> Duration.between(start, end)))
                        .ifPresent(took -> done.computeIfAbsent(Labels.leaves(trial.config()), key -> new ArrayList<>())
                                .add(took));
            }
        }
        return done;
    }

    private static Similar nearest(Map<String, JsonNode> leaves, Map<Map<String, JsonNode>, List<Duration>> done) {
        double least = Double.POSITIVE_INFINITY;
        List<Map<String, JsonNode>> nearest = new ArrayList<>();
        for (Map<String, JsonNode> other : done.keySet()) {
            double distance = distance(leaves, other);
            if (distance < least) {
                least = distance;
                nearest.clear();
            }
            if (distance == least) {
                nearest.add(other);
            }
        }
        List<Duration> durations = nearest.stream()
                .flatMap(config -> done.getOrDefault(config, List.of()).stream())
                .toList();
        return new Similar(nearest, durations);
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

    private static Duration median(List<Duration> durations) {
        List<Duration> sorted = durations.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }
}
