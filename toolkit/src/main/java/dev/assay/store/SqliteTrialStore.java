package dev.assay.store;

import dev.assay.metric.Metric;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;
import tools.jackson.databind.node.ObjectNode;

/** The store in one SQLite file. One connection, used by one thread at a time; SQLite's own locks order the processes. */
final class SqliteTrialStore implements TrialStore {
    private static final String HELD =
            " WHERE hash = :hash AND worker = :worker AND attempt = :attempt AND state = 'RUNNING'";
    private static final String END =
            "UPDATE trial SET state = :state, cause = :cause, last_log = :lastLog, worker = NULL,"
                    + " lease_until = NULL, ended_at = :now, weights_sha256 = :sha256, weights_file = :file, weights_bytes = :bytes,"
                    + " progress = CASE WHEN :state = 'COMPLETED' THEN 1 ELSE progress END";

    private final Path directory;
    private final Connection connection;
    private final Jdbi jdbi;
    private final Clock clock;

    private SqliteTrialStore(Path directory, Connection connection, Clock clock) {
        this.directory = directory;
        this.connection = connection;
        this.jdbi = Jdbi.create(connection);
        this.clock = clock;
    }

    static SqliteTrialStore open(Path file) {
        return open(file, Clock.systemUTC());
    }

    static SqliteTrialStore open(Path file, Clock clock) {
        Path directory =
                Objects.requireNonNull(file.toAbsolutePath().normalize().getParent());
        return new SqliteTrialStore(directory, SqliteDatabase.open(file), clock);
    }

    @Override
    public Path directory() {
        return directory;
    }

    @Override
    public void put(Experiment experiment, List<TrialSpec> trials) {
        transaction(handle -> {
            handle.createUpdate(
                            "INSERT INTO experiment VALUES (:name, :description, :metric, :baseline, :recipeFile, :sources,"
                                    + " :now, :now) ON CONFLICT (name) DO UPDATE SET description = :description, metric = :metric,"
                                    + " baseline = :baseline, recipe_file = :recipeFile, sources = :sources, updated_at = :now")
                    .bindMethods(experiment)
                    .bind("baseline", TrialRows.json(experiment.baseline()))
                    .bind("sources", TrialRows.json(experiment.sources()))
                    .bind("now", now())
                    .execute();
            handle.execute("DELETE FROM experiment_trial WHERE experiment = ?", experiment.name());
            for (int i = 0; i < trials.size(); i++) {
                putTrial(handle, trials.get(i));
                handle.execute(
                        "INSERT INTO experiment_trial VALUES (?, ?, ?)",
                        experiment.name(),
                        i,
                        trials.get(i).hash());
            }
            return trials.size();
        });
    }

    private void putTrial(Handle handle, TrialSpec spec) {
        putPart(handle, "data", spec.dataHash(), spec);
        putPart(handle, "model", spec.modelHash(), spec);
        putPart(handle, "train", spec.trainHash(), spec);
        putPart(handle, "seed", spec.seedHash(), spec);
        handle.createUpdate(
                        "INSERT INTO trial (hash, wrapper, data_hash, model_hash, train_hash, seed_hash, origin, origin_step,"
                                + " config, state, created_at)"
                                + " VALUES (:hash, :wrapper, :dataHash, :modelHash, :trainHash, :seedHash, :from, :fromStep,"
                                + " :config, 'QUEUED', :now)"
                                + " ON CONFLICT (hash) DO UPDATE SET config = :config")
                .bindMethods(spec)
                .bind("from", spec.origin().map(Origin::trial).orElse(""))
                .bind("fromStep", spec.origin().map(Origin::step).orElse(0L))
                .bind("config", spec.config().toString())
                .bind("now", now())
                .execute();
    }

    private void putPart(Handle handle, String part, String hash, TrialSpec spec) {
        handle.execute(
                "INSERT INTO " + part + " VALUES (?, ?, ?) ON CONFLICT (hash) DO NOTHING",
                hash,
                spec.config().get(part).toString(),
                now());
    }

    @Override
    public Optional<Experiment> experiment(String name) {
        return read(handle -> handle.createQuery("SELECT * FROM experiment WHERE name = :name")
                .bind("name", name)
                .map((row, context) -> TrialRows.experiment(row))
                .findOne());
    }

    @Override
    public List<Experiment> experiments() {
        return read(handle -> handle.createQuery("SELECT * FROM experiment ORDER BY updated_at DESC, name")
                .map((row, context) -> TrialRows.experiment(row))
                .list());
    }

    @Override
    public List<TrialRecord> trialsOf(String experiment) {
        return read(handle -> withMetrics(
                handle,
                handle.createQuery("SELECT trial.* FROM trial"
                                + " JOIN experiment_trial ON experiment_trial.trial = trial.hash"
                                + " WHERE experiment = :experiment ORDER BY position")
                        .bind("experiment", experiment)));
    }

