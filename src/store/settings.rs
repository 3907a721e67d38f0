//! Hiding votes, and revealing them. Neither is a change that can be undone.

use time::UtcDateTime;

use super::db::{Result, statement};
use super::{Store, Transaction};

impl Store {
    /// Hides votes from `at` on: a board is read without them. Returns false if they were hidden already.
    pub fn hide(&mut self, at: UtcDateTime) -> Result<bool> {
        self.write(|transaction| {
            if is_hidden(transaction)? {
                return Ok(false);
            }
            // Later than every stored vote, including those of this second.
            let sql = "INSERT INTO settings (name, value) SELECT 'hidden_since', max(at)
                       FROM (SELECT voted_at AS at FROM votes UNION ALL SELECT CAST(?1 AS BIGINT)) AS times";
            transaction.execute(&[statement!(sql, transaction.corrected(at))])?;
            Ok(true)
        })
    }

    /// Reveals votes. False if they were not hidden.
    pub fn reveal(&mut self) -> Result<bool> {
        self.write(|transaction| {
            if !is_hidden(transaction)? {
                return Ok(false);
            }
            transaction.execute(&[statement!("DELETE FROM settings WHERE name = 'hidden_since'")])?;
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
