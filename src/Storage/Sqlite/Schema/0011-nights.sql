-- The last time that one of the hub's own jobs was due and done, where it must not miss one.
ALTER TABLE schedules ADD COLUMN last_at INTEGER;
