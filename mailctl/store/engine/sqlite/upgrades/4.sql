-- A store can move to another place, and tells where it is.
CREATE TABLE moved (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    place TEXT NOT NULL,
    is_copy INTEGER NOT NULL CHECK (is_copy IN (0, 1)),
    moved_at TEXT NOT NULL
) STRICT;
