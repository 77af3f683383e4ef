package dev.assay.store;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Where results come from: records that many trials share, and which of them each attempt has. In the SQL of both engines. */
final class ProvenanceTable {
    private ProvenanceTable() {}

    static void put(Handle handle, Lease lease, String digest, ObjectNode record) {
        handle.execute(
                "INSERT INTO provenance (hash, record) VALUES (?, ?) ON CONFLICT (hash) DO NOTHING",
                digest,
                record.toString());
        put(handle, lease, digest);
    }

    /** A record that is there already. */
    static void put(Handle handle, Lease lease, String digest) {
        handle.execute(
                "INSERT INTO trial_provenance (trial, attempt, provenance) VALUES (?, ?, ?)"
                        + " ON CONFLICT (trial, attempt) DO UPDATE SET provenance = excluded.provenance",
                lease.trial().hash(),
                lease.attempt(),
                digest);
    }

    /** That of the last attempt. */
    static Optional<ObjectNode> of(Handle handle, String trial) {
        return handle.createQuery("SELECT record FROM trial_provenance JOIN provenance ON hash = provenance"
                        + " WHERE trial = :trial ORDER BY attempt DESC LIMIT 1")
                .bind("trial", trial)
                .mapTo(String.class)
                .findOne()
                .map(record -> (ObjectNode) JsonMapper.shared().readTree(record));
    }

    /** That of the last attempt of each trial that has one; trials with equal ones have the same object. */
    static Map<String, ObjectNode> ofAll(Handle handle, String experiment) {
        Map<String, String> digests = new LinkedHashMap<>();
        handle.createQuery("SELECT trial_provenance.trial, provenance FROM experiment_trial"
                        + " JOIN trial_provenance ON trial_provenance.trial = experiment_trial.trial"
                        + " WHERE experiment = :experiment ORDER BY position, attempt")
                .bind("experiment", experiment)
                .map((row, context) -> digests.put(row.getString(1), row.getString(2)))
                .list();
        Map<String, ObjectNode> records = new HashMap<>();
        Map<String, ObjectNode> byTrial = new LinkedHashMap<>();
        digests.forEach((trial, digest) ->
                byTrial.put(trial, records.computeIfAbsent(digest, unread -> record(handle, unread))));
        return byTrial;
    }

    private static ObjectNode record(Handle handle, String digest) {
        return (ObjectNode) JsonMapper.shared()
                .readTree(handle.createQuery("SELECT record FROM provenance WHERE hash = :digest")
                        .bind("digest", digest)
                        .mapTo(String.class)
                        .one());
    }
}
