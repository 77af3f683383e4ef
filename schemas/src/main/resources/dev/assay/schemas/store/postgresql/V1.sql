-- The store, version 1. Times are milliseconds since 1970-01-01 UTC; hashes and digests are SHA-256 in hex.

-- The four parts of a run config, each once under its own hash. The stored text is the complete config, defaults filled in.
CREATE TABLE data (
    hash       TEXT PRIMARY KEY,
    config     TEXT NOT NULL,
    owner      TEXT NOT NULL,
    comment    TEXT,
    created_at BIGINT NOT NULL
);
CREATE TABLE model (
    hash       TEXT PRIMARY KEY,
    config     TEXT NOT NULL,
    owner      TEXT NOT NULL,
    comment    TEXT,
    created_at BIGINT NOT NULL
);
CREATE TABLE train (
    hash       TEXT PRIMARY KEY,
    config     TEXT NOT NULL,
    owner      TEXT NOT NULL,
    comment    TEXT,
    created_at BIGINT NOT NULL
);
CREATE TABLE seed (
    hash       TEXT PRIMARY KEY,
    config     TEXT NOT NULL,
    owner      TEXT NOT NULL,
    comment    TEXT,
    created_at BIGINT NOT NULL
);

CREATE TABLE trial (
    hash           TEXT PRIMARY KEY,
    wrapper        TEXT NOT NULL,
    data_hash      TEXT NOT NULL REFERENCES data (hash),
    model_hash     TEXT NOT NULL REFERENCES model (hash),
    train_hash     TEXT NOT NULL REFERENCES train (hash),
    seed_hash      TEXT NOT NULL REFERENCES seed (hash),
    -- The trial whose state after so many steps this one starts from; empty for one that starts from nothing.
    origin         TEXT NOT NULL DEFAULT '',
    origin_step    BIGINT NOT NULL DEFAULT 0,
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
    attempt        BIGINT NOT NULL DEFAULT 0,
    lease_until    BIGINT,
    -- 1 once somebody has cancelled it: its worker stops after its step.
    cancelled      BIGINT NOT NULL DEFAULT 0,
    -- How many workers were lost with it since somebody asked for it.
    losses         BIGINT NOT NULL DEFAULT 0,
    progress       DOUBLE PRECISION NOT NULL DEFAULT 0,
    -- Why it ended early: the kind of failure, the class that was thrown and where, the message, the stack, the last lines of the log.
    failure        TEXT,
    error_class    TEXT,
    error_place    TEXT,
    cause          TEXT,
    stack          TEXT,
    last_log       TEXT,
    weights_sha256 TEXT,
    weights_file   TEXT,
    weights_bytes  BIGINT,
    created_at     BIGINT NOT NULL,
    started_at     BIGINT,
    ended_at       BIGINT,
    UNIQUE (wrapper, data_hash, model_hash, train_hash, seed_hash, origin, origin_step)
);
CREATE INDEX trial_by_state ON trial (state);

-- What became of each attempt at a trial; the last one is the trial's own state.
CREATE TABLE attempt (
    trial      TEXT NOT NULL REFERENCES trial (hash),
    attempt    BIGINT NOT NULL,
    worker     TEXT NOT NULL,
    started_at BIGINT NOT NULL,
    ended_at   BIGINT,
    -- That of the trial after the attempt, QUEUED if it was given back; NULL while it runs.
    state      TEXT,
    failure    TEXT,
    cause      TEXT,
    PRIMARY KEY (trial, attempt)
);

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
    created_at  BIGINT NOT NULL,
    updated_at  BIGINT NOT NULL
);
CREATE TABLE experiment_trial (
    experiment TEXT NOT NULL REFERENCES experiment (name),
    position   BIGINT NOT NULL,
    trial      TEXT NOT NULL REFERENCES trial (hash),
    PRIMARY KEY (experiment, position),
    UNIQUE (experiment, trial)
);
CREATE INDEX experiment_by_trial ON experiment_trial (trial);

