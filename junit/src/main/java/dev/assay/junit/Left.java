package dev.assay.junit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.assay.checkpoint.Checkpoint;
import dev.assay.checkpoint.CheckpointFolder;
import dev.assay.checkpoint.TensorDigest;
import dev.assay.engine.NativeEngine;
import dev.assay.run.Outcome;
import dev.assay.training.Rehearsal;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All that a training leaves, but for what tells of the machine, as texts by name, in the order in which it is told apart: what was
 * recorded, the results, the weights, the state of its last checkpoint.
 */
record Left(Map<String, String> parts) {

    static Left of(Attempt<?> attempt, Outcome.Completed outcome) throws Exception {
        Map<String, String> parts = new TreeMap<>();
        attempt.points()
                .forEach(point ->
                        put(parts, point.name(), "1 " + point.name() + " of step " + point.step(), point.value()));
        outcome.metrics().forEach((name, value) -> put(parts, name, "2 final " + name, value));
        outcome.weights().ifPresent(weights -> parts.put("3 final weights", weights.sha256()));
        Checkpoint unused = NativeEngine.call(1, () -> {
            try (NDManager memory = NDManager.newBaseManager()) {
                Checkpoint last = CheckpointFolder.of(attempt.artifacts(), attempt.directory())
                        .newest(memory)
                        .orElseThrow();
                addState(last, parts);
                return last;
            }
        });
        return new Left(parts);
    }

    private static void addState(Checkpoint last, Map<String, String> parts) {
        for (Map.Entry<String, NDArray> tensor : last.tensors().entrySet()) {
            parts.put("4 tensor " + tensor.getKey(), TensorDigest.of(Map.of("", tensor.getValue())));
        }
        last.numbers().forEach((name, value) -> {
            if (!name.endsWith("seconds") && !name.contains("/sinks/")) {
                put(parts, name.substring(name.lastIndexOf('/') + 1), "4 number " + name, value);
            }
        });
    }

    private static void put(Map<String, String> parts, String metric, String name, double value) {
        if (!Rehearsal.isOfTheMachine(metric)) {
            parts.put(name, Double.toString(value));
        }
    }

    /** The first thing that is not as it is there, for people. */
    Optional<String> differenceFrom(Left other) {
        Map<String, String> all = new TreeMap<>(other.parts);
        all.putAll(parts);
        return all.keySet().stream()
                .filter(name -> !text(name).equals(other.text(name)))
                .findFirst()
                .map(name -> name.substring(2) + " is " + text(name) + " and was " + other.text(name));
    }

    private String text(String name) {
        return parts.getOrDefault(name, "missing");
    }
}
