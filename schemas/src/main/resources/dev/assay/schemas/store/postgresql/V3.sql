-- The store, version 3: how much memory a trial's worker had at most while it was at it, in bytes; NULL where that could not be told.
ALTER TABLE trial ADD COLUMN peak_memory BIGINT;
CREATE OR REPLACE VIEW trials AS
SELECT trial.hash AS trial, trial.wrapper, trial.state, seed.config AS seed, trial.attempt, trial.progress, trial.owner, trial.comment,
    trial.failure, trial.error_class, trial.cause, COALESCE(trial.resolved, trial.config) AS config,
    to_timestamp(trial.created_at / 1000.0) AS created,
    to_timestamp(trial.started_at / 1000.0) AS started,
    to_timestamp(trial.ended_at / 1000.0) AS ended,
    (trial.ended_at - trial.started_at) / 1000.0 AS seconds,
    trial.peak_memory
FROM trial JOIN seed ON seed.hash = trial.seed_hash;
