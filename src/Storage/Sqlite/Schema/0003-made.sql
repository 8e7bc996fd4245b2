-- What steps with a key have made: remembered beyond their runs, with a retention of its own.
CREATE TABLE made (
    connection TEXT    NOT NULL,
    kind       TEXT    NOT NULL,
    key        TEXT    NOT NULL,
    run_id     TEXT    NOT NULL,
    made_at    INTEGER NOT NULL,
    until      INTEGER NOT NULL,
    output     BLOB    NOT NULL,
    PRIMARY KEY (connection, kind, key)
);
CREATE INDEX made_by_key ON made (key, made_at);
