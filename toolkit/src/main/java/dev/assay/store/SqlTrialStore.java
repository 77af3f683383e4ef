package dev.assay.store;

import dev.assay.artifact.Artifacts;
import dev.assay.metric.Metric;
import dev.assay.schemas.StoreSql;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The store in a database. Each table has a class of its own; here is what makes a transaction. */
final class SqlTrialStore implements TrialStore {
    private final Path directory;
    private final Database database;
    private @Nullable Artifacts artifacts;

    private SqlTrialStore(Path directory, Database database) {
        this.directory = directory;
        this.database = database;
    }

    static SqlTrialStore open(StoreAddress address) {
        return open(address, Duration.ZERO);
    }

    /** @param clockOffset by how much the shared clock is taken to be late */
    static SqlTrialStore open(StoreAddress address, Duration clockOffset) {
        Database database = address.isServer()
                ? PostgresDatabase.open(address, StoreSql.postgresql(), clockOffset)
                : SqliteDatabase.open(address, StoreSql.sqlite(), Clock.offset(Clock.systemUTC(), clockOffset));
        return new SqlTrialStore(address.directory(), database);
    }

    @Override
    public Path directory() {
        return directory;
    }

    @Override
    public synchronized Artifacts artifacts() {
        if (artifacts == null) {
            artifacts = Artifacts.in(
                    directory,
                    database.read(handle -> handle.createQuery("SELECT address FROM artifact_address")
                            .mapTo(String.class)
                            .findOne()));
        }
        return artifacts;
    }

    @Override
    public synchronized void keepArtifactsAt(Optional<String> address) {
        database.transaction(handle -> {
            int before = handle.execute("DELETE FROM artifact_address");
            address.ifPresent(there -> handle.execute("INSERT INTO artifact_address VALUES (1, ?)", there));
            return before;
        });
        artifacts = null;
    }

    @Override
    public void put(Experiment experiment, List<TrialSpec> trials, Note note) {
        database.transaction(handle -> {
            new ExperimentTables(handle, database.now(handle), note).put(experiment, trials);
            return trials.size();
        });
    }

    @Override
    public Optional<Experiment> experiment(String name) {
        return database.read(handle -> ExperimentTables.experiment(handle, name));
    }

    @Override
    public List<Experiment> experiments() {
        return database.read(ExperimentTables::experiments);
    }

    @Override
    public List<TrialRecord> trialsOf(String experiment) {
        return database.read(handle -> TrialTable.of(handle, experiment));
    }

    @Override
    public List<TrialRecord> trials() {
        return database.read(TrialTable::all);
    }

    @Override
    public List<TrialRecord> trials(Collection<String> hashes) {
        return database.read(handle -> TrialTable.those(handle, hashes));
    }

    @Override
    public List<TrialRecord> withPrefix(String hashPrefix) {
        return database.read(handle -> TrialTable.withPrefix(handle, hashPrefix));
    }

    @Override
    public List<Attempt> attempts(String hash) {
        return database.read(handle -> TrialTable.attempts(handle, hash));
    }

    @Override
    public List<Standing> standings(String experiment) {
        return database.read(handle -> TrialTable.standings(handle, experiment));
    }

    @Override
    public List<MetricSeries> series(String hash) {
        return database.read(handle -> SeriesTable.of(handle, hash));
    }

    @Override
    public Map<String, MetricSeries> seriesOf(String experiment, String name) {
        return database.read(handle -> SeriesTable.of(handle, experiment, name));
    }

    @Override
    public void declare(String wrapper, List<Metric> metrics) {
        database.transaction(handle -> MetricTables.declare(handle, wrapper, metrics));
    }

    @Override
    public Map<String, Metric> metrics(String wrapper) {
        return database.read(handle -> MetricTables.declared(handle, wrapper));
    }

    @Override
    public int requeue(String experiment) {
        return database.transaction(handle -> new Queue(handle, database)
                .requeue(TrialTable.hashes(handle, experiment))
                .size());
    }

    @Override
    public List<String> requeue(Collection<String> hashes) {
        return database.transaction(handle -> new Queue(handle, database).requeue(hashes));
    }

    @Override
    public List<String> force(String experiment) {
        return database.transaction(handle -> new Queue(handle, database).force(TrialTable.hashes(handle, experiment)));
    }

    @Override
    public List<String> cancel(Collection<String> hashes) {
        return database.transaction(handle -> new Queue(handle, database).cancel(hashes));
    }

    @Override
    public Optional<Lease> lease(String experiment, String worker, Duration length, Optional<String> provenance) {
        return database.transaction(handle -> {
            Optional<Lease> lease = new Queue(handle, database).lease(experiment, worker, length);
            lease.ifPresent(held -> provenance.ifPresent(digest -> ProvenanceTable.put(handle, held, digest)));
            return lease;
        });
    }

    @Override
    public boolean resolve(Lease lease, ObjectNode config) {
        return database.transaction(handle -> new HeldTrial(handle, lease).resolve(config));
    }

    @Override
    public boolean putProvenance(Lease lease, String digest, ObjectNode record) {
        return database.transaction(handle -> {
            boolean held = new HeldTrial(handle, lease).isHeld();
            if (held) {
                ProvenanceTable.put(handle, lease, digest, record);
            }
            return held;
        });
    }

    @Override
    public Optional<ObjectNode> provenance(String hash) {
        return database.read(handle -> ProvenanceTable.of(handle, hash));
    }

    @Override
    public Map<String, ObjectNode> provenancesOf(String experiment) {
        return database.read(handle -> ProvenanceTable.ofAll(handle, experiment));
    }

    @Override
    public LeaseStatus write(Lease lease, double progress, List<MetricPoint> points, Duration length) {
        return database.transaction(handle -> {
            long until = database.now(handle) + length.toMillis();
            LeaseStatus status = new HeldTrial(handle, lease).prolong(progress, until);
            if (status != LeaseStatus.LOST) {
                SeriesTable.add(handle, lease.trial().hash(), points);
            }
            return status;
        });
    }

    @Override
    public boolean rewind(Lease lease, long step) {
        return database.transaction(handle -> {
            boolean held = new HeldTrial(handle, lease).isHeld();
            if (held) {
                SeriesTable.cut(handle, lease.trial().hash(), step);
            }
            return held;
        });
    }

    @Override
    public boolean finish(Lease lease, Ending ending, List<MetricPoint> points) {
        return database.transaction(handle -> {
            boolean held = new HeldTrial(handle, lease).end(ending, database.now(handle));
            if (held) {
                SeriesTable.add(handle, lease.trial().hash(), points);
            }
            return held;
        });
    }

    @Override
    public Optional<TrialRecord> endOrphan(String worker, Ending ending) {
        return database.transaction(handle -> new Queue(handle, database).endOrphan(worker, ending));
    }

    @Override
    public List<String> reclaimExpired() {
        // Nearly always there is nothing to do, for which nobody else should have to wait.
        boolean any =
                database.read(handle -> !new Queue(handle, database).expired().isEmpty());
        return any ? database.transaction(handle -> new Queue(handle, database).reclaimExpired()) : List.of();
    }

    @Override
    public void close() {
        database.close();
    }
}
