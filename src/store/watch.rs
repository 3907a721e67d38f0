//! What was watched: when, who was there, and with what votes.

use rusqlite::params;
use time::UtcDateTime;

use super::change::{require_on_board, voter_id};
use super::undo::Journal;
use super::{ProposalStatus, Result, Store, seconds};
use crate::model::{Board, ProposalId, VoterName};

/// The history: watched movies with their votes, and who was there.
#[derive(Clone, Debug, Default)]
pub struct Watched {
    /// The movies, the last one first, with the people.
    pub board: Board,
    /// For each of them who was there, as indices into the board's voters.
    pub present: Vec<Vec<usize>>,
}

impl Store {
    /// Moves movies from the board to the history. Their votes are kept.
    ///
    /// # Errors
    /// One of them has left the board, or the database cannot be written: nothing is stored.
    pub fn watch(
        &mut self,
        at: UtcDateTime,
        watched_at: UtcDateTime,
        movies: &[ProposalId],
        here: &[VoterName],
    ) -> Result<()> {
        let tx = self.write()?;
        let here = here.iter().map(|name| voter_id(&tx, name)).collect::<Result<Vec<i64>>>()?;
        let mut journal = Journal::new(&tx, at, None, "watched");
        for &id in movies {
            require_on_board(&tx, id)?;
            journal.proposal(id, false)?;
            tx.execute("UPDATE proposals SET watched_at = ?2 WHERE id = ?1", params![id.0, seconds(watched_at)])?;
            for &voter in &here {
                journal.attendance(id, voter)?;
                tx.execute("INSERT INTO attendance (proposal_id, voter_id) VALUES (?1, ?2)", [id.0, voter])?;
            }
        }
        tx.commit()?;
        Ok(())
    }

    /// What was watched, the last one first.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn history(&mut self) -> Result<Watched> {
        let mut board = self.board(ProposalStatus::Watched)?;
        board.proposals.sort_by_key(|p| std::cmp::Reverse((p.watched_at, p.id)));
        let tx = self.read()?;
        let mut query = tx.prepare(
            "SELECT a.proposal_id, v.name_key FROM attendance a JOIN voters v ON v.id = a.voter_id ORDER BY v.id",
        )?;
        let mut present = vec![Vec::new(); board.proposals.len()];
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            let (id, key) = (ProposalId(row.get(0)?), row.get::<_, String>(1)?);
            let movie = board.proposals.iter().position(|p| p.id == id);
            if let (Some(movie), Some(voter)) = (movie, board.voter(&key)) {
                present[movie].push(voter);
            }
        }
        Ok(Watched { board, present })
    }
}
