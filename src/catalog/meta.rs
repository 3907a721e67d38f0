//! Facts that a catalogue keeps about itself: settings, counts, and the origin of its data.

use rusqlite::Connection;
use rusqlite::types::Type;
use serde::{Deserialize, Serialize};
use time::UtcDateTime;

use crate::model::from_unix_seconds;

/// Facts that a catalogue keeps about itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
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
        conn.query_one("SELECT facts FROM meta", [], |row| {
            let facts = serde_json::from_str(row.get_ref(0)?.as_str()?);
            facts.map_err(|error| rusqlite::Error::FromSqlConversionFailure(0, Type::Text, error.into()))
        })
    }

    /// Writes it in place of what was there.
    pub fn write(&self, conn: &Connection) -> rusqlite::Result<()> {
        let facts = serde_json::to_string(self).expect("Meta has only string keys");
        conn.execute("DELETE FROM meta", [])?;
        conn.execute("INSERT INTO meta VALUES (?1)", [facts]).map(drop)
    }
}

impl Origin {
    /// The time at which the server last confirmed this version.
    pub fn confirmed(&self) -> UtcDateTime {
        from_unix_seconds(self.confirmed_at)
    }
}
