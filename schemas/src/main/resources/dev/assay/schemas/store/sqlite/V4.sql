-- The store, version 4: where else the files of trials are kept, such as s3://bucket/folder; no row where they are in the store's folder only.
CREATE TABLE artifact_address (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    address  TEXT NOT NULL
);
