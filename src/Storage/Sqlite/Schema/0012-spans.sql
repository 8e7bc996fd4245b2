-- The span of an event's delivery, eight bytes as a number, where deliveries are traced: attempts hang from it, also after a restart.
ALTER TABLE events ADD COLUMN span INTEGER;