    @Override
    public List<TrialRecord> trials() {
        return read(handle ->
                withMetrics(handle, handle.createQuery("SELECT * FROM trial ORDER BY created_at DESC, hash")));
    }

    @Override
    public List<TrialRecord> withPrefix(String hashPrefix) {
        return read(handle -> withMetrics(
                handle,
                handle.createQuery("SELECT * FROM trial WHERE substr(hash, 1, length(:prefix)) = :prefix ORDER BY hash")
                        .bind("prefix", hashPrefix)));
    }

    private static List<TrialRecord> withMetrics(Handle handle, Query query) {
        List<TrialRecord> trials =
                query.map((row, context) -> TrialRows.trial(row)).list();
        Map<String, Map<String, Double>> metrics = new HashMap<>();
        // One query a trial is quicker for a few, one scan for many.
        String one = "SELECT trial, name, value FROM final_metric WHERE trial = :trial ORDER BY name";
        String all = "SELECT trial, name, value FROM final_metric ORDER BY trial, name";
        List<Query> queries = trials.size() > 100
                ? List.of(handle.createQuery(all))
                : trials.stream()
                        .map(t -> handle.createQuery(one).bind("trial", t.hash()))
                        .toList();
        queries.forEach(each -> each.map(
                        (row, context) -> metrics.computeIfAbsent(row.getString(1), hash -> new LinkedHashMap<>())
                                .put(row.getString(2), TrialRows.number(row, 3)))
                .list());
        return trials.stream()
                .map(t -> TrialRows.withMetrics(t, metrics.getOrDefault(t.hash(), Map.of())))
                .toList();
    }

    @Override
    public List<MetricSeries> series(String hash) {
        return read(handle -> handle
                .createQuery("SELECT DISTINCT name FROM metric_point WHERE trial = :trial ORDER BY name")
                .bind("trial", hash)
                .mapTo(String.class)
                .list()
                .stream()
                .map(name -> TrialRows.series(handle, hash, name))
                .toList());
    }

    @Override
    public void declare(String wrapper, List<Metric> metrics) {
        transaction(handle -> {
            metrics.forEach(metric -> handle.execute(
                    "INSERT OR REPLACE INTO metric VALUES (?, ?, ?, ?, ?, ?, ?)",
                    wrapper,
                    metric.name(),
                    metric.direction().name(),
                    metric.unit(),
                    metric.range().minimum(),
                    metric.range().maximum(),
                    metric.aggregation().name()));
            return metrics.size();
        });
    }

    @Override
    public Map<String, Metric> metrics(String wrapper) {
        return read(handle -> {
            Map<String, Metric> metrics = new LinkedHashMap<>();
            handle.createQuery("SELECT * FROM metric WHERE wrapper = :wrapper ORDER BY name")
                    .bind("wrapper", wrapper)
                    .map((row, context) -> TrialRows.metric(row))
                    .forEach(metric -> metrics.put(metric.name(), metric));
            return metrics;
        });
    }

    @Override
    public int requeue(String experiment) {
        return queue(experiment, "'INTERRUPTED', 'FAILED', 'ABANDONED'");
    }

    @Override
    public int force(String experiment) {
        return queue(experiment, "'INTERRUPTED', 'FAILED', 'ABANDONED', 'COMPLETED', 'DIVERGED', 'PRUNED'");
    }

    private int queue(String experiment, String states) {
        return transaction(handle -> handle.execute(
                "UPDATE trial SET state = 'QUEUED', progress = 0, cause = NULL, last_log = NULL, ended_at = NULL"
                        + " WHERE state IN (" + states + ")"
                        + " AND hash IN (SELECT trial FROM experiment_trial WHERE experiment = ?)",
                experiment));
    }

    @Override
    public Optional<Lease> lease(String experiment, String worker, Duration length) {
        return transaction(handle -> {
            Optional<String> hash = handle.createQuery("SELECT hash FROM trial"
                            + " JOIN experiment_trial ON experiment_trial.trial = trial.hash"
                            + " WHERE experiment = :experiment AND state = 'QUEUED' ORDER BY position LIMIT 1")
                    .bind("experiment", experiment)
                    .mapTo(String.class)
                    .findOne();
            hash.ifPresent(trial -> {
                handle.execute("DELETE FROM final_metric WHERE trial = ?", trial);
                handle.execute(
                        "UPDATE trial SET state = 'RUNNING', worker = ?, attempt = attempt + 1, lease_until = ?,"
                                + " resolved = NULL, progress = 0, cause = NULL, last_log = NULL, started_at = ?, ended_at = NULL,"
                                + " weights_sha256 = NULL, weights_file = NULL, weights_bytes = NULL WHERE hash = ?",
                        worker,
                        now() + length.toMillis(),
                        now(),
                        trial);
            });
            return hash.flatMap(trial -> one(handle, trial)).map(t -> new Lease(t, worker, t.attempt()));
        });
    }

