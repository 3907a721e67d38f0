PRAGMA user_version = 6;

-- Numbers of proposals, and keys of people and changes, are given once and never again.
CREATE TABLE counters (
    id          INTEGER PRIMARY KEY CHECK (id = 1),
    last_number INTEGER NOT NULL,
    last_voter  INTEGER NOT NULL,
    last_change INTEGER NOT NULL
) STRICT;
INSERT INTO counters (id, last_number, last_voter, last_change)
SELECT 1,
       max(coalesce((SELECT max(id) FROM proposals), 0), coalesce((SELECT max(proposal_id) FROM change_rows), 0)),
       max(coalesce((SELECT max(id) FROM voters), 0), coalesce((SELECT max(voter_id) FROM change_rows), 0)),
       coalesce((SELECT max(id) FROM changes), 0);

-- Removed, merged into somebody else, or come with a change that was taken back. The row stays, because others refer
-- to it.
ALTER TABLE voters ADD COLUMN removed_at INTEGER;

-- Names are compared with blanks squeezed from now on. Two people who become equal by that get different names.
UPDATE voters SET name_key = replace(replace(replace(name_key, char(160), ' '), char(8239), ' '), char(12288), ' ')
WHERE name_key <> replace(replace(replace(name_key, char(160), ' '), char(8239), ' '), char(12288), ' ')
AND NOT EXISTS (SELECT 1 FROM voters o WHERE o.name_key
    = replace(replace(replace(voters.name_key, char(160), ' '), char(8239), ' '), char(12288), ' '));
UPDATE OR IGNORE voters SET name_key = replace(replace(replace(name_key, '  ', ' '), '  ', ' '), '  ', ' ')
WHERE name_key LIKE '%  %';
UPDATE OR IGNORE voters
SET name = replace(replace(trim(name), '  ', ' '), char(160), ' ') || ' (' || id || ')',
    name_key = replace(replace(replace(name_key, char(160), ' '), '  ', ' '), '  ', ' ') || ' (' || id || ')'
WHERE name_key LIKE '%  %' OR instr(name_key, char(160)) > 0 OR instr(name_key, char(8239)) > 0
   OR instr(name_key, char(12288)) > 0;

-- A change that was taken back stays until its person makes another, so that it can be done again.
CREATE TABLE changes_6 (
    id        INTEGER PRIMARY KEY,
    at        INTEGER NOT NULL,
    voter_id  INTEGER REFERENCES voters (id),
    action    TEXT NOT NULL,
    undone_at INTEGER,
    undone_by INTEGER REFERENCES voters (id),
    undone_as INTEGER -- counted with the ids of changes: the order in which changes were taken back
) STRICT;
INSERT INTO changes_6 (id, at, voter_id, action) SELECT id, at, voter_id, action FROM changes;

-- Rows before and after a change, as JSON; NULL: there is no such row.
CREATE TABLE edits (
    id          INTEGER PRIMARY KEY,
    change_id   INTEGER NOT NULL REFERENCES changes_6 (id) ON DELETE CASCADE,
    kind        TEXT NOT NULL, -- voter, proposal, vote, attendance
    proposal_id INTEGER,
    voter_id    INTEGER,
    before      TEXT,
    after       TEXT
) STRICT;

-- Until now the rows before a change were kept, those of proposals in part. A row after a change is the
-- row before the next change of the same row, or the row as it is now.
INSERT INTO edits (change_id, kind, proposal_id, voter_id, before, after)
WITH
first AS (
    SELECT min(id) AS id, change_id, kind, proposal_id, voter_id, before
    FROM change_rows GROUP BY change_id, kind, proposal_id, voter_id
),
whole AS (
    SELECT f.id, f.change_id, f.kind, f.proposal_id, f.voter_id,
        CASE WHEN f.kind <> 'proposal' OR f.before IS NULL THEN f.before ELSE json_object(
            'imdb_id', p.imdb_id, 'title', p.title, 'note', f.before ->> 'note', 'proposed_by', p.proposed_by,
            'proposed_at', p.proposed_at, 'withdrawn_at', f.before ->> 'withdrawn_at',
            'watched_at', f.before ->> 'watched_at') END AS before,
        CASE f.kind
            WHEN 'proposal' THEN json_object(
                'imdb_id', p.imdb_id, 'title', p.title, 'note', p.note, 'proposed_by', p.proposed_by,
                'proposed_at', p.proposed_at, 'withdrawn_at', p.withdrawn_at, 'watched_at', p.watched_at)
            WHEN 'vote' THEN (
                SELECT json_object('voted_at', v.voted_at, 'favorite', v.favorite) FROM votes v
                WHERE v.proposal_id = f.proposal_id AND v.voter_id = f.voter_id)
            ELSE (
                SELECT '{}' FROM attendance a
                WHERE a.proposal_id = f.proposal_id AND a.voter_id = f.voter_id) END AS now
    FROM first f JOIN proposals p ON p.id = f.proposal_id
)
SELECT change_id, kind, proposal_id, voter_id, before,
    CASE WHEN lead(id) OVER later IS NULL THEN now ELSE lead(before) OVER later END
FROM whole
WINDOW later AS (PARTITION BY kind, proposal_id, coalesce(voter_id, 0) ORDER BY change_id)
ORDER BY id;

DROP TABLE change_rows;
DROP TABLE changes;
ALTER TABLE changes_6 RENAME TO changes;
CREATE INDEX edits_change_id ON edits (change_id);
CREATE INDEX edits_row ON edits (proposal_id, voter_id);

-- These say how one machine fares, and have moved to its state folder.
DROP TABLE board_loads;
DROP TABLE api_requests;
DROP TABLE refreshes;
DROP TABLE background;
DROP TABLE sources;
