package dev.assay.analysis;

import dev.assay.store.TrialRecord;
import dev.assay.store.TrialState;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Trials as a store would give them. */
public final class SampleTrials {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    private SampleTrials() {}

    /** A completed trial with that config (JSON without the seed) and accuracy. */
    public static TrialRecord completed(String config, long seed, double accuracy) {
        return trial(
                config,
                seed,
                TrialState.COMPLETED,
                Optional.empty(),
                Map.of("val.accuracy", accuracy, "val.loss", 1 - accuracy));
    }

    /** A completed trial with those metrics. */
    static TrialRecord with(String config, long seed, Map<String, Double> metrics) {
        return trial(config, seed, TrialState.COMPLETED, Optional.empty(), metrics);
    }

    public static TrialRecord failed(String config, long seed, String cause) {
        return trial(config, seed, TrialState.FAILED, Optional.of(cause), Map.of());
    }

    private static TrialRecord trial(
            String config, long seed, TrialState state, Optional<String> cause, Map<String, Double> metrics) {
        ObjectNode json = (ObjectNode) JSON.readTree(config);
        String hash = String.format("%08x%08x", config.hashCode(), seed).repeat(4);
        return new TrialRecord(
                hash,
                "classifier",
                json.put("seed", seed),
                Optional.empty(),
                state,
                1,
                cause,
                cause.map(c -> "some line\nlast line <b>"),
                1,
                metrics,
                Optional.empty(),
                BEGIN,
                Optional.of(BEGIN),
                Optional.of(BEGIN.plusMillis(12_345)));
    }
}