    private static Optional<TrialRecord> one(Handle handle, String hash) {
        return handle.createQuery("SELECT * FROM trial WHERE hash = :hash")
                .bind("hash", hash)
                .map((row, context) -> TrialRows.trial(row))
                .findOne();
    }

    @Override
    public boolean resolve(Lease lease, ObjectNode config) {
        return transaction(handle -> held(handle.createUpdate("UPDATE trial SET resolved = :config" + HELD), lease)
                        .bind("config", config.toString())
                        .execute()
                == 1);
    }

    @Override
    public void putProvenance(Lease lease, String digest, ObjectNode record) {
        transaction(handle -> {
            ProvenanceTable.put(handle, lease, digest, record);
            return true;
        });
    }

    @Override
    public Optional<ObjectNode> provenance(String hash) {
        return read(handle -> ProvenanceTable.of(handle, hash));
    }

    @Override
    public boolean write(Lease lease, double progress, List<MetricPoint> points, Duration length) {
        return transaction(handle -> {
            boolean held = held(
                                    handle.createUpdate(
                                            "UPDATE trial SET progress = :progress, lease_until = :until" + HELD),
                                    lease)
                            .bind("progress", progress)
                            .bind("until", now() + length.toMillis())
                            .execute()
                    == 1;
            if (held && !points.isEmpty()) {
                PreparedBatch batch = handle.prepareBatch(
                        "INSERT OR REPLACE INTO metric_point VALUES (:trial, :name, :step, :epoch, :seconds, :number)");
                points.forEach(point -> batch.bindMethods(point)
                        .bind("trial", lease.trial().hash())
                        .bind("number", TrialRows.number(point.value()))
                        .add());
                batch.execute();
            }
            return held;
        });
    }

    @Override
    public boolean rewind(Lease lease, long step) {
        return transaction(handle -> {
            boolean held = held(handle.createUpdate("UPDATE trial SET cause = NULL" + HELD), lease)
                            .execute()
                    == 1;
            if (held) {
                handle.execute(
                        "DELETE FROM metric_point WHERE trial = ? AND step > ?",
                        lease.trial().hash(),
                        step);
            }
            return held;
        });
    }

    @Override
    public boolean finish(Lease lease, Ending ending) {
        return transaction(handle -> {
            boolean held = held(handle.createUpdate(END + HELD), lease)
                            .bindMap(values(ending))
                            .execute()
                    == 1;
            if (held) {
                ending.metrics()
                        .forEach((name, value) -> handle.execute(
                                "INSERT INTO final_metric VALUES (?, ?, ?)",
                                lease.trial().hash(),
                                name,
                                TrialRows.number(value)));
            }
            return held;
        });
    }

    @Override
    public Optional<TrialRecord> endOrphan(String worker, Ending ending) {
        return transaction(handle -> {
            Optional<String> hash = handle.createQuery(
                            "SELECT hash FROM trial WHERE state = 'RUNNING' AND worker = :worker")
                    .bind("worker", worker)
                    .mapTo(String.class)
                    .findOne();
            return hash.flatMap(trial -> {
                handle.createUpdate(END + " WHERE hash = :hash")
                        .bindMap(values(ending))
                        .bind("hash", trial)
                        .execute();
                return one(handle, trial);
            });
        });
    }

    @Override
    public int reclaimExpired() {
        return transaction(handle -> handle.execute(
                "UPDATE trial SET state = 'QUEUED', worker = NULL, lease_until = NULL, progress = 0"
                        + " WHERE state = 'RUNNING' AND lease_until < ?",
                now()));
    }

    private static Update held(Update update, Lease lease) {
        return update.bind("hash", lease.trial().hash())
                .bind("worker", lease.worker())
                .bind("attempt", lease.attempt());
    }

    private Map<String, Object> values(Ending ending) {
        Map<String, Object> values = new HashMap<>();
        values.put("state", ending.state().name());
        values.put("cause", ending.cause());
        values.put("lastLog", ending.lastLog());
        values.put("now", now());
        values.put("sha256", ending.weights().map(Weights::sha256));
        values.put("file", ending.weights().map(Weights::file));
        values.put("bytes", ending.weights().map(Weights::bytes));
        return values;
    }

    private long now() {
        return clock.millis();
    }

    private synchronized <T> T read(Function<Handle, T> body) {
        return jdbi.withHandle(body::apply);
    }

    private synchronized <T> T transaction(Function<Handle, T> body) {
        return jdbi.inTransaction(body::apply);
    }

    @Override
    public synchronized void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new StoreException("The store in " + directory + " cannot be closed: " + e.getMessage(), e);
        }
    }
}
