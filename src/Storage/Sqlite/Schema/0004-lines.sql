-- Runs that go one after the other. Who waits behind another is not due: due_at is NULL until the one before has ended.
ALTER TABLE runs ADD COLUMN order_key TEXT;
ALTER TABLE runs ADD COLUMN order_number INTEGER;
ALTER TABLE runs ADD COLUMN order_strict INTEGER NOT NULL DEFAULT 0;
CREATE INDEX runs_in_line ON runs (order_key, order_number) WHERE order_key IS NOT NULL;

-- Which item of a for_each an attempt was for; '' where its step has none.
ALTER TABLE attempts ADD COLUMN item TEXT NOT NULL DEFAULT '';

-- When a notice about one kind of failure of a recipe was sent last, or will be.
CREATE TABLE notices (
    recipe_id TEXT    NOT NULL,
    step      TEXT    NOT NULL,
    code      TEXT    NOT NULL,
    at        INTEGER NOT NULL,
    PRIMARY KEY (recipe_id, step, code)
) WITHOUT ROWID;
