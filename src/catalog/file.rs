//! The catalogue's file: a SQLite database that is written once, as a whole, and only read afterwards.
//!
//! `titles.rank` is the order by votes at the time of the import. `grams.ranks` is a list of ranks, encoded as
//! [`super::grams::Ranks`] reads it.

use std::path::Path;

use percent_encoding::{NON_ALPHANUMERIC, percent_encode};
use rusqlite::{Connection, OpenFlags};

/// The application id in the SQLite header that marks a catalogue: "MVCT" in ASCII.
pub const APPLICATION_ID: i64 = 0x4D56_4354;
/// The version of the file's format. A file of another version is rebuilt, not converted.
pub const VERSION: i64 = 2;

/// The tables. `words` holds kinds and lists of genres. [`INDEX`] is created only when all rows are inserted.
pub const TABLES: &str = "
    CREATE TABLE titles (
        rank INTEGER PRIMARY KEY, id INTEGER NOT NULL, title TEXT NOT NULL, original TEXT,
        year INTEGER, kind INTEGER NOT NULL, runtime INTEGER, genres INTEGER,
        rating INTEGER, votes INTEGER
    ) STRICT;
    CREATE TABLE words (place INTEGER PRIMARY KEY, word TEXT NOT NULL) STRICT;
    CREATE TABLE grams (gram INTEGER PRIMARY KEY, ranks BLOB NOT NULL) STRICT;
    CREATE TABLE vocabulary (words TEXT NOT NULL) STRICT;
    CREATE TABLE meta (facts TEXT NOT NULL) STRICT;";

pub const INDEX: &str = "CREATE UNIQUE INDEX titles_by_id ON titles (id)";

/// Opens a catalogue for reading. The file is never changed, only replaced by renaming, so SQLite neither locks it nor
/// looks for a journal, and a process that has it open keeps the old version.
pub fn open(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let path = percent_encode(path.as_os_str().as_encoded_bytes(), NON_ALPHANUMERIC);
    Connection::open_with_flags(format!("file:{path}?immutable=1"), flags)
}

/// Opens a new or copied file for writing. It needs no journal: no other process uses it, and any error deletes it.
pub fn open_to_write(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Connection::open_with_flags(path, flags)?;
    conn.execute_batch(
        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;
         PRAGMA cache_size = -8192; PRAGMA temp_store = MEMORY;",
    )?;
    Ok(conn)
}

/// Returns the application id and the format version in the file's header.
pub fn identity(conn: &Connection) -> rusqlite::Result<(i64, i64)> {
    let number = |pragma| conn.pragma_query_value(None, pragma, |row| row.get(0));
    Ok((number("application_id")?, number("user_version")?))
}
