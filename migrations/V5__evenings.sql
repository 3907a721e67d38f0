PRAGMA user_version = 5;

-- Who was there when a movie was watched.
CREATE TABLE attendance (
    proposal_id INTEGER NOT NULL REFERENCES proposals (id) ON DELETE CASCADE,
    voter_id    INTEGER NOT NULL REFERENCES voters (id),
    PRIMARY KEY (proposal_id, voter_id)
) STRICT, WITHOUT ROWID;

-- What was done to the board, so that it can be taken back.
CREATE TABLE changes (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    at       INTEGER NOT NULL,
    voter_id INTEGER REFERENCES voters (id),
    action   TEXT NOT NULL -- propose, vote, favorite, unvote, withdraw, watched
) STRICT;

-- Rows as they were before a change, in the order in which it touched them.
CREATE TABLE change_rows (
    id          INTEGER PRIMARY KEY,
    change_id   INTEGER NOT NULL REFERENCES changes (id) ON DELETE CASCADE,
    kind        TEXT NOT NULL CHECK (kind IN ('proposal', 'vote', 'attendance')),
    proposal_id INTEGER NOT NULL, -- of a proposal that is perhaps no longer there
    voter_id    INTEGER,
    before      TEXT -- JSON; NULL: there was no such row
) STRICT;
CREATE INDEX change_rows_change_id ON change_rows (change_id);

-- A person has one favourite among the movies on the board; this finds it.
CREATE INDEX votes_favorite ON votes (voter_id) WHERE favorite = 1;
