//! Hiding votes, and revealing them. Neither is a change that can be undone.

use time::UtcDateTime;

use super::db::{Result, Statement, statement};
use super::{Store, Transaction};
use crate::model::VoterName;

impl Store {
    /// Hides votes from `at` on: reading a board tells nothing about them. False if they were hidden.
    pub fn hide(&mut self, by: &VoterName, at: UtcDateTime) -> Result<bool> {
        self.write(|transaction| {
            if is_hidden(transaction)? {
                return Ok(false);
            }
            // Later than every stored vote, including those of this second.
            let sql = "INSERT INTO settings (name, value) SELECT 'hidden_since', max(at)
                       FROM (SELECT voted_at AS at FROM votes UNION ALL SELECT CAST(?1 AS BIGINT)) AS times";
            transaction.execute(&[statement!(sql, transaction.corrected(at))])?;
            switched(transaction, by)?;
            Ok(true)
        })
    }

    /// Reveals votes. False if they were not hidden.
    pub fn reveal(&mut self, by: &VoterName) -> Result<bool> {
        self.write(|transaction| {
            if !is_hidden(transaction)? {
                return Ok(false);
            }
            transaction.execute(&[statement!("DELETE FROM settings WHERE name = 'hidden_since'")])?;
            switched(transaction, by)?;
            Ok(true)
        })
    }

    /// True while votes are hidden.
    pub fn is_hidden(&mut self) -> Result<bool> {
        self.read(is_hidden)
    }
}

fn is_hidden(transaction: &mut Transaction<'_>) -> Result<bool> {
    Ok(!transaction.rows(statement!("SELECT value FROM settings WHERE name = 'hidden_since'"), |_| Ok(()))?.is_empty())
}

/// Remembers who hid votes or revealed them, and after which change.
fn switched(transaction: &mut Transaction<'_>, by: &VoterName) -> Result<()> {
    let known = "coalesce((SELECT id FROM voters WHERE name_key = ?1), 0)";
    transaction.execute(&[
        statement!("DELETE FROM settings WHERE name IN ('switched_after', 'switched_by')"),
        statement!("INSERT INTO settings (name, value) SELECT 'switched_after', last_change FROM counters"),
        statement!(format!("INSERT INTO settings (name, value) SELECT 'switched_by', {known}"), by.key()),
    ])
}

/// Finds a row if nothing was changed since this person hid votes or revealed them.
pub fn switched_last(by: &VoterName) -> Statement<'_> {
    let sql = "SELECT 1 FROM settings a JOIN settings b ON b.name = 'switched_by' JOIN voters v ON v.id = b.value
               JOIN counters c ON c.last_change = a.value WHERE a.name = 'switched_after' AND v.name_key = ?1";
    statement!(sql, by.key())
}
