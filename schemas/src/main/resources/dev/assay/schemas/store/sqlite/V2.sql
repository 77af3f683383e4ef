-- The store, version 2: where results come from. A record is a JSON object, once under its own SHA-256; dev.assay.provenance says what is in it.
CREATE TABLE provenance (
    hash   TEXT PRIMARY KEY,
    record TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE trial_provenance (
    trial      TEXT NOT NULL REFERENCES trial (hash),
    attempt    INTEGER NOT NULL,
    provenance TEXT NOT NULL REFERENCES provenance (hash),
    PRIMARY KEY (trial, attempt)
) WITHOUT ROWID;
