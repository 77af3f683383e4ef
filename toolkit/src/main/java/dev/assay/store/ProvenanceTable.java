package dev.assay.store;

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
}
