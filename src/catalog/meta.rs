//! Facts that a catalogue keeps about itself: settings, counts, and the origin of its data.

use rusqlite::types::{FromSql, ToSql};
use rusqlite::{Connection, OptionalExtension};
use time::UtcDateTime;

use crate::model::from_unix_seconds;

/// Facts that a catalogue keeps about itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meta {
    /// The least number of votes of its titles.
    pub min_votes: u32,
    /// Titles in it.
    pub titles: u64,
    /// The file of titles.
    pub basics: Origin,
    /// The file of ratings.
    pub ratings: Origin,
}

/// Facts that a catalogue keeps about a dataset.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// Rows that it had.
    pub rows: u64,
    /// Rows of these that made no sense.
    pub bad_rows: u64,
    /// The tag that the server gave this version of it.
    pub etag: Option<String>,
    /// The time at which the server last confirmed this version, in seconds since the epoch.
    pub confirmed_at: i64,
}

impl Meta {
    /// Reads it.
    pub fn read(conn: &Connection) -> rusqlite::Result<Self> {
        let mut select = conn.prepare("SELECT value FROM meta WHERE name = ?1")?;
        Ok(Self {
            min_votes: select.query_one(["min_votes"], |row| row.get(0))?,
            titles: select.query_one(["titles"], |row| row.get(0))?,
            basics: Origin::read(&mut select, "basics")?,
            ratings: Origin::read(&mut select, "ratings")?,
        })
    }

    /// Writes it in place of what was there.
    pub fn write(&self, conn: &Connection) -> rusqlite::Result<()> {
        put(conn, "min_votes", self.min_votes)?;
        put(conn, "titles", self.titles)?;
        self.basics.write(conn, "basics")?;
        self.ratings.write(conn, "ratings")
    }
}

impl Origin {
    /// The time at which the server last confirmed this version.
    pub fn confirmed(&self) -> UtcDateTime {
        from_unix_seconds(self.confirmed_at)
    }

    fn read(select: &mut rusqlite::Statement<'_>, dataset: &str) -> rusqlite::Result<Self> {
        Ok(Self {
            rows: get(select, &format!("{dataset}_rows"))?.unwrap_or_default(),
            bad_rows: get(select, &format!("{dataset}_bad_rows"))?.unwrap_or_default(),
            etag: get(select, &format!("{dataset}_etag"))?,
            confirmed_at: get(select, &format!("{dataset}_at"))?.unwrap_or_default(),
        })
    }

    fn write(&self, conn: &Connection, dataset: &str) -> rusqlite::Result<()> {
        put(conn, &format!("{dataset}_rows"), self.rows)?;
        put(conn, &format!("{dataset}_bad_rows"), self.bad_rows)?;
        put(conn, &format!("{dataset}_etag"), &self.etag)?;
        put(conn, &format!("{dataset}_at"), self.confirmed_at)
    }
}

fn get<T: FromSql>(select: &mut rusqlite::Statement<'_>, name: &str) -> rusqlite::Result<Option<T>> {
    Ok(select.query_one([name], |row| row.get(0)).optional()?.flatten())
}

fn put(conn: &Connection, name: &str, value: impl ToSql) -> rusqlite::Result<()> {
    conn.execute("INSERT OR REPLACE INTO meta VALUES (?1, ?2)", (name, value)).map(drop)
}
