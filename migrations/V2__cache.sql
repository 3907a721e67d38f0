PRAGMA user_version = 2;

CREATE TABLE imdb_cache (
    imdb_id          TEXT PRIMARY KEY,
    cached_imdb_data TEXT, -- JSON, only what the program uses
    cached_at        INTEGER,
    source           TEXT,
    attempted_at     INTEGER,
    claimed_until    INTEGER, -- a fetch is under way; the claim runs out by itself
    failures         INTEGER NOT NULL DEFAULT 0, -- in a row
    last_error       TEXT,
    unknown_at       INTEGER, -- every source that answered said: no such title
    CHECK ((cached_imdb_data IS NULL) = (cached_at IS NULL))
) STRICT;

-- What is remembered of a source between runs.
CREATE TABLE sources (
    name       TEXT PRIMARY KEY,
    down_until INTEGER,
    last_error TEXT
) STRICT;
