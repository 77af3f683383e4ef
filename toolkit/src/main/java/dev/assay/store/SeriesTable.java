package dev.assay.store;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Values over training, in chunks. The chunks of one series follow each other in the order of steps, and no step is in two. Only the holder
 * of a trial's lease writes its series, so nobody is in the way.
 */
final class SeriesTable {
    private static final String OF_TRIAL =
            "SELECT name, first_step, steps, epochs, seconds, numbers FROM metric_chunk" + " WHERE trial = :trial";
    private static final String PUT =
            "INSERT INTO metric_chunk (trial, name, first_step, last_step, points, steps, epochs, seconds,"
                    + " numbers) VALUES (:trial, :name, :firstStep, :lastStep, :points, :steps, :epochs, :seconds, :numbers)";

    private SeriesTable() {}

    /** Adds points; one of a step that is there already takes the other's place. */
    static void add(Handle handle, String trial, List<MetricPoint> points) {
        if (points.isEmpty()) {
            return;
        }
        Map<String, SeriesPoints> byName = new LinkedHashMap<>();
        points.forEach(point ->
                byName.computeIfAbsent(point.name(), name -> new SeriesPoints()).put(point));
        PreparedBatch batch = handle.prepareBatch(PUT);
        byName.forEach((name, added) -> add(handle, trial, name, added, batch));
        batch.execute();
    }

    private static void add(Handle handle, String trial, String name, SeriesPoints added, PreparedBatch batch) {
        SeriesPoints merged = new SeriesPoints();
        for (SeriesChunk chunk : from(handle, trial, name, added.first())) {
            if (chunk.lastStep() < added.first() && chunk.points() == SeriesChunk.MOST_POINTS) {
                continue;
            }
            merged.putAll(chunk);
            handle.execute(
                    "DELETE FROM metric_chunk WHERE trial = ? AND name = ? AND first_step = ?",
                    trial,
                    name,
                    chunk.firstStep());
        }
        merged.putAll(added);
        merged.chunks().forEach(chunk -> add(batch, trial, name, chunk));
    }

    private static void add(PreparedBatch batch, String trial, String name, SeriesChunk chunk) {
        batch.bind("trial", trial)
                .bind("name", name)
                .bind("firstStep", chunk.firstStep())
                .bind("lastStep", chunk.lastStep())
                .bind("points", chunk.points())
                .bind("steps", chunk.steps())
                .bind("epochs", chunk.epochs())
                .bind("seconds", chunk.seconds())
                .bind("numbers", chunk.numbers())
                .add();
    }

    /** The chunk in which that step is or to which it could be added, and all after it. */
    private static List<SeriesChunk> from(Handle handle, String trial, String name, long step) {
        return handle.createQuery(
                        OF_TRIAL + " AND name = :name AND last_step >= COALESCE((SELECT MAX(last_step)"
                                + " FROM metric_chunk WHERE trial = :trial AND name = :name AND first_step <= :step), 0) ORDER BY first_step")
                .bind("trial", trial)
                .bind("name", name)
                .bind("step", step)
                .map((row, context) -> SeriesChunk.of(row))
                .list();
    }

    /** Drops what belongs to steps after that one. */
    static void cut(Handle handle, String trial, long step) {
        Map<String, SeriesChunk> broken = new LinkedHashMap<>();
        handle.createQuery(OF_TRIAL + " AND first_step <= :step AND last_step > :step")
                .bind("trial", trial)
                .bind("step", step)
                .map((row, context) -> broken.put(row.getString("name"), SeriesChunk.of(row)))
                .list();
        handle.execute("DELETE FROM metric_chunk WHERE trial = ? AND last_step > ?", trial, step);
        PreparedBatch batch = handle.prepareBatch(PUT);
        broken.forEach((name, chunk) -> {
            SeriesPoints kept = new SeriesPoints();
            kept.putAll(chunk);
            kept.cut(step);
            kept.chunks().forEach(each -> add(batch, trial, name, each));
        });
        if (batch.size() > 0) {
            batch.execute();
        }
    }

    static List<MetricSeries> of(Handle handle, String trial) {
        Map<String, List<SeriesChunk>> chunks = new LinkedHashMap<>();
        handle.createQuery(OF_TRIAL + " ORDER BY name, first_step")
                .bind("trial", trial)
                .map((row, context) -> chunks.computeIfAbsent(row.getString("name"), name -> new ArrayList<>())
                        .add(SeriesChunk.of(row)))
                .list();
        List<MetricSeries> series = new ArrayList<>();
        chunks.forEach((name, parts) -> series.add(SeriesChunk.joined(name, parts)));
        return series;
    }

    static Map<String, MetricSeries> of(Handle handle, String experiment, String name) {
        Map<String, List<SeriesChunk>> chunks = new LinkedHashMap<>();
        handle.createQuery(
                        "SELECT metric_chunk.trial, first_step, steps, epochs, seconds, numbers FROM experiment_trial"
                                + " JOIN metric_chunk ON metric_chunk.trial = experiment_trial.trial"
                                + " WHERE experiment = :experiment AND name = :name ORDER BY position, first_step")
                .bind("experiment", experiment)
                .bind("name", name)
                .map((row, context) -> chunks.computeIfAbsent(row.getString("trial"), trial -> new ArrayList<>())
                        .add(SeriesChunk.of(row)))
                .list();
        Map<String, MetricSeries> series = new LinkedHashMap<>();
        chunks.forEach((trial, parts) -> series.put(trial, SeriesChunk.joined(name, parts)));
        return series;
    }
}
