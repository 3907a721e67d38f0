//! Hiding and revealing votes. Neither can be undone, and an undo right after one says so.

use time::UtcDateTime;

use super::Store;
use super::change_set::{ChangeSet, RowQuery};
use super::db::{Result, statement};
use super::tables::SETTINGS;
use crate::model::VoterName;

impl Store {
    /// Hides votes from `at` on, so boards are read without them, or reveals them. Returns false if nothing changes.
    pub fn set_hidden(&mut self, by: Option<&VoterName>, at: UtcDateTime, hides: bool) -> Result<bool> {
        self.write(|transaction| {
            let set = ChangeSet::begin(transaction, by.map_or_else(RowQuery::new, RowQuery::by), at)?;
            if set.hidden_since.is_some() == hides {
                return Ok(false);
            }
            // An unknown person has no change to undo. 0 is nobody's id.
            let by = by.and_then(|by| set.known_voter(by)).map_or(0, |voter| voter.0);
            let remembered = [("switched_after", set.counters.change), ("switched_by", by)];
            let rows = remembered.map(|(name, value)| vec![name.into(), value.into()]);
            // Not earlier than any stored vote, so that all of them count as given before.
            let hide = "INSERT INTO settings (name, value) SELECT 'hidden_since', max(at)
                        FROM (SELECT voted_at AS at FROM votes UNION ALL SELECT CAST(?1 AS BIGINT)) AS times";
            let switch = match hides {
                true => statement!(hide, set.at),
                false => statement!("DELETE FROM settings WHERE name = 'hidden_since'"),
            };
            transaction.driver.execute(&[switch, SETTINGS.write(rows.into())])?;
            transaction.has_changed = true;
            Ok(true)
        })
    }
}
