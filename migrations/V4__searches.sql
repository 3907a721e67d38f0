PRAGMA user_version = 4;

-- Answers to searches, kept for 24 hours.
CREATE TABLE searches (
    words    TEXT PRIMARY KEY, -- without case and accents
    found_at INTEGER NOT NULL,
    hits     TEXT NOT NULL     -- JSON
) STRICT, WITHOUT ROWID;
