//! The cache of search results.

use time::UtcDateTime;

use super::Store;
use super::db::{Result, statement};
use crate::model::search::{self, Hit};

/// The longest search that is kept, in characters: a key of a PostgreSQL index is limited to 2704 bytes.
const MAX_WORDS_CHARS: usize = 500;

impl Store {
    /// Returns the cached result of a search, found after `cutoff` and not in the future. `words` are as
    /// [`crate::model::text::fold`] returns them.
    pub fn kept_search(&mut self, words: &str, cutoff: UtcDateTime, now: UtcDateTime) -> Result<Option<Vec<Hit>>> {
        self.read(|transaction| {
            let sql = "SELECT hits FROM searches WHERE words = ?1 AND found_at > ?2 AND found_at <= ?3";
            let query = statement!(sql, words, cutoff.unix_timestamp(), now.unix_timestamp());
            let kept = transaction.rows(query, |row| Ok(row.text(0)?.and_then(search::from_json)))?;
            Ok(kept.into_iter().flatten().next())
        })
    }

    /// Caches the result of a search unless its words are very long, and deletes results from `cutoff` or earlier.
    pub fn keep_search(&mut self, words: &str, hits: &[Hit], cutoff: UtcDateTime, now: UtcDateTime) -> Result<()> {
        if words.chars().count() > MAX_WORDS_CHARS {
            return Ok(());
        }
        self.write(|transaction| {
            transaction.driver.execute(&[
                statement!("DELETE FROM searches WHERE found_at <= ?1", cutoff.unix_timestamp()),
                statement!(
                    "INSERT INTO searches (words, found_at, hits) VALUES (?1, ?2, ?3)
                     ON CONFLICT (words) DO UPDATE SET found_at = excluded.found_at, hits = excluded.hits",
                    words,
                    now.unix_timestamp(),
                    search::to_json(hits)
                ),
            ])
        })
    }
}
