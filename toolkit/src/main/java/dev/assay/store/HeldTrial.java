package dev.assay.store;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import tools.jackson.databind.node.ObjectNode;

/** A trial as the holder of its lease changes it. Whatever is done under a lease that was lost does nothing. */
final class HeldTrial {
    private static final String HELD =
            " WHERE hash = :hash AND worker = :worker AND attempt = :attempt AND state = 'RUNNING'";
    private static final String END = "UPDATE trial SET state = :state, losses = :losses, failure = :failure,"
            + " error_class = :errorClass, error_place = :errorPlace, cause = :cause, stack = :stack, last_log = :lastLog,"
            + " lease_until = NULL, cancelled = 0, ended_at = :ended, weights_sha256 = :sha256, weights_file = :file,"
            + " weights_bytes = :bytes, peak_memory = :peakMemory, progress = :progress";

    private final Handle handle;
    private final Lease lease;

    HeldTrial(Handle handle, Lease lease) {
        this.handle = handle;
        this.lease = lease;
    }

    boolean isHeld() {
        return bound(handle.createQuery("SELECT hash FROM trial" + HELD))
                .mapTo(String.class)
                .findOne()
                .isPresent();
    }

    boolean resolve(ObjectNode config) {
        return bound(handle.createUpdate("UPDATE trial SET resolved = :config" + HELD))
                        .bind("config", config.toString())
                        .execute()
                == 1;
    }

    LeaseStatus prolong(double progress, long until) {
        return bound(handle.createQuery(
                        "UPDATE trial SET progress = :progress, lease_until = :until" + HELD + " RETURNING cancelled"))
                .bind("progress", progress)
                .bind("until", until)
                .mapTo(Integer.class)
                .findOne()
                .map(cancelled -> cancelled == 0 ? LeaseStatus.HELD : LeaseStatus.CANCELLED)
                .orElse(LeaseStatus.LOST);
    }

    boolean end(Ending ending, long now) {
        Map<String, Object> values = values(ending);
        values.put("state", ending.state().name());
        values.put("losses", 0);
        values.put("ended", now);
        values.put("progress", ending.state() == TrialState.COMPLETED ? 1.0 : 0.0);
        if (bound(handle.createUpdate(END + HELD)).bindMap(values).execute() == 0) {
            return false;
        }
        MetricTables.putFinal(handle, lease.trial().hash(), ending.metrics());
        endAttempt(ending.state(), ending, now);
        return true;
    }

    /** Gives the trial back although it has not ended, or up if that has happened too often. */
    void lose(Ending ending, long now) {
        int losses = 1 + number("losses");
        TrialState state = number("cancelled") == 1
                ? TrialState.INTERRUPTED
                : losses < TrialStore.MOST_LOSSES ? TrialState.QUEUED : TrialState.ABANDONED;
        Map<String, Object> values = values(ending);
        values.put("state", state.name());
        values.put("losses", losses);
        values.put("ended", state == TrialState.QUEUED ? Optional.empty() : Optional.of(now));
        values.put("progress", 0.0);
        if (state == TrialState.ABANDONED) {
            values.put(
                    "cause",
                    text(Optional.of("Given up after " + losses + " workers were lost with it. The last: "
                            + ending.cause().orElse(""))));
        }
        bound(handle.createUpdate(END + HELD)).bindMap(values).execute();
        endAttempt(state, ending, now);
    }

    private int number(String column) {
        return bound(handle.createQuery("SELECT " + column + " FROM trial" + HELD))
                .mapTo(Integer.class)
                .one();
    }

    private void endAttempt(TrialState state, Ending ending, long now) {
        handle.createUpdate("UPDATE attempt SET ended_at = :now, state = :state, failure = :failure, cause = :cause"
                        + " WHERE trial = :trial AND attempt = :attempt")
                .bind("now", now)
                .bind("state", state.name())
                .bind("failure", ending.failure().map(failure -> failure.kind().name()))
                .bind("cause", text(ending.cause()))
                .bind("trial", lease.trial().hash())
                .bind("attempt", lease.attempt())
                .execute();
    }

    private static Map<String, Object> values(Ending ending) {
        Optional<Failure> failure = ending.failure();
        Map<String, Object> values = new HashMap<>();
        values.put("failure", failure.map(each -> each.kind().name()));
        values.put("errorClass", failure.flatMap(Failure::errorClass));
        values.put("errorPlace", failure.flatMap(Failure::place));
        values.put("cause", text(ending.cause()));
        values.put("stack", text(failure.flatMap(Failure::stack)));
        values.put("lastLog", text(ending.lastLog()));
        values.put("peakMemory", ending.peakMemory());
        values.put("sha256", ending.weights().map(Weights::sha256));
        values.put("file", ending.weights().map(Weights::file));
        values.put("bytes", ending.weights().map(Weights::bytes));
        return values;
    }

    /** PostgreSQL's texts have no NUL, which logs may have. */
    private static Optional<String> text(Optional<String> any) {
        return any.map(text -> text.replace('\0', '\ufffd'));
    }

    private <S extends SqlStatement<S>> S bound(S statement) {
        return statement
                .bind("hash", lease.trial().hash())
                .bind("worker", lease.worker())
                .bind("attempt", lease.attempt());
    }
}
