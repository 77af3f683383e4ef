-- The store, version 1. Times are milliseconds since 1970-01-01 UTC; hashes and digests are SHA-256 in hex.

-- The four parts of a run config, each once under its own hash. The stored text is the complete config, defaults filled in.
CREATE TABLE data (
    hash       TEXT PRIMARY KEY,
    config     TEXT NOT NULL,
    owner      TEXT NOT NULL,
    comment    TEXT,
    created_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE model (
    hash       TEXT PRIMARY KEY,
    config     TEXT NOT NULL,
    owner      TEXT NOT NULL,
    comment    TEXT,
    created_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE train (
    hash       TEXT PRIMARY KEY,
    config     TEXT NOT NULL,
    owner      TEXT NOT NULL,
    comment    TEXT,
    created_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE seed (
    hash       TEXT PRIMARY KEY,
    config     TEXT NOT NULL,
    owner      TEXT NOT NULL,
    comment    TEXT,
    created_at INTEGER NOT NULL
) WITHOUT ROWID;

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
    -- Who asked for it first, and what they had to say.
    owner          TEXT NOT NULL,
    comment        TEXT,
    state          TEXT NOT NULL CHECK (state IN
        ('QUEUED', 'RUNNING', 'COMPLETED', 'DIVERGED', 'PRUNED', 'FAILED', 'INTERRUPTED', 'ABANDONED')),
    -- A lease is (worker, attempt); whoever does not hold it can write nothing. The worker stays after it.
    worker         TEXT,
    attempt        INTEGER NOT NULL DEFAULT 0,
    lease_until    INTEGER,
    -- 1 once somebody has cancelled it: its worker stops after its step.
    cancelled      INTEGER NOT NULL DEFAULT 0,
    -- How many workers were lost with it since somebody asked for it.
    losses         INTEGER NOT NULL DEFAULT 0,
    progress       REAL NOT NULL DEFAULT 0,
    -- Why it ended early: the kind of failure, the class that was thrown and where, the message, the stack, the last lines of the log.
    failure        TEXT,
    error_class    TEXT,
    error_place    TEXT,
    cause          TEXT,
    stack          TEXT,
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

-- What became of each attempt at a trial; the last one is the trial's own state.
CREATE TABLE attempt (
    trial      TEXT NOT NULL REFERENCES trial (hash),
    attempt    INTEGER NOT NULL,
    worker     TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    ended_at   INTEGER,
    -- That of the trial after the attempt, QUEUED if it was given back; NULL while it runs.
    state      TEXT,
    failure    TEXT,
    cause      TEXT,
    PRIMARY KEY (trial, attempt)
) WITHOUT ROWID;

-- An experiment is a named group of trials; a trial may belong to many.
CREATE TABLE experiment (
    name        TEXT PRIMARY KEY,
    description TEXT,
    -- Full name of the metric that answers the question, if the recipe names one.
    metric      TEXT,
    -- JSON object from path to value: the cell others are compared with.
    baseline    TEXT NOT NULL,
    recipe_file TEXT,
    -- JSON list of (layer, name, text): everything the recipe was read from, its own text first.
    sources     TEXT NOT NULL,
    owner       TEXT NOT NULL,
    comment     TEXT,
    created_at  INTEGER NOT NULL,
    updated_at  INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE experiment_trial (
    experiment TEXT NOT NULL REFERENCES experiment (name),
    position   INTEGER NOT NULL,
    trial      TEXT NOT NULL REFERENCES trial (hash),
    PRIMARY KEY (experiment, position),
    UNIQUE (experiment, trial)
) WITHOUT ROWID;
CREATE INDEX experiment_by_trial ON experiment_trial (trial);

-- Declarations, by the name without partition.
CREATE TABLE metric (
    wrapper   TEXT NOT NULL,
    name      TEXT NOT NULL,
    direction TEXT NOT NULL CHECK (direction IN ('MAXIMIZE', 'MINIMIZE')),
    unit      TEXT NOT NULL,
    -- The values it can have, both ends included; infinite where it has no bound.
    minimum   REAL NOT NULL,
    maximum   REAL NOT NULL,
    -- Which of the values of a training is the final one.
    aggregation TEXT NOT NULL CHECK (aggregation IN ('LAST', 'BEST', 'MEAN')),
    PRIMARY KEY (wrapper, name)
) WITHOUT ROWID;

-- Values over training, many to a row; the view series has them one by one. The chunks of a series follow each other in the order of
-- steps. Numbers are big-endian: steps 4 bytes a point without sign, counted from first_step; the others IEEE 754, 8 bytes a point.
CREATE TABLE metric_chunk (
    trial      TEXT NOT NULL REFERENCES trial (hash),
    name       TEXT NOT NULL,
    first_step INTEGER NOT NULL,
    last_step  INTEGER NOT NULL,
    points     INTEGER NOT NULL,
    steps      BLOB NOT NULL,
    epochs     BLOB NOT NULL,
    seconds    BLOB NOT NULL,
    numbers    BLOB NOT NULL,
    PRIMARY KEY (trial, name, first_step)
);

-- Values at the end; NULL is not a number.
CREATE TABLE final_metric (
    trial TEXT NOT NULL REFERENCES trial (hash),
    name  TEXT NOT NULL,
    value REAL,
    PRIMARY KEY (trial, name)
) WITHOUT ROWID;

-- For reading by hand; the columns of these views stay as they are.
CREATE VIEW trials AS
SELECT trial.hash AS trial, trial.wrapper, trial.state, seed.config AS seed, trial.attempt, trial.progress, trial.owner, trial.comment,
    trial.failure, trial.error_class, trial.cause, COALESCE(trial.resolved, trial.config) AS config,
    strftime('%Y-%m-%dT%H:%M:%fZ', trial.created_at / 1000.0, 'unixepoch') AS created,
    strftime('%Y-%m-%dT%H:%M:%fZ', trial.started_at / 1000.0, 'unixepoch') AS started,
    strftime('%Y-%m-%dT%H:%M:%fZ', trial.ended_at / 1000.0, 'unixepoch') AS ended,
    (trial.ended_at - trial.started_at) / 1000.0 AS seconds
FROM trial JOIN seed ON seed.hash = trial.seed_hash;

CREATE VIEW experiments AS
SELECT experiment_trial.experiment, experiment_trial.position, experiment_trial.trial, trial.state, experiment.owner, experiment.comment
FROM experiment_trial
JOIN experiment ON experiment.name = experiment_trial.experiment
JOIN trial ON trial.hash = experiment_trial.trial;

CREATE VIEW final_metrics AS
SELECT final_metric.trial, final_metric.name, final_metric.value, trial.state
FROM final_metric JOIN trial ON trial.hash = final_metric.trial;

-- Each point of each chunk, its numbers as hexadecimal digits.
CREATE VIEW series_digits AS
WITH RECURSIVE place (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM place WHERE i < 511)
SELECT trial, name, first_step,
    hex(substr(steps, 4 * i + 1, 4)) AS step,
    hex(substr(epochs, 8 * i + 1, 8)) AS epoch,
    hex(substr(seconds, 8 * i + 1, 8)) AS seconds,
    hex(substr(numbers, 8 * i + 1, 8)) AS value
FROM metric_chunk JOIN place ON i < points;

-- Their fractions and exponents, from the digits.
CREATE VIEW series_words AS
SELECT trial, name, first_step,
    first_step + ((((((((instr('123456789ABCDEF', substr(step, 1, 1))) * 16 + instr('123456789ABCDEF', substr(step, 2, 1))) * 16 + instr('123456789ABCDEF', substr(step, 3, 1))) * 16 + instr('123456789ABCDEF', substr(step, 4, 1))) * 16 + instr('123456789ABCDEF', substr(step, 5, 1))) * 16 + instr('123456789ABCDEF', substr(step, 6, 1))) * 16 + instr('123456789ABCDEF', substr(step, 7, 1))) * 16 + instr('123456789ABCDEF', substr(step, 8, 1))) AS step,
    CASE WHEN epoch >= '8' THEN -1.0 ELSE 1.0 END AS epoch_sign,
    ((instr('123456789ABCDEF', substr(epoch, 1, 1)) & 7) * 256 + instr('123456789ABCDEF', substr(epoch, 2, 1)) * 16 + instr('123456789ABCDEF', substr(epoch, 3, 1))) AS epoch_exponent,
    ((((((((((((instr('123456789ABCDEF', substr(epoch, 4, 1))) * 16 + instr('123456789ABCDEF', substr(epoch, 5, 1))) * 16 + instr('123456789ABCDEF', substr(epoch, 6, 1))) * 16 + instr('123456789ABCDEF', substr(epoch, 7, 1))) * 16 + instr('123456789ABCDEF', substr(epoch, 8, 1))) * 16 + instr('123456789ABCDEF', substr(epoch, 9, 1))) * 16 + instr('123456789ABCDEF', substr(epoch, 10, 1))) * 16 + instr('123456789ABCDEF', substr(epoch, 11, 1))) * 16 + instr('123456789ABCDEF', substr(epoch, 12, 1))) * 16 + instr('123456789ABCDEF', substr(epoch, 13, 1))) * 16 + instr('123456789ABCDEF', substr(epoch, 14, 1))) * 16 + instr('123456789ABCDEF', substr(epoch, 15, 1))) * 16 + instr('123456789ABCDEF', substr(epoch, 16, 1)) AS epoch_fraction,
    CASE WHEN seconds >= '8' THEN -1.0 ELSE 1.0 END AS seconds_sign,
    ((instr('123456789ABCDEF', substr(seconds, 1, 1)) & 7) * 256 + instr('123456789ABCDEF', substr(seconds, 2, 1)) * 16 + instr('123456789ABCDEF', substr(seconds, 3, 1))) AS seconds_exponent,
    ((((((((((((instr('123456789ABCDEF', substr(seconds, 4, 1))) * 16 + instr('123456789ABCDEF', substr(seconds, 5, 1))) * 16 + instr('123456789ABCDEF', substr(seconds, 6, 1))) * 16 + instr('123456789ABCDEF', substr(seconds, 7, 1))) * 16 + instr('123456789ABCDEF', substr(seconds, 8, 1))) * 16 + instr('123456789ABCDEF', substr(seconds, 9, 1))) * 16 + instr('123456789ABCDEF', substr(seconds, 10, 1))) * 16 + instr('123456789ABCDEF', substr(seconds, 11, 1))) * 16 + instr('123456789ABCDEF', substr(seconds, 12, 1))) * 16 + instr('123456789ABCDEF', substr(seconds, 13, 1))) * 16 + instr('123456789ABCDEF', substr(seconds, 14, 1))) * 16 + instr('123456789ABCDEF', substr(seconds, 15, 1))) * 16 + instr('123456789ABCDEF', substr(seconds, 16, 1)) AS seconds_fraction,
    CASE WHEN value >= '8' THEN -1.0 ELSE 1.0 END AS value_sign,
    ((instr('123456789ABCDEF', substr(value, 1, 1)) & 7) * 256 + instr('123456789ABCDEF', substr(value, 2, 1)) * 16 + instr('123456789ABCDEF', substr(value, 3, 1))) AS value_exponent,
    ((((((((((((instr('123456789ABCDEF', substr(value, 4, 1))) * 16 + instr('123456789ABCDEF', substr(value, 5, 1))) * 16 + instr('123456789ABCDEF', substr(value, 6, 1))) * 16 + instr('123456789ABCDEF', substr(value, 7, 1))) * 16 + instr('123456789ABCDEF', substr(value, 8, 1))) * 16 + instr('123456789ABCDEF', substr(value, 9, 1))) * 16 + instr('123456789ABCDEF', substr(value, 10, 1))) * 16 + instr('123456789ABCDEF', substr(value, 11, 1))) * 16 + instr('123456789ABCDEF', substr(value, 12, 1))) * 16 + instr('123456789ABCDEF', substr(value, 13, 1))) * 16 + instr('123456789ABCDEF', substr(value, 14, 1))) * 16 + instr('123456789ABCDEF', substr(value, 15, 1))) * 16 + instr('123456789ABCDEF', substr(value, 16, 1)) AS value_fraction
FROM series_digits;

CREATE VIEW series AS
SELECT trial, name, step,
    CASE
        WHEN epoch_exponent = 2047 AND epoch_fraction <> 0 THEN NULL
        WHEN epoch_exponent = 2047 THEN epoch_sign * 9e999
        WHEN epoch_exponent = 0 THEN epoch_sign * epoch_fraction * 4.9406564584124654e-324
        ELSE epoch_sign * (1 + epoch_fraction / 4503599627370496.0) * pow(2.0, epoch_exponent - 1023)
    END AS epoch,
    CASE
        WHEN seconds_exponent = 2047 AND seconds_fraction <> 0 THEN NULL
        WHEN seconds_exponent = 2047 THEN seconds_sign * 9e999
        WHEN seconds_exponent = 0 THEN seconds_sign * seconds_fraction * 4.9406564584124654e-324
        ELSE seconds_sign * (1 + seconds_fraction / 4503599627370496.0) * pow(2.0, seconds_exponent - 1023)
    END AS seconds,
    CASE
        WHEN value_exponent = 2047 AND value_fraction <> 0 THEN NULL
        WHEN value_exponent = 2047 THEN value_sign * 9e999
        WHEN value_exponent = 0 THEN value_sign * value_fraction * 4.9406564584124654e-324
        ELSE value_sign * (1 + value_fraction / 4503599627370496.0) * pow(2.0, value_exponent - 1023)
    END AS value
FROM series_words;
