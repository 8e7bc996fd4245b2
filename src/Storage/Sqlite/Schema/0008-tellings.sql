-- What the hub tells of itself: what was told when, and how many wait to be told together.
CREATE TABLE tellings (
    type    TEXT    NOT NULL,
    cause   TEXT    NOT NULL,
    mark    TEXT    NOT NULL,
    waiting INTEGER NOT NULL,
    since   INTEGER,
    told_at INTEGER,
    facts   BLOB    NOT NULL,
    PRIMARY KEY (type, cause)
) WITHOUT ROWID;

-- Dead letters nobody has taken note of. Noted by whatever makes one, in its transaction; a run that dies again is noted again.
-- Rehearsed runs harm nobody. Runs of the hub's own events are left out: it never tells of itself.
CREATE TABLE untold (
    seq    INTEGER PRIMARY KEY,
    run_id TEXT    NOT NULL
);
CREATE TRIGGER dead_letters_noted AFTER UPDATE OF state ON runs WHEN new.state = 8 AND old.state <> 8 AND new.rehearsal = 0 BEGIN
    INSERT INTO untold (run_id) SELECT new.id FROM events WHERE id = new.event_id AND source <> 'hub';
END;
CREATE TRIGGER dead_letters_born AFTER INSERT ON runs WHEN new.state = 8 AND new.rehearsal = 0 BEGIN
    INSERT INTO untold (run_id) SELECT new.id FROM events WHERE id = new.event_id AND source <> 'hub';
END;
