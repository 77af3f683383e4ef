package dev.assay.store;

import dev.assay.artifact.Artifacts;
import dev.assay.metric.Metric;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * The bookkeeping of trials. Safe for use by any number of threads and processes; every method is one transaction, so whatever is killed
 * at whatever moment, a store is as it was before or after a call.
 */
public interface TrialStore extends AutoCloseable {

    /**
     * Opens the store at that address, making or upgrading it if need be.
     *
     * @throws StoreException if it is not a store, was made by a newer version, or cannot be reached or written
     */
    static TrialStore open(StoreAddress address) {
        return SqlTrialStore.open(address);
    }

    /** Opens the store in that file. */
    static TrialStore open(Path file) {
        return open(StoreAddress.of(file));
    }

    /** Opens the store at that address, if there is one. */
    static Optional<TrialStore> openExisting(StoreAddress address) {
        boolean isThere = address.isServer() ? PostgresDatabase.isThere(address) : Files.exists(address.file());
        return isThere ? Optional.of(open(address)) : Optional.empty();
    }

    /** Folder of the store: weights, logs and reports lie below it. */
    Path directory();

    /** The files of its trials, wherever they are kept: asked of the database when first needed, and the same from then on. */
    Artifacts artifacts();

    /** Says where files are kept besides the store's folder, which must hold all of them; empty: nowhere. */
    void keepArtifactsAt(Optional<String> address);

    /**
     * Records an experiment and the trials it asks for, in order. What is there already stays as it is, but for machine-local values in
     * the configs, which become those given.
     *
     * @param note stays with whatever is recorded for the first time
     */
    void put(Experiment experiment, List<TrialSpec> trials, Note note);

    /** The same in the name of the user who runs this program, without a comment. */
    default void put(Experiment experiment, List<TrialSpec> trials) {
        put(experiment, trials, Note.mine(Optional.empty()));
    }

    Optional<Experiment> experiment(String name);

    /** All experiments, the last changed first. */
    List<Experiment> experiments();

    /** The trials of an experiment in the order of its plan. */
    List<TrialRecord> trialsOf(String experiment);

    /** All trials, newest first. */
    List<TrialRecord> trials();

    /** Those of these trials that the store has, in no order. */
    List<TrialRecord> trials(Collection<String> hashes);

    /** The trials whose hash begins so. */
    List<TrialRecord> withPrefix(String hashPrefix);

    /** What became of each attempt at a trial, the first one first. */
    List<Attempt> attempts(String hash);

    /** How the trials of an experiment stand, in the order of its plan. Much quicker than all of what is known of them. */
    List<Standing> standings(String experiment);

    /** What a trial recorded over its training, by name. */
    List<MetricSeries> series(String hash);

    /** One metric of all trials of an experiment, by hash; those that have none of it are left out. */
    Map<String, MetricSeries> seriesOf(String experiment, String name);

    /** Records the declarations of a wrapper's metrics. */
    void declare(String wrapper, List<Metric> metrics);

    /** A wrapper's declared metrics, by name without partition. */
    Map<String, Metric> metrics(String wrapper);

    /**
     * Queues what the experiment asks for and has no end state worth keeping: interrupted, failed and abandoned trials. All of its trials may
     * lose workers afresh.
     */
    int requeue(String experiment);

    /** Does the same with single trials, and returns those that were queued. */
    List<String> requeue(Collection<String> hashes);

    /**
     * Queues trials again whatever their state, unless one is running; their results are replaced when they end. Returns those that were
     * queued.
     */
    List<String> force(String experiment);

    /**
     * Stops trials: queued ones become interrupted, and the workers of running ones are told to stop after their step.
     *
     * @return those that were queued or running
     */
    List<String> cancel(Collection<String> hashes);

    /**
     * Leases the first queued trial of the experiment. What an earlier attempt recorded over its training stays until {@link #rewind}; its
     * final values go.
     *
     * @param provenance digest of a record that {@link #putProvenance} has written before, for the attempt that begins here
     */
    Optional<Lease> lease(String experiment, String worker, Duration length, Optional<String> provenance);

    /** The same where nothing is known yet of where the results will come from. */
    default Optional<Lease> lease(String experiment, String worker, Duration length) {
        return lease(experiment, worker, length, Optional.empty());
    }

    /**
     * Records the config as it is run, with the values that were derived from the data.
     *
     * @return whether the lease still held; if not, nothing was written
     */
    boolean resolve(Lease lease, ObjectNode config);

    /**
     * Records where the results of an attempt come from.
     *
     * @param digest SHA-256 of the record; equal ones are stored once
     * @return whether the lease still held; if not, nothing was written
     */
    boolean putProvenance(Lease lease, String digest, ObjectNode record);

    /** Where the results of a trial come from; that of its last attempt. */
    Optional<ObjectNode> provenance(String hash);

    /** The same for all trials of an experiment, by hash; those without any are left out, and trials with equal ones share an object. */
    Map<String, ObjectNode> provenancesOf(String experiment);

    /** Writes values and progress and prolongs the lease, if it still holds. */
    LeaseStatus write(Lease lease, double progress, List<MetricPoint> points, Duration length);

    /**
     * Drops the values recorded for steps after {@code step}, from which the trial goes on; a negative one drops all.
     *
     * @return whether the lease still held; if not, nothing was dropped and the worker must stop
     */
    boolean rewind(Lease lease, long step);

    /**
     * Ends the trial and gives the lease back.
     *
     * @param points what is not written yet of the values over its training
     * @return whether the lease still held; if not, nothing was written
     */
    boolean finish(Lease lease, Ending ending, List<MetricPoint> points);

    /** The same where all values are written. */
    default boolean finish(Lease lease, Ending ending) {
        return finish(lease, ending, List.of());
    }

    /**
     * Ends whatever trial a worker that is known to be dead holds. What need not happen again ({@link FailureKind#isTransient}) queues it once
     * more instead, until it has lost {@link #MOST_LOSSES} workers; then it is abandoned.
     */
    Optional<TrialRecord> endOrphan(String worker, Ending ending);

    /** Does the same for every worker whose lease has expired, and returns their names. */
    List<String> reclaimExpired();

    /** How many workers a trial may lose before it is abandoned. */
    int MOST_LOSSES = 3;

    @Override
    void close();
}
