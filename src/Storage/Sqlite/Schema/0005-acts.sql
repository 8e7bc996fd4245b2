-- What people do with runs. A replay counts its tries and its time from replayed_at; replayed_as is the run that took its place.
ALTER TABLE runs ADD COLUMN replayed_at INTEGER;
ALTER TABLE runs ADD COLUMN replayed_as TEXT;

-- Part of the effect keys: raised only where an effect is wanted once more.
ALTER TABLE runs ADD COLUMN effect_generation INTEGER NOT NULL DEFAULT 0;

-- Who did what, when and why. Rows are added and never changed.
CREATE TABLE audit (
    id     TEXT    NOT NULL PRIMARY KEY,
    at     INTEGER NOT NULL,
    who    TEXT    NOT NULL,
    act    TEXT    NOT NULL,
    target TEXT    NOT NULL,
    why    TEXT    NOT NULL,
    detail TEXT    NOT NULL
) WITHOUT ROWID;
CREATE INDEX audit_of_target ON audit (target, id);
CREATE TRIGGER audit_is_kept BEFORE UPDATE ON audit BEGIN
    SELECT RAISE(ABORT, 'the audit is only added to');
END;
CREATE TRIGGER audit_stays BEFORE DELETE ON audit BEGIN
    SELECT RAISE(ABORT, 'the audit is only added to');
END;
