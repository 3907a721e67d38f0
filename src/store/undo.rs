//! What was done to the board, kept so that it can be taken back: the last change first, row by
//! row, to exactly what was there before.

use rusqlite::{OptionalExtension, Transaction, params};
use time::UtcDateTime;

use super::{Result, Store, moment, seconds};
use crate::model::ProposalId;
use crate::model::title::with_year;

/// Changes that are kept.
const KEPT: i64 = 100;

/// A change to the board, as it can be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// When it was made.
    pub at: UtcDateTime,
    /// Who made it, if that was a matter of one person.
    pub who: Option<String>,
    /// propose, vote, favorite, unvote, withdraw or watched.
    pub action: String,
    /// The movies that it touched; a new favourite comes before the old one.
    pub movies: Vec<String>,
}

/// Notes what rows were like before they are changed. The change itself is entered with its first
/// row: what changes nothing is not there to be taken back.
pub(super) struct Journal<'t> {
    tx: &'t Transaction<'t>,
    at: UtcDateTime,
    voter: Option<i64>,
    action: &'static str,
    change: Option<i64>,
}

impl<'t> Journal<'t> {
    pub fn new(tx: &'t Transaction<'t>, at: UtcDateTime, voter: Option<i64>, action: &'static str) -> Self {
        Self { tx, at, voter, action, change: None }
    }

    /// Before a proposal is changed, or after it was made.
    pub fn proposal(&mut self, id: ProposalId, is_new: bool) -> Result<()> {
        let change = self.change()?;
        self.tx
            .prepare_cached(
                "INSERT INTO change_rows (change_id, kind, proposal_id, before)
                 VALUES (?1, 'proposal', ?2, CASE ?3 WHEN 1 THEN NULL ELSE (
                     SELECT json_object('withdrawn_at', withdrawn_at, 'watched_at', watched_at, 'note', note)
                     FROM proposals WHERE id = ?2) END)",
            )?
            .execute(params![change, id.0, is_new])?;
        Ok(())
    }

    /// Before a vote is given, changed or taken back.
    pub fn vote(&mut self, id: ProposalId, voter: i64) -> Result<()> {
        let change = self.change()?;
        self.tx
            .prepare_cached(
                "INSERT INTO change_rows (change_id, kind, proposal_id, voter_id, before)
                 VALUES (?1, 'vote', ?2, ?3, (
                     SELECT json_object('voted_at', voted_at, 'favorite', favorite)
                     FROM votes WHERE proposal_id = ?2 AND voter_id = ?3))",
            )?
            .execute(params![change, id.0, voter])?;
        Ok(())
    }

    /// Before somebody is entered as having been there.
    pub fn attendance(&mut self, id: ProposalId, voter: i64) -> Result<()> {
        let change = self.change()?;
        self.tx
            .prepare_cached(
                "INSERT INTO change_rows (change_id, kind, proposal_id, voter_id) VALUES (?1, 'attendance', ?2, ?3)",
            )?
            .execute(params![change, id.0, voter])?;
        Ok(())
    }

    fn change(&mut self) -> Result<i64> {
        if let Some(id) = self.change {
            return Ok(id);
        }
        self.tx.execute(
            "INSERT INTO changes (at, voter_id, action) VALUES (?1, ?2, ?3)",
            params![seconds(self.at), self.voter, self.action],
        )?;
        let id = self.tx.last_insert_rowid();
        self.tx.execute("DELETE FROM changes WHERE id <= ?1", [id - KEPT])?;
        self.change = Some(id);
        Ok(id)
    }
}

impl Store {
    /// The last changes, latest first.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn changes(&mut self, limit: usize) -> Result<Vec<Change>> {
        let tx = self.read()?;
        let mut query = tx.prepare("SELECT id FROM changes ORDER BY id DESC LIMIT ?1")?;
        let ids: Vec<i64> = query.query_map([limit as i64], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        ids.into_iter().map(|id| told(&tx, id)).collect()
    }

