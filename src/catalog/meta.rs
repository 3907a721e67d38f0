//! The record that a catalogue keeps of itself: settings, counts, and the origin of its data.

use rusqlite::Connection;
use rusqlite::types::Type;
use serde::{Deserialize, Serialize};
use time::UtcDateTime;

use crate::model::from_unix_seconds;

/// The settings, counts and data origins that a catalogue records about itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meta {
    /// Minimum number of votes of its titles.
    pub min_votes: u32,
    /// Number of titles.
    pub titles: u64,
    /// The version of the file of titles.
    pub basics: DatasetMeta,
    /// The version of the file of ratings.
    pub ratings: DatasetMeta,
}

/// A version of a dataset: its row counts and its origin.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DatasetMeta {
    /// Number of rows.
    pub rows: u64,
    /// Number of these rows that were invalid.
    pub bad_rows: u64,
    /// The `ETag` that the server sent with this version.
    pub etag: Option<String>,
    /// The time at which the server last confirmed this version, in seconds since the epoch.
    pub confirmed_at: i64,
}

impl Meta {
    /// Reads the record of the catalogue behind `conn`.
    pub fn read(conn: &Connection) -> rusqlite::Result<Self> {
        conn.query_one("SELECT facts FROM meta", [], |row| {
            let facts = serde_json::from_str(row.get_ref(0)?.as_str()?);
            facts.map_err(|error| rusqlite::Error::FromSqlConversionFailure(0, Type::Text, error.into()))
        })
    }

    /// Writes the record, replacing the previous one.
    pub fn write(&self, conn: &Connection) -> rusqlite::Result<()> {
        let facts = serde_json::to_string(self).expect("Meta has only string keys");
        conn.execute("DELETE FROM meta", [])?;
        conn.execute("INSERT INTO meta VALUES (?1)", [facts]).map(drop)
    }
}

impl DatasetMeta {
    /// Returns the time at which the server last confirmed this version.
    pub fn confirmed(&self) -> UtcDateTime {
        from_unix_seconds(self.confirmed_at)
    }
}