-- Declarations, by the name without partition.
CREATE TABLE metric (
    wrapper   TEXT NOT NULL,
    name      TEXT NOT NULL,
    direction TEXT NOT NULL CHECK (direction IN ('MAXIMIZE', 'MINIMIZE')),
    unit      TEXT NOT NULL,
    -- The values it can have, both ends included; infinite where it has no bound.
    minimum   DOUBLE PRECISION NOT NULL,
    maximum   DOUBLE PRECISION NOT NULL,
    -- Which of the values of a training is the final one.
    aggregation TEXT NOT NULL CHECK (aggregation IN ('LAST', 'BEST', 'MEAN')),
    PRIMARY KEY (wrapper, name)
);

-- Values over training, many to a row; the view series has them one by one. The chunks of a series follow each other in the order of
-- steps. Numbers are big-endian: steps 4 bytes a point without sign, counted from first_step; the others IEEE 754, 8 bytes a point.
CREATE TABLE metric_chunk (
    trial      TEXT NOT NULL REFERENCES trial (hash),
    name       TEXT NOT NULL,
    first_step BIGINT NOT NULL,
    last_step  BIGINT NOT NULL,
    points     BIGINT NOT NULL,
    steps      BYTEA NOT NULL,
    epochs     BYTEA NOT NULL,
    seconds    BYTEA NOT NULL,
    numbers    BYTEA NOT NULL,
    PRIMARY KEY (trial, name, first_step)
);

-- Values at the end; NULL is not a number.
CREATE TABLE final_metric (
    trial TEXT NOT NULL REFERENCES trial (hash),
    name  TEXT NOT NULL,
    value DOUBLE PRECISION,
    PRIMARY KEY (trial, name)
);

-- For reading by hand; the columns of these views stay as they are.
CREATE VIEW trials AS
SELECT trial.hash AS trial, trial.wrapper, trial.state, seed.config AS seed, trial.attempt, trial.progress, trial.owner, trial.comment,
    trial.failure, trial.error_class, trial.cause, COALESCE(trial.resolved, trial.config) AS config,
    to_timestamp(trial.created_at / 1000.0) AS created,
    to_timestamp(trial.started_at / 1000.0) AS started,
    to_timestamp(trial.ended_at / 1000.0) AS ended,
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

-- The number of 8 bytes at that place, NULL for one that is none.
CREATE FUNCTION number_at(bytes BYTEA, place BIGINT) RETURNS DOUBLE PRECISION LANGUAGE SQL IMMUTABLE AS
'SELECT CASE
    WHEN (bits >> 52) & 2047 = 2047 AND bits & 4503599627370495 <> 0 THEN NULL
    WHEN (bits >> 52) & 2047 = 2047 THEN sign * ''Infinity''::DOUBLE PRECISION
    WHEN (bits >> 52) & 2047 = 0 THEN sign * (bits & 4503599627370495) * 4.9406564584124654e-324::DOUBLE PRECISION
    ELSE sign * (1 + (bits & 4503599627370495) / 4503599627370496::DOUBLE PRECISION)
        * power(2::DOUBLE PRECISION, ((bits >> 52) & 2047) - 1023)
    END
FROM (SELECT bits, CASE WHEN bits < 0 THEN -1::DOUBLE PRECISION ELSE 1::DOUBLE PRECISION END AS sign
    FROM (SELECT (''x'' || encode(substring(bytes FROM (8 * place + 1)::INTEGER FOR 8), ''hex''))::BIT(64)::BIGINT AS bits) AS word) AS signed';

CREATE VIEW series AS
SELECT chunk.trial, chunk.name,
    chunk.first_step + ('x' || encode(substring(chunk.steps FROM (4 * i + 1)::INTEGER FOR 4), 'hex'))::BIT(32)::BIGINT AS step,
    number_at(chunk.epochs, i) AS epoch,
    number_at(chunk.seconds, i) AS seconds,
    number_at(chunk.numbers, i) AS value
FROM metric_chunk AS chunk, generate_series(0, chunk.points - 1) AS i;
