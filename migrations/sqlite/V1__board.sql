-- Columns and constraints are those of migrations/postgres. Times are seconds since the epoch.

CREATE TABLE voters (
    id         INTEGER PRIMARY KEY,
    name       TEXT NOT NULL,
    name_key   TEXT NOT NULL UNIQUE, -- case-folded NFC with blanks squeezed: "Ana" and "ana" are one person
    removed_at INTEGER
) STRICT;

CREATE TABLE proposals (
    id           INTEGER PRIMARY KEY, -- the number of the movie
    imdb_id      TEXT,
    title        TEXT, -- only if there is no IMDb id
    year         INTEGER, -- of such a title
    runtime      INTEGER, -- in minutes, of such a title
    proposed_by  INTEGER NOT NULL REFERENCES voters (id),
    proposed_at  INTEGER NOT NULL,
    withdrawn_at INTEGER,
    watched_at   INTEGER,
    watched_on   TEXT, -- the date of the evening, YYYY-MM-DD
    CHECK ((imdb_id IS NULL) <> (title IS NULL))
) STRICT;

-- A movie is on the board once; a watched one may be proposed again.
CREATE UNIQUE INDEX proposals_imdb_id ON proposals (imdb_id) WHERE watched_at IS NULL;

CREATE TABLE votes (
    proposal_id INTEGER NOT NULL REFERENCES proposals (id) ON DELETE CASCADE,
    voter_id    INTEGER NOT NULL REFERENCES voters (id),
    voted_at    INTEGER NOT NULL,
    opinion     TEXT NOT NULL DEFAULT 'yes' CHECK (opinion IN ('yes', 'favorite', 'no')),
    PRIMARY KEY (proposal_id, voter_id)
) STRICT, WITHOUT ROWID;

-- A person's votes: whether there are any, and which are marked.
CREATE INDEX votes_voter ON votes (voter_id);

-- For everything that counts or lists votes, so that no query counts a no as one.
CREATE VIEW yes_votes AS SELECT proposal_id, voter_id, voted_at, opinion FROM votes WHERE opinion <> 'no';

-- A note belongs to the person who wrote it.
CREATE TABLE notes (
    proposal_id INTEGER NOT NULL REFERENCES proposals (id) ON DELETE CASCADE,
    voter_id    INTEGER NOT NULL REFERENCES voters (id),
    text        TEXT NOT NULL,
    PRIMARY KEY (proposal_id, voter_id)
) STRICT, WITHOUT ROWID;

-- The movies that people have seen, whether they were proposed or not.
CREATE TABLE seen (
    voter_id INTEGER NOT NULL REFERENCES voters (id),
    movie    TEXT NOT NULL, -- the IMDb id, or # and the number of a proposal that has none
    PRIMARY KEY (voter_id, movie)
) STRICT, WITHOUT ROWID;
CREATE INDEX seen_movie ON seen (movie);

CREATE TABLE imdb_cache (
    imdb_id          TEXT PRIMARY KEY,
    cached_imdb_data TEXT, -- JSON, only what the program uses
    cached_at        INTEGER,
    source           TEXT,
    attempted_at     INTEGER,
    claimed_until    INTEGER, -- a fetch is in progress; the claim expires by itself
    failures         INTEGER NOT NULL DEFAULT 0, -- in a row
    last_error       TEXT,
    unknown_at       INTEGER, -- every source that answered said: no such title
    CHECK ((cached_imdb_data IS NULL) = (cached_at IS NULL))
) STRICT;

CREATE TABLE searches (
    words    TEXT PRIMARY KEY, -- case and accents folded
    found_at INTEGER NOT NULL,
    hits     TEXT NOT NULL -- JSON
) STRICT, WITHOUT ROWID;

-- Who was there when a movie was watched.
CREATE TABLE attendance (
    proposal_id INTEGER NOT NULL REFERENCES proposals (id) ON DELETE CASCADE,
    voter_id    INTEGER NOT NULL REFERENCES voters (id),
    PRIMARY KEY (proposal_id, voter_id)
) STRICT, WITHOUT ROWID;

-- The movies that people want to see, from the lists that they keep elsewhere.
CREATE TABLE wishes (
    voter_id   INTEGER NOT NULL REFERENCES voters (id),
    movie      TEXT NOT NULL, -- the IMDb id, or the folded title and the year until it is known
    imdb_id    TEXT,
    title      TEXT, -- as the list has it
    year       INTEGER,
    entered_at INTEGER NOT NULL,
    PRIMARY KEY (voter_id, movie)
) STRICT, WITHOUT ROWID;
CREATE INDEX wishes_imdb_id ON wishes (imdb_id);

CREATE TABLE changes (
    id        INTEGER PRIMARY KEY,
    at        INTEGER NOT NULL,
    voter_id  INTEGER REFERENCES voters (id),
    action    TEXT NOT NULL,
    token     INTEGER NOT NULL, -- random, of the transaction that wrote this row last
    undone_at INTEGER,
    undone_by INTEGER REFERENCES voters (id), -- NULL once it cannot be redone any more
    sequence  INTEGER NOT NULL -- counted with the ids: when it was made, or last undone or redone
) STRICT;

-- The rows that a change edited, before and after it, as JSON. NULL: no such row.
CREATE TABLE edits (
    id          INTEGER PRIMARY KEY,
    change_id   INTEGER NOT NULL REFERENCES changes (id) ON DELETE CASCADE,
    kind        TEXT NOT NULL, -- the table, in the singular; wishes: of a person, all; into: the person into whom another was merged
    proposal_id INTEGER,
    voter_id    INTEGER,
    movie       TEXT, -- of seen
    before      TEXT,
    after       TEXT
) STRICT;
CREATE INDEX edits_change_id ON edits (change_id);

-- hidden_since: the time since which votes are hidden. switched_after, switched_by: the change after which they were hidden
-- or revealed last, and the person.
CREATE TABLE settings (
    name  TEXT PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Numbers of proposals, and keys of people and changes, are given once and never again.
CREATE TABLE counters (
    id          INTEGER PRIMARY KEY CHECK (id = 1),
    last_number INTEGER NOT NULL,
    last_voter  INTEGER NOT NULL,
    last_change INTEGER NOT NULL
) STRICT;
INSERT INTO counters (id, last_number, last_voter, last_change) VALUES (1, 0, 0, 0);
