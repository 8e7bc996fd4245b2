-- What a person holds up of what happens by the clock, and what was missed. A row for each schedule that either is true of;
-- ids are those of recipes and plans, and 'hub:…' for the hub's own jobs.
CREATE TABLE schedules (
    id         TEXT    NOT NULL PRIMARY KEY,
    held_since INTEGER,
    who        TEXT    NOT NULL DEFAULT '',
    why        TEXT    NOT NULL DEFAULT '',
    missed     INTEGER NOT NULL DEFAULT 0,
    made_up    INTEGER NOT NULL DEFAULT 0,
    missed_at  INTEGER
) WITHOUT ROWID;
