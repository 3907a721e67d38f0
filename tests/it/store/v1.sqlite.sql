-- A board of 0.1.0 with every kind of row, by `.dump` of the sqlite3 shell. Never changed.
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE refinery_schema_history(
             version int4 PRIMARY KEY,
             name VARCHAR(255),
             applied_on VARCHAR(255),
             checksum VARCHAR(255));
INSERT INTO refinery_schema_history VALUES(1,'board','2026-11-29T17:12:47.755162899Z','10477095422788349365');
CREATE TABLE voters (
    id         INTEGER PRIMARY KEY,
    name       TEXT NOT NULL,
    name_key   TEXT NOT NULL UNIQUE, -- case-folded NFC with blanks squeezed: "Ana" and "ana" are one person
    removed_at INTEGER
) STRICT;
INSERT INTO voters VALUES(1,'Ana','ana',NULL);
INSERT INTO voters VALUES(2,'Ben','ben',NULL);
INSERT INTO voters VALUES(3,'Cleo','cleo',NULL);
INSERT INTO voters VALUES(4,'Dan','dan',1795377600);
INSERT INTO voters VALUES(5,'Eva','eva',NULL);
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
INSERT INTO proposals VALUES(1,'tt0000012',NULL,NULL,NULL,1,1795377600,NULL,NULL,NULL);
INSERT INTO proposals VALUES(2,'tt0000013',NULL,NULL,NULL,1,1795377600,NULL,NULL,NULL);
INSERT INTO proposals VALUES(3,'tt0000014',NULL,NULL,NULL,2,1795377600,NULL,NULL,NULL);
INSERT INTO proposals VALUES(4,'tt0000015',NULL,NULL,NULL,2,1795377600,NULL,1795377600,'2026-11-22');
INSERT INTO proposals VALUES(5,NULL,'Ana''s wedding',2019,90,1,1795377600,NULL,NULL,NULL);
INSERT INTO proposals VALUES(6,'tt0000016',NULL,NULL,NULL,1,1795377600,1795377600,NULL,NULL);
CREATE TABLE votes (
    proposal_id INTEGER NOT NULL REFERENCES proposals (id) ON DELETE CASCADE,
    voter_id    INTEGER NOT NULL REFERENCES voters (id),
    voted_at    INTEGER NOT NULL,
    opinion     TEXT NOT NULL DEFAULT 'yes' CHECK (opinion IN ('yes', 'favorite', 'no')),
    PRIMARY KEY (proposal_id, voter_id)
) STRICT, WITHOUT ROWID;
INSERT INTO votes VALUES(1,1,1795377600,'yes');
INSERT INTO votes VALUES(1,2,1795377600,'favorite');
INSERT INTO votes VALUES(1,3,1795377600,'yes');
INSERT INTO votes VALUES(1,5,1795377601,'yes');
INSERT INTO votes VALUES(2,1,1795377600,'yes');
INSERT INTO votes VALUES(2,2,1795377600,'no');
INSERT INTO votes VALUES(2,3,1795377600,'yes');
INSERT INTO votes VALUES(3,2,1795377600,'yes');
INSERT INTO votes VALUES(3,3,1795377600,'yes');
INSERT INTO votes VALUES(4,2,1795377600,'yes');
INSERT INTO votes VALUES(5,1,1795377600,'yes');
INSERT INTO votes VALUES(6,1,1795377600,'yes');
CREATE TABLE notes (
    proposal_id INTEGER NOT NULL REFERENCES proposals (id) ON DELETE CASCADE,
    voter_id    INTEGER NOT NULL REFERENCES voters (id),
    text        TEXT NOT NULL,
    PRIMARY KEY (proposal_id, voter_id)
) STRICT, WITHOUT ROWID;
INSERT INTO notes VALUES(5,1,'bring tissues');
CREATE TABLE seen (
    voter_id INTEGER NOT NULL REFERENCES voters (id),
    movie    TEXT NOT NULL, -- the IMDb id, or # and the number of a proposal that has none
    PRIMARY KEY (voter_id, movie)
) STRICT, WITHOUT ROWID;
INSERT INTO seen VALUES(3,'tt0000013');
INSERT INTO seen VALUES(1,'tt0000015');
INSERT INTO seen VALUES(2,'tt0000015');
INSERT INTO seen VALUES(3,'tt0000099');
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
INSERT INTO imdb_cache VALUES('tt0000012','{"title":"Movie 12","year":1962,"type":"movie","rating":2.2,"rating_count":1012,"runtime_minutes":92,"genres":["Drama","Comedy"],"plot":"Something happens, and then something else."}',1795377600,'imdbapi',1795377600,NULL,0,NULL,NULL);
INSERT INTO imdb_cache VALUES('tt0000013','{"title":"Movie 13","year":1963,"type":"movie","rating":2.3,"rating_count":1013,"runtime_minutes":93,"genres":["Drama","Comedy"],"plot":"Something happens, and then something else."}',1795377600,'imdbapi',1795377600,NULL,0,NULL,NULL);
INSERT INTO imdb_cache VALUES('tt9000001',NULL,NULL,NULL,1795377600,NULL,0,NULL,1795377600);
INSERT INTO imdb_cache VALUES('tt0000014','{"title":"Movie 14","year":1964,"type":"movie","rating":2.4,"rating_count":1014,"runtime_minutes":94,"genres":["Drama","Comedy"],"plot":"Something happens, and then something else."}',1795377600,'imdbapi',1795377600,NULL,0,NULL,NULL);
INSERT INTO imdb_cache VALUES('tt0000015','{"title":"Movie 15","year":1965,"type":"movie","rating":2.5,"rating_count":1015,"runtime_minutes":95,"genres":["Drama","Comedy"],"plot":"Something happens, and then something else."}',1795377600,'imdbapi',1795377600,NULL,0,NULL,NULL);
CREATE TABLE searches (
    words    TEXT PRIMARY KEY, -- case and accents folded
    found_at INTEGER NOT NULL,
    hits     TEXT NOT NULL -- JSON
) STRICT, WITHOUT ROWID;
INSERT INTO searches VALUES('something',1795377600,'[]');
CREATE TABLE attendance (
    proposal_id INTEGER NOT NULL REFERENCES proposals (id) ON DELETE CASCADE,
    voter_id    INTEGER NOT NULL REFERENCES voters (id),
    PRIMARY KEY (proposal_id, voter_id)
) STRICT, WITHOUT ROWID;
INSERT INTO attendance VALUES(4,1);
INSERT INTO attendance VALUES(4,2);
CREATE TABLE wishes (
    voter_id   INTEGER NOT NULL REFERENCES voters (id),
    movie      TEXT NOT NULL, -- the IMDb id, or the folded title and the year until it is known
    imdb_id    TEXT,
    title      TEXT, -- as the list has it
    year       INTEGER,
    entered_at INTEGER NOT NULL,
    PRIMARY KEY (voter_id, movie)
) STRICT, WITHOUT ROWID;
INSERT INTO wishes VALUES(2,'heat (1995)',NULL,'Heat',1995,1795377600);
INSERT INTO wishes VALUES(2,'tt0000017','tt0000017','Movie 17',1967,1795377600);
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
INSERT INTO changes VALUES(1,1795377600,1,'propose',-4748572231928523123,NULL,NULL,1);
INSERT INTO changes VALUES(2,1795377600,2,'propose',-7830914995753556693,NULL,NULL,2);
INSERT INTO changes VALUES(3,1795377600,1,'propose',4988955001219293510,NULL,NULL,3);
INSERT INTO changes VALUES(4,1795377600,2,'favorite',-4739259698375564414,NULL,NULL,4);
INSERT INTO changes VALUES(5,1795377600,2,'no',-4522390554447316652,NULL,NULL,5);
INSERT INTO changes VALUES(6,1795377600,3,'vote',-3159935022461340069,NULL,NULL,6);
INSERT INTO changes VALUES(7,1795377600,3,'seen',5809887592921813497,NULL,NULL,7);
INSERT INTO changes VALUES(8,1795377600,1,'propose',8201028954205087254,NULL,NULL,8);
INSERT INTO changes VALUES(9,1795377600,1,'withdraw',1536535409138558106,NULL,NULL,9);
INSERT INTO changes VALUES(10,1795377600,1,'watched',-6980787237935314108,NULL,NULL,10);
INSERT INTO changes VALUES(11,1795377600,4,'vote',6676779690402584788,NULL,NULL,11);
INSERT INTO changes VALUES(12,1795377600,1,'remove',-4996466082300146605,NULL,NULL,12);
INSERT INTO changes VALUES(13,1795377600,2,'import',6417495446610610821,NULL,NULL,13);
INSERT INTO changes VALUES(14,1795377600,1,'vote',2966458307695607144,1795377600,1,15);
INSERT INTO changes VALUES(16,1795377600,5,'vote',8507943994586744224,NULL,NULL,16);
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
INSERT INTO edits VALUES(1,1,'proposal',1,NULL,NULL,NULL,'{"proposal":{"imdb_id":"tt0000012","title":null,"year":null,"runtime":null,"proposed_by":1,"proposed_at":1795377600,"withdrawn_at":null,"watched_at":null,"watched_on":null}}');
INSERT INTO edits VALUES(2,1,'vote',1,1,NULL,NULL,'{"vote":{"voted_at":1795377600,"opinion":"yes"}}');
INSERT INTO edits VALUES(3,1,'proposal',2,NULL,NULL,NULL,'{"proposal":{"imdb_id":"tt0000013","title":null,"year":null,"runtime":null,"proposed_by":1,"proposed_at":1795377600,"withdrawn_at":null,"watched_at":null,"watched_on":null}}');
INSERT INTO edits VALUES(4,1,'vote',2,1,NULL,NULL,'{"vote":{"voted_at":1795377600,"opinion":"yes"}}');
INSERT INTO edits VALUES(5,2,'proposal',3,NULL,NULL,NULL,'{"proposal":{"imdb_id":"tt0000014","title":null,"year":null,"runtime":null,"proposed_by":2,"proposed_at":1795377600,"withdrawn_at":null,"watched_at":null,"watched_on":null}}');
INSERT INTO edits VALUES(6,2,'vote',3,2,NULL,NULL,'{"vote":{"voted_at":1795377600,"opinion":"yes"}}');
INSERT INTO edits VALUES(7,2,'proposal',4,NULL,NULL,NULL,'{"proposal":{"imdb_id":"tt0000015","title":null,"year":null,"runtime":null,"proposed_by":2,"proposed_at":1795377600,"withdrawn_at":null,"watched_at":null,"watched_on":null}}');
INSERT INTO edits VALUES(8,2,'vote',4,2,NULL,NULL,'{"vote":{"voted_at":1795377600,"opinion":"yes"}}');
INSERT INTO edits VALUES(9,3,'proposal',5,NULL,NULL,NULL,'{"proposal":{"imdb_id":null,"title":"Ana''s wedding","year":2019,"runtime":90,"proposed_by":1,"proposed_at":1795377600,"withdrawn_at":null,"watched_at":null,"watched_on":null}}');
INSERT INTO edits VALUES(10,3,'vote',5,1,NULL,NULL,'{"vote":{"voted_at":1795377600,"opinion":"yes"}}');
INSERT INTO edits VALUES(11,3,'note',5,1,NULL,NULL,'{"note":"bring tissues"}');
INSERT INTO edits VALUES(12,4,'vote',1,2,NULL,NULL,'{"vote":{"voted_at":1795377600,"opinion":"favorite"}}');
INSERT INTO edits VALUES(13,5,'vote',2,2,NULL,NULL,'{"vote":{"voted_at":1795377600,"opinion":"no"}}');
INSERT INTO edits VALUES(14,6,'vote',1,3,NULL,NULL,'{"vote":{"voted_at":1795377600,"opinion":"yes"}}');
INSERT INTO edits VALUES(15,6,'vote',2,3,NULL,NULL,'{"vote":{"voted_at":1795377600,"opinion":"yes"}}');
INSERT INTO edits VALUES(16,6,'vote',3,3,NULL,NULL,'{"vote":{"voted_at":1795377600,"opinion":"yes"}}');
INSERT INTO edits VALUES(17,7,'seen',NULL,3,'tt0000013',NULL,'"seen"');
INSERT INTO edits VALUES(18,7,'seen',NULL,3,'tt0000099',NULL,'"seen"');
INSERT INTO edits VALUES(19,8,'proposal',6,NULL,NULL,NULL,'{"proposal":{"imdb_id":"tt0000016","title":null,"year":null,"runtime":null,"proposed_by":1,"proposed_at":1795377600,"withdrawn_at":null,"watched_at":null,"watched_on":null}}');
INSERT INTO edits VALUES(20,8,'vote',6,1,NULL,NULL,'{"vote":{"voted_at":1795377600,"opinion":"yes"}}');
INSERT INTO edits VALUES(21,9,'proposal',6,NULL,NULL,'{"proposal":{"imdb_id":"tt0000016","title":null,"year":null,"runtime":null,"proposed_by":1,"proposed_at":1795377600,"withdrawn_at":null,"watched_at":null,"watched_on":null}}','{"proposal":{"imdb_id":"tt0000016","title":null,"year":null,"runtime":null,"proposed_by":1,"proposed_at":1795377600,"withdrawn_at":1795377600,"watched_at":null,"watched_on":null}}');
INSERT INTO edits VALUES(22,10,'proposal',4,NULL,NULL,'{"proposal":{"imdb_id":"tt0000015","title":null,"year":null,"runtime":null,"proposed_by":2,"proposed_at":1795377600,"withdrawn_at":null,"watched_at":null,"watched_on":null}}','{"proposal":{"imdb_id":"tt0000015","title":null,"year":null,"runtime":null,"proposed_by":2,"proposed_at":1795377600,"withdrawn_at":null,"watched_at":1795377600,"watched_on":"2026-11-22"}}');
INSERT INTO edits VALUES(23,10,'attendance',4,1,NULL,NULL,'"attendance"');
INSERT INTO edits VALUES(24,10,'seen',NULL,1,'tt0000015',NULL,'"seen"');
INSERT INTO edits VALUES(25,10,'attendance',4,2,NULL,NULL,'"attendance"');
INSERT INTO edits VALUES(26,10,'seen',NULL,2,'tt0000015',NULL,'"seen"');
INSERT INTO edits VALUES(27,11,'vote',1,4,NULL,NULL,'{"vote":{"voted_at":1795377601,"opinion":"yes"}}');
INSERT INTO edits VALUES(28,12,'vote',1,4,NULL,'{"vote":{"voted_at":1795377601,"opinion":"yes"}}',NULL);
INSERT INTO edits VALUES(29,12,'voter',NULL,4,NULL,'{"voter":{"name":"Dan","name_key":"dan","removed_at":null}}','{"voter":{"name":"Dan","name_key":"dan","removed_at":1795377600}}');
INSERT INTO edits VALUES(30,13,'wishes',NULL,2,NULL,NULL,'{"wishes":{"heat (1995)":{"imdb_id":null,"title":"Heat","year":1995,"entered_at":1795377600},"tt0000017":{"imdb_id":"tt0000017","title":"Movie 17","year":1967,"entered_at":1795377600}}}');
INSERT INTO edits VALUES(31,14,'vote',3,1,NULL,NULL,'{"vote":{"voted_at":1795377601,"opinion":"yes"}}');
INSERT INTO edits VALUES(32,16,'vote',1,5,NULL,NULL,'{"vote":{"voted_at":1795377601,"opinion":"yes"}}');
CREATE TABLE settings (
    name  TEXT PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO settings VALUES('switched_after',13);
INSERT INTO settings VALUES('switched_by',1);
CREATE TABLE counters (
    id          INTEGER PRIMARY KEY CHECK (id = 1),
    last_number INTEGER NOT NULL,
    last_voter  INTEGER NOT NULL,
    last_change INTEGER NOT NULL
) STRICT;
INSERT INTO counters VALUES(1,6,5,16);
CREATE UNIQUE INDEX proposals_imdb_id ON proposals (imdb_id) WHERE watched_at IS NULL;
CREATE INDEX votes_voter ON votes (voter_id);
CREATE VIEW yes_votes AS SELECT proposal_id, voter_id, voted_at, opinion FROM votes WHERE opinion <> 'no';
CREATE INDEX seen_movie ON seen (movie);
CREATE INDEX wishes_imdb_id ON wishes (imdb_id);
CREATE INDEX edits_change_id ON edits (change_id);
PRAGMA application_id=1297501780;
PRAGMA user_version=1;
COMMIT;
