-- Events of a type are found by it and their connection at once: together they may be rare where each of them is not. Those of a type alone are few
-- ranges, one for each connection that brings it.
DROP INDEX events_of_type;
CREATE INDEX events_of_type ON events (type, connection, id);
