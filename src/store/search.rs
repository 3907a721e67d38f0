//! Answers to searches, kept for a while.

use rusqlite::{OptionalExtension, params};
use time::UtcDateTime;

use super::{Result, Store, seconds};
use crate::model::search::{self, Hit};

impl Store {
    /// What a search for these words (folded) found after `cutoff`, and not in the future.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn kept_search(&mut self, words: &str, cutoff: UtcDateTime, now: UtcDateTime) -> Result<Option<Vec<Hit>>> {
        let sql = "SELECT hits FROM searches WHERE words = ?1 AND found_at > ?2 AND found_at <= ?3";
        let found = self.conn.query_row(sql, params![words, seconds(cutoff), seconds(now)], |row| row.get(0));
        let json: Option<String> = found.optional()?;
        Ok(json.and_then(|json| search::from_json(&json)))
    }

    /// Keeps what a search found, and throws away what is from `cutoff` or before.
    ///
    /// # Errors
    /// The database cannot be written.
    pub fn keep_search(&mut self, words: &str, hits: &[Hit], cutoff: UtcDateTime, now: UtcDateTime) -> Result<()> {
        let tx = self.write()?;
        tx.execute("DELETE FROM searches WHERE found_at <= ?1", [seconds(cutoff)])?;
        tx.execute(
            "INSERT OR REPLACE INTO searches (words, found_at, hits) VALUES (?1, ?2, ?3)",
            params![words, seconds(now), search::to_json(hits)],
        )?;
        tx.commit()?;
        Ok(())
    }
}
