-- What was seen of each hook. It outlives the events it counts: whether one ever arrived stays answerable.
-- Scopes: 0 one hook, 1 all other addresses of a connection, 2 all addresses of no connection.
-- The notes come last, so that reading the columns before them does not walk their overflow pages.
CREATE TABLE hooks (
    scope        INTEGER NOT NULL CHECK (scope BETWEEN 0 AND 2),
    connection   TEXT    NOT NULL,
    hook_event   TEXT    NOT NULL,
    events       INTEGER NOT NULL,
    tests        INTEGER NOT NULL,
    first_event  TEXT,
    first_at     INTEGER,
    last_event   TEXT,
    last_at      INTEGER,
    duplicates   INTEGER NOT NULL,
    other_bodies INTEGER NOT NULL,
    state        BLOB    NOT NULL,
    notes        BLOB    NOT NULL,
    PRIMARY KEY (scope, connection, hook_event)
);

INSERT INTO hooks
SELECT
    0, connection, hook_event, count(*), sum(test), min(id), min(received_at), max(id), max(received_at),
    sum(duplicates), sum(other_bodies), x'7b7d', x'5b5d'
FROM events
GROUP BY connection, hook_event;

CREATE TABLE liveness (
    id         INTEGER PRIMARY KEY CHECK (id = 1),
    alive_at   INTEGER NOT NULL,
    down_from  INTEGER,
    down_until INTEGER
);