    /// Takes the last change back; none when there is nothing to take back.
    ///
    /// # Errors
    /// The database cannot be written: nothing is taken back.
    pub fn undo(&mut self) -> Result<Option<Change>> {
        let tx = self.write()?;
        let last = "SELECT id, voter_id FROM changes ORDER BY id DESC LIMIT 1";
        let last = tx.query_row(last, [], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, Option<i64>>(1)?)));
        let Some((id, voter)) = last.optional()? else { return Ok(None) };
        let change = told(&tx, id)?;
        {
            let mut rows = tx.prepare("SELECT id, kind FROM change_rows WHERE change_id = ?1 ORDER BY id DESC")?;
            let rows = rows.query_map([id], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?)))?;
            for row in rows {
                let (row, kind) = row?;
                restore(&tx, row, &kind)?;
            }
        }
        tx.execute("DELETE FROM changes WHERE id = ?1", [id])?;
        if let Some(voter) = voter {
            forget_if_unknown(&tx, voter)?;
        }
        tx.commit()?;
        Ok(Some(change))
    }
}

/// Makes one row what it was.
fn restore(tx: &Transaction<'_>, row: i64, kind: &str) -> Result<()> {
    let statements: &[&str] = match kind {
        "proposal" => &[
            "DELETE FROM proposals WHERE id = (SELECT proposal_id FROM change_rows WHERE id = ?1 AND before IS NULL)",
            "UPDATE proposals SET withdrawn_at = r.before ->> 'withdrawn_at', watched_at = r.before ->> 'watched_at',
                 note = r.before ->> 'note'
             FROM change_rows r WHERE r.id = ?1 AND r.before IS NOT NULL AND proposals.id = r.proposal_id",
        ],
        "vote" => &[
            "DELETE FROM votes WHERE (proposal_id, voter_id) = (
                 SELECT proposal_id, voter_id FROM change_rows WHERE id = ?1)",
            "INSERT INTO votes (proposal_id, voter_id, voted_at, favorite)
             SELECT proposal_id, voter_id, before ->> 'voted_at', before ->> 'favorite'
             FROM change_rows WHERE id = ?1 AND before IS NOT NULL",
        ],
        _ => &["DELETE FROM attendance WHERE (proposal_id, voter_id) = (
                   SELECT proposal_id, voter_id FROM change_rows WHERE id = ?1)"],
    };
    for sql in statements {
        tx.prepare_cached(sql)?.execute([row])?;
    }
    Ok(())
}

/// Somebody whose every trace was taken back was most likely a slip of the finger.
fn forget_if_unknown(tx: &Transaction<'_>, voter: i64) -> Result<()> {
    tx.execute(
        "DELETE FROM voters WHERE id = ?1
         AND NOT EXISTS (SELECT 1 FROM votes WHERE voter_id = ?1)
         AND NOT EXISTS (SELECT 1 FROM proposals WHERE proposed_by = ?1)
         AND NOT EXISTS (SELECT 1 FROM attendance WHERE voter_id = ?1)
         AND NOT EXISTS (SELECT 1 FROM changes WHERE voter_id = ?1)
         AND NOT EXISTS (SELECT 1 FROM change_rows WHERE voter_id = ?1)",
        [voter],
    )?;
    Ok(())
}

fn told(tx: &Transaction<'_>, id: i64) -> Result<Change> {
    let mut movies = tx.prepare_cached(
        "SELECT coalesce(p.title, c.cached_imdb_data ->> 'title', p.imdb_id), c.cached_imdb_data ->> 'year'
         FROM (SELECT proposal_id, min(id) AS first FROM change_rows WHERE change_id = ?1 GROUP BY proposal_id) r
         JOIN proposals p ON p.id = r.proposal_id LEFT JOIN imdb_cache c ON c.imdb_id = p.imdb_id ORDER BY r.first",
    )?;
    let movies = movies.query_map([id], |row| Ok(with_year(&row.get::<_, String>(0)?, row.get(1)?)))?;
    let movies = movies.collect::<rusqlite::Result<_>>()?;
    let sql = "SELECT c.at, v.name, c.action FROM changes c LEFT JOIN voters v ON v.id = c.voter_id WHERE c.id = ?1";
    let change = tx.query_row(sql, [id], |row| {
        Ok(Change { at: moment(row.get(0)?), who: row.get(1)?, action: row.get(2)?, movies })
    })?;
    Ok(change)
}
