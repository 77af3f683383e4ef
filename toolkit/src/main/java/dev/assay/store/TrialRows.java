package dev.assay.store;

import dev.assay.metric.Aggregation;
import dev.assay.metric.Direction;
import dev.assay.metric.Metric;
import dev.assay.metric.Range;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** From rows to values. */
final class TrialRows {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private TrialRows() {}

    /** A trial without its final metrics. */
    static TrialRecord trial(ResultSet row) throws SQLException {
        return new TrialRecord(
                row.getString("hash"),
                row.getString("wrapper"),
                object(Objects.requireNonNullElse(row.getString("resolved"), row.getString("config"))),
                origin(row),
                TrialState.valueOf(row.getString("state")),
                row.getInt("attempt"),
                Optional.ofNullable(row.getString("cause")),
                Optional.ofNullable(row.getString("last_log")),
                row.getDouble("progress"),
                Map.of(),
                weights(row),
                Instant.ofEpochMilli(row.getLong("created_at")),
                time(row, "started_at"),
                time(row, "ended_at"),
                new Circumstances(
                        row.getString("owner"),
                        Optional.ofNullable(row.getString("comment")),
                        Optional.ofNullable(row.getString("worker")),
                        failure(row),
                        claim(row),
                        number(row, "peak_memory")));
    }

    private static Optional<Failure> failure(ResultSet row) throws SQLException {
        String kind = row.getString("failure");
        return kind == null
                ? Optional.empty()
                : Optional.of(new Failure(
                        FailureKind.valueOf(kind),
                        Optional.ofNullable(row.getString("error_class")),
                        Optional.ofNullable(row.getString("error_place")),
                        Optional.ofNullable(row.getString("stack"))));
    }

    private static Optional<Claim> claim(ResultSet row) throws SQLException {
        Optional<Instant> until = time(row, "lease_until");
        String worker = row.getString("worker");
        return until.map(instant -> new Claim(worker, instant));
    }

    private static Optional<Origin> origin(ResultSet row) throws SQLException {
        String trial = row.getString("origin");
        return trial.isEmpty() ? Optional.empty() : Optional.of(new Origin(trial, row.getLong("origin_step")));
    }

    static Attempt attempt(ResultSet row) throws SQLException {
        return new Attempt(
                row.getInt("attempt"),
                row.getString("worker"),
                Instant.ofEpochMilli(row.getLong("started_at")),
                time(row, "ended_at"),
                Optional.ofNullable(row.getString("state")).map(TrialState::valueOf),
                Optional.ofNullable(row.getString("failure")).map(FailureKind::valueOf),
                Optional.ofNullable(row.getString("cause")));
    }

    static Metric metric(ResultSet row) throws SQLException {
        return new Metric(
                row.getString("name"),
                Direction.valueOf(row.getString("direction")),
                row.getString("unit"),
                new Range(row.getDouble("minimum"), row.getDouble("maximum")),
                Aggregation.valueOf(row.getString("aggregation")));
    }

    static Experiment experiment(ResultSet row) throws SQLException {
        return new Experiment(
                row.getString("name"),
                Optional.ofNullable(row.getString("description")),
                Optional.ofNullable(row.getString("metric")),
                values(row.getString("baseline")),
                Optional.ofNullable(row.getString("recipe_file")),
                List.of(JSON.readValue(row.getString("sources"), Experiment.Source[].class)));
    }

    /** SQLite keeps a NaN as NULL. */
    static double number(ResultSet row, int column) throws SQLException {
        double value = row.getDouble(column);
        return row.wasNull() ? Double.NaN : value;
    }

    static @Nullable Double number(double value) {
        return Double.isNaN(value) ? null : value;
    }

    static String json(Object values) {
        return JSON.writeValueAsString(values);
    }

    private static Map<String, JsonNode> values(String json) {
        Map<String, JsonNode> values = new LinkedHashMap<>();
        object(json).properties().forEach(entry -> values.put(entry.getKey(), entry.getValue()));
        return values;
    }

    private static ObjectNode object(String json) {
        return (ObjectNode) JSON.readTree(json);
    }

    private static Optional<Weights> weights(ResultSet row) throws SQLException {
        String sha256 = row.getString("weights_sha256");
        return sha256 == null
                ? Optional.empty()
                : Optional.of(new Weights(sha256, row.getString("weights_file"), row.getLong("weights_bytes")));
    }

    private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        return number(row, column).map(Instant::ofEpochMilli);
    }

    private static Optional<Long> number(ResultSet row, String column) throws SQLException {
        long number = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(number);
    }
}
