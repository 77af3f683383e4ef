package dev.assay.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Reads trials. */
final class TrialTable {
    /** Engines have a limit to the number of values in a statement. */
    private static final int AT_ONCE = 500;

    private TrialTable() {}

    static List<TrialRecord> of(Handle handle, String experiment) {
        return withMetrics(
                handle,
                handle.createQuery(
                                "SELECT trial.* FROM trial JOIN experiment_trial ON experiment_trial.trial = trial.hash"
                                        + " WHERE experiment = :experiment ORDER BY position")
                        .bind("experiment", experiment));
    }

    static List<TrialRecord> all(Handle handle) {
        return withMetrics(handle, handle.createQuery("SELECT * FROM trial ORDER BY created_at DESC, hash"));
    }

    static List<TrialRecord> those(Handle handle, Collection<String> hashes) {
        List<TrialRecord> found = new ArrayList<>();
        for (List<String> some : parts(hashes)) {
            found.addAll(withMetrics(
                    handle,
                    handle.createQuery("SELECT * FROM trial WHERE hash IN (<hashes>)")
                            .bindList("hashes", some)));
        }
        return found;
    }

    /** At most as many at once as a statement can hold. */
    static List<List<String>> parts(Collection<String> hashes) {
        List<String> all = List.copyOf(hashes);
        List<List<String>> parts = new ArrayList<>();
        for (int from = 0; from < all.size(); from += AT_ONCE) {
            parts.add(all.subList(from, Math.min(all.size(), from + AT_ONCE)));
        }
        return parts;
    }

    static Optional<TrialRecord> one(Handle handle, String hash) {
        return handle.createQuery("SELECT * FROM trial WHERE hash = :hash")
                .bind("hash", hash)
                .map((row, context) -> TrialRows.trial(row))
                .findOne();
    }

    static List<TrialRecord> withPrefix(Handle handle, String prefix) {
        return withMetrics(
                handle,
                handle.createQuery("SELECT * FROM trial WHERE substr(hash, 1, :length) = :prefix ORDER BY hash")
                        .bind("length", prefix.length())
                        .bind("prefix", prefix));
    }

    static List<String> hashes(Handle handle, String experiment) {
        return handle.createQuery("SELECT trial FROM experiment_trial WHERE experiment = :experiment ORDER BY position")
                .bind("experiment", experiment)
                .mapTo(String.class)
                .list();
    }

    static List<Standing> standings(Handle handle, String experiment) {
        return handle.createQuery("SELECT hash, state, attempt, progress FROM trial"
                        + " JOIN experiment_trial ON experiment_trial.trial = trial.hash"
                        + " WHERE experiment = :experiment ORDER BY position")
                .bind("experiment", experiment)
                .map((row, context) -> new Standing(
                        row.getString(1), TrialState.valueOf(row.getString(2)), row.getInt(3), row.getDouble(4)))
                .list();
    }

    static List<Attempt> attempts(Handle handle, String trial) {
        return handle.createQuery("SELECT * FROM attempt WHERE trial = :trial ORDER BY attempt")
                .bind("trial", trial)
                .map((row, context) -> TrialRows.attempt(row))
                .list();
    }

    private static List<TrialRecord> withMetrics(Handle handle, Query query) {
        List<TrialRecord> trials =
                query.map((row, context) -> TrialRows.trial(row)).list();
        if (trials.isEmpty()) {
            return trials;
        }
        Query finals = trials.size() > AT_ONCE
                ? handle.createQuery("SELECT trial, name, value FROM final_metric ORDER BY trial, name")
                : handle.createQuery(
                                "SELECT trial, name, value FROM final_metric WHERE trial IN (<trials>) ORDER BY trial, name")
                        .bindList(
                                "trials", trials.stream().map(TrialRecord::hash).toList());
        Map<String, Map<String, Double>> metrics = new HashMap<>();
        finals.map((row, context) -> metrics.computeIfAbsent(row.getString(1), hash -> new LinkedHashMap<>())
                        .put(row.getString(2), TrialRows.number(row, 3)))
                .list();
        return trials.stream()
                .map(trial -> trial.withMetrics(metrics.getOrDefault(trial.hash(), Map.of())))
                .toList();
    }
}
