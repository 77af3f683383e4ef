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
import org.jdbi.v3.core.Handle;
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
                time(row, "ended_at"));
    }

    private static Optional<Origin> origin(ResultSet row) throws SQLException {
        String trial = row.getString("origin");
        return trial.isEmpty() ? Optional.empty() : Optional.of(new Origin(trial, row.getLong("origin_step")));
    }

    static Metric metric(ResultSet row) throws SQLException {
        return new Metric(
                row.getString("name"),
                Direction.valueOf(row.getString("direction")),
                row.getString("unit"),
                new Range(row.getDouble("minimum"), row.getDouble("maximum")),
                Aggregation.valueOf(row.getString("aggregation")));
    }

    static TrialRecord withMetrics(TrialRecord trial, Map<String, Double> metrics) {
        return new TrialRecord(
                trial.hash(),
                trial.wrapper(),
                trial.config(),
                trial.origin(),
                trial.state(),
                trial.attempt(),
                trial.cause(),
                trial.lastLog(),
                trial.progress(),
                metrics,
                trial.weights(),
                trial.created(),
                trial.started(),
                trial.ended());
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

    static MetricSeries series(Handle handle, String trial, String name) {
        record Point(long step, double epoch, double seconds, double value) {}
        var points = handle.createQuery("SELECT step, epoch, seconds, value FROM metric_point"
                        + " WHERE trial = :trial AND name = :name ORDER BY step")
                .bind("trial", trial)
                .bind("name", name)
                .map((row, context) -> new Point(row.getLong(1), row.getDouble(2), row.getDouble(3), number(row, 4)))
                .list();
        return new MetricSeries(
                name,
                points.stream().mapToLong(Point::step).toArray(),
                points.stream().mapToDouble(Point::epoch).toArray(),
                points.stream().mapToDouble(Point::seconds).toArray(),
                points.stream().mapToDouble(Point::value).toArray());
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
        long millis = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }
}
