-- What a text search asks before it reads events. A block is a range of events by id, and its slices are one set of bits: short pieces of
-- all that is searched in it. slices = 0: an event has come into the range since, so the block is read until its set is made again.
CREATE TABLE search_blocks (
    number   INTEGER PRIMARY KEY,
    first_id TEXT    NOT NULL UNIQUE,
    last_id  TEXT    NOT NULL,
    first_at INTEGER,
    events   INTEGER NOT NULL,
    slices   INTEGER NOT NULL
);
CREATE INDEX search_blocks_stale ON search_blocks (number) WHERE slices = 0;

-- id = block number * 256 + slice. A slice fills one page: to ask for one piece of text is to read one page.
CREATE TABLE search_slices (
    id   INTEGER PRIMARY KEY,
    bits BLOB NOT NULL
);
