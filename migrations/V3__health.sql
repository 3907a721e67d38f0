PRAGMA user_version = 3;

-- Each look at the board: how good the data was, and how long it took.
CREATE TABLE board_loads (
    at      INTEGER NOT NULL,
    fresh   INTEGER NOT NULL,
    stale   INTEGER NOT NULL,
    missing INTEGER NOT NULL,
    micros  INTEGER NOT NULL
) STRICT;
CREATE INDEX board_loads_at ON board_loads (at);

-- Each request to a source; no error: it was answered.
CREATE TABLE api_requests (
    at     INTEGER NOT NULL,
    source TEXT NOT NULL,
    millis INTEGER NOT NULL,
    error  TEXT
) STRICT;
CREATE INDEX api_requests_at ON api_requests (at);

CREATE TABLE refreshes (
    at        INTEGER NOT NULL,
    refreshed INTEGER NOT NULL,
    unknown   INTEGER NOT NULL,
    failed    INTEGER NOT NULL
) STRICT;

-- One refresh in the background at a time. Like a claim, the lease runs out by itself.
CREATE TABLE background (
    id           INTEGER PRIMARY KEY CHECK (id = 1),
    leased_until INTEGER NOT NULL
) STRICT;
INSERT INTO background VALUES (1, 0);
