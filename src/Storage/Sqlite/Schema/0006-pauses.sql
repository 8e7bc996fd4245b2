-- What a person holds up. Kinds: 0 everything, 1 a recipe, 2 a connection, 3 the runs of a hook (connection/event).
-- Accepting goes on; runs wait, untouched, until the row is gone or its time is over.
CREATE TABLE pauses (
    kind  INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 3),
    name  TEXT    NOT NULL,
    since INTEGER NOT NULL,
    until INTEGER,
    who   TEXT    NOT NULL,
    why   TEXT    NOT NULL,
    PRIMARY KEY (kind, name)
) WITHOUT ROWID;
