-- The store, version 1. Times are milliseconds since 1970-01-01 UTC; hashes and digests are SHA-256 in hex.

-- The four parts of a run config, each once under its own hash. The stored text is the complete config, defaults filled in.
CREATE TABLE data (hash TEXT PRIMARY KEY, config TEXT NOT NULL, created_at INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE model (hash TEXT PRIMARY KEY, config TEXT NOT NULL, created_at INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE train (hash TEXT PRIMARY KEY, config TEXT NOT NULL, created_at INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE seed (hash TEXT PRIMARY KEY, config TEXT NOT NULL, created_at INTEGER NOT NULL) WITHOUT ROWID;

CREATE TABLE trial (
    hash           TEXT PRIMARY KEY,
    wrapper        TEXT NOT NULL,
    data_hash      TEXT NOT NULL REFERENCES data (hash),
    model_hash     TEXT NOT NULL REFERENCES model (hash),
    train_hash     TEXT NOT NULL REFERENCES train (hash),
    seed_hash      TEXT NOT NULL REFERENCES seed (hash),
    -- The trial whose state after so many steps this one starts from; empty for one that starts from nothing.
    origin         TEXT NOT NULL DEFAULT '',
    origin_step    INTEGER NOT NULL DEFAULT 0,
    -- What is run: the parts, with machine-local values (paths, worker counts) as last asked for.
    config         TEXT NOT NULL,
    -- The same with the values derived from the data, as a worker ran it; NULL if it has none or has not begun.
    resolved       TEXT,
    state          TEXT NOT NULL CHECK (state IN
        ('QUEUED', 'RUNNING', 'COMPLETED', 'DIVERGED', 'PRUNED', 'FAILED', 'INTERRUPTED', 'ABANDONED')),
    -- A lease is (worker, attempt); whoever does not hold it can write nothing.
    worker         TEXT,
    attempt        INTEGER NOT NULL DEFAULT 0,
    lease_until    INTEGER,
    progress       REAL NOT NULL DEFAULT 0,
    cause          TEXT,
    last_log       TEXT,
    weights_sha256 TEXT,
    weights_file   TEXT,
    weights_bytes  INTEGER,
    created_at     INTEGER NOT NULL,
    started_at     INTEGER,
    ended_at       INTEGER,
    UNIQUE (wrapper, data_hash, model_hash, train_hash, seed_hash, origin, origin_step)
) WITHOUT ROWID;
CREATE INDEX trial_by_state ON trial (state);

-- An experiment is a named group of trials; a trial may belong to many.
CREATE TABLE experiment (
    name        TEXT PRIMARY KEY,
    description TEXT,
    -- Full name of the metric that answers the question, if the recipe names one.
    metric      TEXT,
    -- JSON object from path to value: the cell others are compared with.
    baseline    TEXT NOT NULL,
    recipe_file TEXT,
    -- JSON list of {layer, name, text}: everything the recipe was read from, its own text first.
    sources     TEXT NOT NULL,
    created_at  INTEGER NOT NULL,
    updated_at  INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE experiment_trial (
    experiment TEXT NOT NULL REFERENCES experiment (name),
    position   INTEGER NOT NULL,
    trial      TEXT NOT NULL REFERENCES trial (hash),
    PRIMARY KEY (experiment, trial)
) WITHOUT ROWID;

-- Declarations, by the name without partition.
CREATE TABLE metric (
    wrapper   TEXT NOT NULL,
    name      TEXT NOT NULL,
    direction TEXT NOT NULL CHECK (direction IN ('MAXIMIZE', 'MINIMIZE')),
    unit      TEXT NOT NULL,
    -- The values it can have, both ends included; ±Inf where it has no bound.
    minimum   REAL NOT NULL,
    maximum   REAL NOT NULL,
    -- Which of the values of a training is the final one.
    aggregation TEXT NOT NULL CHECK (aggregation IN ('LAST', 'BEST', 'MEAN')),
    PRIMARY KEY (wrapper, name)
) WITHOUT ROWID;

-- Values over training; NULL is not a number.
CREATE TABLE metric_point (
    trial   TEXT NOT NULL REFERENCES trial (hash),
    name    TEXT NOT NULL,
    step    INTEGER NOT NULL,
    epoch   REAL NOT NULL,
    seconds REAL NOT NULL,
    value   REAL,
    PRIMARY KEY (trial, name, step)
) WITHOUT ROWID;

-- Values at the end.
CREATE TABLE final_metric (
    trial TEXT NOT NULL REFERENCES trial (hash),
    name  TEXT NOT NULL,
    value REAL,
    PRIMARY KEY (trial, name)
) WITHOUT ROWID;
