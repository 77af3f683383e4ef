package dev.assay.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Who gets which trial: queuing, leasing, cancelling, and giving back what a lost worker had. */
final class Queue {
    private static final String REPEATABLE = "'INTERRUPTED', 'FAILED', 'ABANDONED'";
    private static final String ENDED = REPEATABLE + ", 'COMPLETED', 'DIVERGED', 'PRUNED'";
    /** What a trial has of its last attempt until the next begins. */
    private static final String FORGET =
            "progress = 0, failure = NULL, error_class = NULL, error_place = NULL, cause = NULL,"
                    + " stack = NULL, last_log = NULL, ended_at = NULL, cancelled = 0";

    private final Handle handle;
    private final Database database;

    Queue(Handle handle, Database database) {
        this.handle = handle;
        this.database = database;
    }

    List<String> requeue(Collection<String> hashes) {
        // Whoever asks for something once more is ready to lose workers again.
        each("UPDATE trial SET losses = 0 WHERE hash IN (<hashes>) AND losses > 0 RETURNING hash", hashes);
        return queue(hashes, REPEATABLE);
    }

    List<String> force(Collection<String> hashes) {
        return queue(hashes, ENDED);
    }

    private List<String> queue(Collection<String> hashes, String states) {
        return each(
                "UPDATE trial SET state = 'QUEUED', losses = 0, " + FORGET + " WHERE hash IN (<hashes>) AND state IN ("
                        + states + ") RETURNING hash",
                hashes);
    }

    List<String> cancel(Collection<String> hashes) {
        List<String> stopped = new ArrayList<>(each(
                "UPDATE trial SET state = 'INTERRUPTED', cause = 'Cancelled before it began.', ended_at = "
                        + database.now(handle) + " WHERE hash IN (<hashes>) AND state = 'QUEUED' RETURNING hash",
                hashes));
        stopped.addAll(each(
                "UPDATE trial SET cancelled = 1 WHERE hash IN (<hashes>) AND state = 'RUNNING' RETURNING hash",
                hashes));
        return stopped;
    }

    private List<String> each(String sql, Collection<String> hashes) {
        List<String> changed = new ArrayList<>();
        for (List<String> some : TrialTable.parts(hashes)) {
            changed.addAll(handle.createQuery(sql)
                    .bindList("hashes", some)
                    .mapTo(String.class)
                    .list());
        }
        return changed;
    }

    Optional<Lease> lease(String experiment, String worker, Duration length) {
        long now = database.now(handle);
        Optional<TrialRecord> leased = handle.createQuery("UPDATE trial SET state = 'RUNNING', worker = :worker,"
                        + " attempt = attempt + 1, lease_until = :until, started_at = :now, resolved = NULL, weights_sha256 = NULL,"
                        + " weights_file = NULL, weights_bytes = NULL, " + FORGET
                        + " WHERE hash = (SELECT hash FROM trial"
                        + " JOIN experiment_trial ON experiment_trial.trial = trial.hash"
                        + " WHERE experiment = :experiment AND state = 'QUEUED' ORDER BY position LIMIT 1"
                        + database.pickingOne() + ") RETURNING *")
                .bind("worker", worker)
                .bind("until", now + length.toMillis())
                .bind("now", now)
                .bind("experiment", experiment)
                .map((row, context) -> TrialRows.trial(row))
                .findOne();
        leased.ifPresent(trial -> {
            MetricTables.dropFinal(handle, trial.hash());
            handle.execute(
                    "INSERT INTO attempt (trial, attempt, worker, started_at) VALUES (?, ?, ?, ?)",
                    trial.hash(),
                    trial.attempt(),
                    worker,
                    now);
        });
        return leased.map(trial -> new Lease(trial, worker, trial.attempt()));
    }

    Optional<TrialRecord> endOrphan(String worker, Ending ending) {
        Query held = handle.createQuery("SELECT * FROM trial WHERE state = 'RUNNING' AND worker = :worker");
        Optional<TrialRecord> trial = held.bind("worker", worker)
                .map((row, context) -> TrialRows.trial(row))
                .findOne();
        trial.ifPresent(orphan -> end(orphan, worker, ending));
        return trial.flatMap(orphan -> TrialTable.one(handle, orphan.hash()));
    }

    private void end(TrialRecord orphan, String worker, Ending ending) {
        HeldTrial held = new HeldTrial(handle, new Lease(orphan, worker, orphan.attempt()));
        if (ending.failure().map(failure -> failure.kind().isTransient()).orElse(false)) {
            held.lose(ending, database.now(handle));
        } else {
            held.end(ending, database.now(handle));
        }
    }

    /** Workers that have given no sign of life for too long. */
    List<String> expired() {
        return handle.createQuery(
                        "SELECT worker FROM trial WHERE state = 'RUNNING' AND lease_until < :now ORDER BY worker")
                .bind("now", database.now(handle))
                .mapTo(String.class)
                .list();
    }

    List<String> reclaimExpired() {
        List<String> lost = expired();
        lost.forEach(worker -> endOrphan(
                worker,
                Ending.failed(
                        Failure.of(FailureKind.LOST),
                        "The worker (" + worker + ") gave no sign of life any more.\n"
                                + "Maybe its machine was switched off or cut off, or it was stopped.")));
        return lost;
    }
}
