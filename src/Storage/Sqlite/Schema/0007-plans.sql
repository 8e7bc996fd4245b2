-- What is to be replayed later, once or again and again. A firing begins by setting firing_at and ends by clearing it: one that a crash
-- has cut off is done again, which is harmless, since what has gone on already is a dead letter no more.
CREATE TABLE plans (
    id         TEXT    NOT NULL PRIMARY KEY,
    filter     TEXT    NOT NULL,
    how        TEXT    NOT NULL,
    per_second REAL,
    cron       TEXT    NOT NULL,
    zone       TEXT    NOT NULL,
    who        TEXT    NOT NULL,
    why        TEXT    NOT NULL,
    created_at INTEGER NOT NULL,
    paused     INTEGER NOT NULL DEFAULT 0,
    next_at    INTEGER,
    firing_at  INTEGER,
    last_at    INTEGER,
    result     TEXT    NOT NULL DEFAULT ''
) WITHOUT ROWID;
CREATE INDEX plans_due ON plans (next_at) WHERE next_at IS NOT NULL;
