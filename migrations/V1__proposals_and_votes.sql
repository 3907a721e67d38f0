-- "MOVI" in ASCII: tells our files from other SQLite databases.
PRAGMA application_id = 0x4D4F5649;
PRAGMA user_version = 1;

CREATE TABLE voters (
    id       INTEGER PRIMARY KEY,
    name     TEXT NOT NULL,
    name_key TEXT NOT NULL UNIQUE -- case-folded NFC: "Ana" and "ana" are one person
) STRICT;

CREATE TABLE proposals (
    id           INTEGER PRIMARY KEY,
    imdb_id      TEXT,
    title        TEXT, -- only what has no IMDb id carries a title of its own
    note         TEXT,
    proposed_by  INTEGER NOT NULL REFERENCES voters (id),
    proposed_at  INTEGER NOT NULL,
    withdrawn_at INTEGER,
    watched_at   INTEGER,
    CHECK ((imdb_id IS NULL) <> (title IS NULL))
) STRICT;

-- A movie stands on the board once; a watched one may be proposed again.
CREATE UNIQUE INDEX proposals_imdb_id ON proposals (imdb_id) WHERE watched_at IS NULL;

CREATE TABLE votes (
    proposal_id INTEGER NOT NULL REFERENCES proposals (id) ON DELETE CASCADE,
    voter_id    INTEGER NOT NULL REFERENCES voters (id),
    voted_at    INTEGER NOT NULL,
    favorite    INTEGER NOT NULL DEFAULT 0 CHECK (favorite IN (0, 1)),
    PRIMARY KEY (proposal_id, voter_id)
) STRICT, WITHOUT ROWID;
