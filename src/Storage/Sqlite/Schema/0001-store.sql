-- Moments are microseconds since 1970-01-01 UTC, the precision PostgreSQL keeps.
-- Every child row is found by a key that begins with its parent's, so that retention can drop a day's rows in order.

CREATE TABLE recipes (
    hash TEXT NOT NULL PRIMARY KEY,
    text TEXT NOT NULL
);

CREATE TABLE kept_recipes (
    id   TEXT NOT NULL PRIMARY KEY,
    hash TEXT NOT NULL REFERENCES recipes (hash)
) WITHOUT ROWID;

-- Keys outlive their events: they have a retention of their own, hence no foreign key.
CREATE TABLE event_keys (
    connection TEXT    NOT NULL,
    hook_event TEXT    NOT NULL,
    key        TEXT    NOT NULL,
    event_id   TEXT    NOT NULL,
    until      INTEGER NOT NULL,
    body_hash  BLOB    NOT NULL,
    PRIMARY KEY (connection, hook_event, key)
) WITHOUT ROWID;

CREATE TABLE run_keys (
    recipe_id TEXT    NOT NULL,
    rehearsal INTEGER NOT NULL,
    value     TEXT    NOT NULL,
    run_id    TEXT    NOT NULL,
    until     INTEGER,
    PRIMARY KEY (recipe_id, rehearsal, value)
) WITHOUT ROWID;

-- The body comes last, so that reading the columns before it does not walk its overflow pages.
CREATE TABLE events (
    id                TEXT    NOT NULL PRIMARY KEY,
    connection        TEXT    NOT NULL,
    hook_event        TEXT    NOT NULL,
    source            TEXT    NOT NULL,
    type              TEXT    NOT NULL,
    dedupe_key        TEXT,
    time              INTEGER,
    subject           TEXT,
    test              INTEGER NOT NULL,
    received_at       INTEGER NOT NULL,
    duplicates        INTEGER NOT NULL DEFAULT 0,
    other_bodies      INTEGER NOT NULL DEFAULT 0,
    last_duplicate_at INTEGER,
    decisions         BLOB    NOT NULL,
    body              BLOB    NOT NULL
);
CREATE INDEX events_of_connection ON events (connection, id);
CREATE INDEX events_of_type ON events (type, id);

-- States: 0 Queued, 1 Running, 2 Waiting, 3 Blocked, 4 Asking, 5 Succeeded, 6 Expired, 7 Cancelled, 8 DeadLettered.
-- next_connection is '' where a run needs none, so that it can lead an index that is walked from one connection to the next.
CREATE TABLE runs (
    id              TEXT    NOT NULL PRIMARY KEY,
    event_id        TEXT    NOT NULL REFERENCES events (id),
    recipe_id       TEXT    NOT NULL,
    recipe_hash     TEXT    NOT NULL REFERENCES recipes (hash),
    generation      INTEGER NOT NULL DEFAULT 0,
    state           INTEGER NOT NULL CHECK (state BETWEEN 0 AND 8),
    rehearsal       INTEGER NOT NULL,
    once_per_key    TEXT,
    step_index      INTEGER NOT NULL DEFAULT 0,
    step_tries      INTEGER NOT NULL DEFAULT 0,
    attempts        INTEGER NOT NULL DEFAULT 0,
    deaths          INTEGER NOT NULL DEFAULT 0,
    in_script       INTEGER NOT NULL DEFAULT 0,
    epoch           INTEGER NOT NULL DEFAULT 0,
    owner           TEXT,
    lease_until     INTEGER,
    created_at      INTEGER NOT NULL,
    due_at          INTEGER,
    finished_at     INTEGER,
    next_connection TEXT    NOT NULL DEFAULT '',
    error_step      TEXT,
    error_code      TEXT,
    error_message   TEXT,
    note            TEXT    NOT NULL DEFAULT '',
    lets            BLOB    NOT NULL DEFAULT x'',
    outputs         BLOB    NOT NULL DEFAULT x'',
    UNIQUE (event_id, recipe_id, generation)
);
CREATE INDEX runs_of_recipe ON runs (recipe_id, id);
CREATE INDEX runs_due ON runs (next_connection, due_at, id) WHERE state IN (0, 2);
CREATE INDEX runs_leased ON runs (lease_until) WHERE state = 1;
CREATE INDEX runs_stopped ON runs (state, id) WHERE state IN (3, 4, 6, 7, 8);

CREATE TABLE attempts (
    run_id             TEXT    NOT NULL REFERENCES runs (id),
    number             INTEGER NOT NULL,
    step_id            TEXT    NOT NULL,
    action             TEXT    NOT NULL,
    connection         TEXT    NOT NULL,
    credential_version TEXT    NOT NULL,
    effect_key         TEXT    NOT NULL,
    rehearsal          INTEGER NOT NULL,
    state              INTEGER NOT NULL CHECK (state BETWEEN 0 AND 4),
    started_at         INTEGER NOT NULL,
    deadline           INTEGER NOT NULL,
    ended_at           INTEGER,
    kind               TEXT    NOT NULL DEFAULT '',
    code               TEXT    NOT NULL DEFAULT '',
    message            TEXT    NOT NULL DEFAULT '',
    input              BLOB    NOT NULL,
    output             BLOB    NOT NULL DEFAULT x'',
    request            BLOB    NOT NULL DEFAULT x'',
    PRIMARY KEY (run_id, number)
);

CREATE TABLE connection_blocks (
    connection         TEXT    NOT NULL PRIMARY KEY,
    credential_version TEXT    NOT NULL,
    code               TEXT    NOT NULL,
    message            TEXT    NOT NULL,
    since              INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE tokens (
    hash       TEXT    NOT NULL PRIMARY KEY,
    name       TEXT    NOT NULL,
    created_at INTEGER NOT NULL
) WITHOUT ROWID;

-- Counting ten million rows takes seconds and a health check asks every few of them: the counts are kept, in the same transaction.
CREATE TABLE event_count (
    id     INTEGER PRIMARY KEY CHECK (id = 1),
    events INTEGER NOT NULL
);
INSERT INTO event_count VALUES (1, 0);

CREATE TABLE run_counts (
    state INTEGER PRIMARY KEY,
    runs  INTEGER NOT NULL
);
INSERT INTO run_counts VALUES (0, 0), (1, 0), (2, 0), (3, 0), (4, 0), (5, 0), (6, 0), (7, 0), (8, 0);

CREATE TRIGGER events_count_in AFTER INSERT ON events BEGIN
    UPDATE event_count SET events = events + 1 WHERE id = 1;
END;
CREATE TRIGGER events_count_out AFTER DELETE ON events BEGIN
    UPDATE event_count SET events = events - 1 WHERE id = 1;
END;
CREATE TRIGGER runs_count_in AFTER INSERT ON runs BEGIN
    UPDATE run_counts SET runs = runs + 1 WHERE state = new.state;
END;
CREATE TRIGGER runs_count_out AFTER DELETE ON runs BEGIN
    UPDATE run_counts SET runs = runs - 1 WHERE state = old.state;
END;
CREATE TRIGGER runs_count_move AFTER UPDATE OF state ON runs WHEN old.state <> new.state BEGIN
    UPDATE run_counts SET runs = runs - 1 WHERE state = old.state;
    UPDATE run_counts SET runs = runs + 1 WHERE state = new.state;
END;

-- What the writer writes to learn whether the store can commit again.
CREATE TABLE probe (
    id    INTEGER PRIMARY KEY CHECK (id = 1),
    bytes BLOB
);
INSERT INTO probe VALUES (1, NULL);
