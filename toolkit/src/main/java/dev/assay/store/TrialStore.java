package dev.assay.store;

import dev.assay.metric.Metric;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
     * Opens the store in that file, making or upgrading it if need be.
     *
     * @throws StoreException if it is not a store, was made by a newer version, or cannot be written
     */
    static TrialStore open(Path file) {
        return SqliteTrialStore.open(file);
    }

    /** The same, if the file is there. */
    static Optional<TrialStore> openExisting(Path file) {
        return Files.exists(file) ? Optional.of(open(file)) : Optional.empty();
    }

    /** Folder of the store: weights, logs and reports lie below it. */
    Path directory();

    /**
     * Records an experiment and the trials it asks for, in order. What is there already stays as it is, but for machine-local values in
     * the configs, which become those given.
     */
    void put(Experiment experiment, List<TrialSpec> trials);

    Optional<Experiment> experiment(String name);

    /** All experiments, the last changed first. */
    List<Experiment> experiments();

    /** The trials of an experiment in the order of its plan. */
    List<TrialRecord> trialsOf(String experiment);

    /** All trials, newest first. */
    List<TrialRecord> trials();

    /** The trials whose hash begins so. */
    List<TrialRecord> withPrefix(String hashPrefix);

    /** What a trial recorded over its training, by name. */
    List<MetricSeries> series(String hash);

    /** Records the declarations of a wrapper's metrics. */
    void declare(String wrapper, List<Metric> metrics);

    /** A wrapper's declared metrics, by name without partition. */
    Map<String, Metric> metrics(String wrapper);

    /** Queues what the experiment asks for and has no end state worth keeping: interrupted, failed and abandoned trials. */
    int requeue(String experiment);

    /** Queues trials again whatever their state, unless one is running; their results are replaced when they end. */
    int force(String experiment);

    /**
     * Leases the first queued trial of the experiment. What an earlier attempt recorded over its training stays until {@link #rewind}; its
     * final values go.
     */
    Optional<Lease> lease(String experiment, String worker, Duration length);

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
     */
    void putProvenance(Lease lease, String digest, ObjectNode record);

    /** Where the results of a trial come from; that of its last attempt. */
    Optional<ObjectNode> provenance(String hash);

    /**
     * Writes values and progress and prolongs the lease.
     *
     * @return whether the lease still held; if not, nothing was written and the worker must stop
     */
    boolean write(Lease lease, double progress, List<MetricPoint> points, Duration length);

    /**
     * Drops the values recorded for steps after {@code step}, from which the trial goes on; a negative one drops all.
     *
     * @return whether the lease still held; if not, nothing was dropped and the worker must stop
     */
    boolean rewind(Lease lease, long step);

    /**
     * Ends the trial and gives the lease back.
     *
     * @return whether the lease still held; if not, nothing was written
     */
    boolean finish(Lease lease, Ending ending);

    /** Ends whatever trial a worker that is known to be dead holds. */
    Optional<TrialRecord> endOrphan(String worker, Ending ending);

    /** Queues trials whose lease has expired, their workers having vanished. */
    int reclaimExpired();

    @Override
    void close();
}
