//! Reading the board: two queries, however many proposals there are.

use rusqlite::{Row, Transaction};
use time::UtcDateTime;

use super::{Result, Store, moment};
use crate::model::board::Voter;
use crate::model::{Ballot, Board, Cache, ImdbId, Proposal, ProposalId};

/// Which proposals to read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProposalStatus {
    /// Those on the board.
    Board,
    /// Those that were taken off it.
    Withdrawn,
    /// Those that were watched.
    Watched,
}

impl ProposalStatus {
    fn condition(self) -> &'static str {
        match self {
            Self::Board => "p.withdrawn_at IS NULL AND p.watched_at IS NULL",
            Self::Withdrawn => "p.withdrawn_at IS NOT NULL AND p.watched_at IS NULL",
            Self::Watched => "p.watched_at IS NOT NULL",
        }
    }
}

impl Store {
    /// The proposals on a shelf with votes, voters and cached data, oldest proposal first.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn board(&mut self, shelf: ProposalStatus) -> Result<Board> {
        let tx = self.read()?;
        let mut board = Board { proposals: proposals(&tx, shelf)?, voters: Vec::new() };
        let mut voter_ids = Vec::new();
        people_and_votes(&tx, &mut board, &mut voter_ids)?;
        let stranger = board.voters.len();
        for proposal in &mut board.proposals {
            proposal.proposed_by = index_of(&voter_ids, proposal.proposed_by as i64).unwrap_or(stranger);
        }
        // Only in a file that was damaged, or edited by hand, does a proposal come from nobody.
        if board.proposals.iter().any(|p| p.proposed_by == stranger) {
            board.voters.push(Voter { name: "?".into(), key: String::new() });
        }
        Ok(board)
    }

    /// The IMDb ids on a shelf, and when they were watched.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn proposed_ids(&mut self, shelf: ProposalStatus) -> Result<Vec<(ImdbId, Option<UtcDateTime>)>> {
        let mut query = self.conn.prepare(&format!(
            "SELECT p.imdb_id, p.watched_at FROM proposals p WHERE p.imdb_id IS NOT NULL AND {} ORDER BY p.id",
            shelf.condition()
        ))?;
        let rows = query.query_map([], |row| {
            let id = ImdbId::parse(row.get_ref(0)?.as_str()?);
            Ok((id, row.get::<_, Option<i64>>(1)?.map(moment)))
        })?;
        let found = rows.collect::<rusqlite::Result<Vec<_>>>()?;
        Ok(found.into_iter().filter_map(|(id, watched_at)| Some((id?, watched_at))).collect())
    }
}

fn proposals(tx: &Transaction<'_>, shelf: ProposalStatus) -> Result<Vec<Proposal>> {
    let mut query = tx.prepare(&format!(
        "SELECT p.id, p.imdb_id, p.title, p.note, p.proposed_by, p.proposed_at,
                c.cached_imdb_data, c.cached_at, c.source, c.attempted_at, c.claimed_until,
                c.failures, c.unknown_at, p.watched_at
         FROM proposals p LEFT JOIN imdb_cache c ON c.imdb_id = p.imdb_id
         WHERE {} ORDER BY p.id",
        shelf.condition()
    ))?;
    let rows = query.query_map([], |row| {
        Ok(Proposal {
            id: ProposalId(row.get(0)?),
            imdb_id: row.get_ref(1)?.as_str_or_null()?.and_then(ImdbId::parse),
            own_title: row.get(2)?,
            note: row.get(3)?,
            // The voter's key for now; the people come with the second query.
            proposed_by: row.get::<_, i64>(4)? as usize,
            proposed_at: moment(row.get(5)?),
            watched_at: row.get::<_, Option<i64>>(13)?.map(moment),
            ballots: Vec::new(),
            cache: cache(row, 6)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Reads the seven columns of the cache, from column `first` on.
pub(super) fn cache(row: &Row<'_>, first: usize) -> rusqlite::Result<Cache> {
    let time = |column| Ok::<_, rusqlite::Error>(row.get::<_, Option<i64>>(first + column)?.map(moment));
    let json = row.get_ref(first)?.as_str_or_null()?;
    Ok(Cache {
        title: json.and_then(|json| serde_json::from_str(json).ok()),
        cached_at: time(1)?,
        source: row.get(first + 2)?,
        attempted_at: time(3)?,
        claimed_until: time(4)?,
        failures: row.get::<_, Option<u32>>(first + 5)?.unwrap_or(0),
        unknown_at: time(6)?,
    })
}

/// All people first, then all votes: one query that reads two tables one after the other.
fn people_and_votes(tx: &Transaction<'_>, board: &mut Board, voter_ids: &mut Vec<i64>) -> Result<()> {
    let mut query = tx.prepare(
        "SELECT id, NULL, name, name_key, NULL FROM voters
         UNION ALL
         SELECT voter_id, proposal_id, NULL, voted_at, favorite FROM votes",
    )?;
    let ids: Vec<i64> = board.proposals.iter().map(|p| p.id.0).collect();
    let mut voted: Vec<Vec<(i64, Ballot)>> = vec![Vec::new(); ids.len()];
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let voter_id = row.get(0)?;
        let Some(proposal_id) = row.get(1)? else {
            voter_ids.push(voter_id);
            board.voters.push(Voter { name: row.get(2)?, key: row.get(3)? });
            continue;
        };
        // Votes for what is not on this shelf are passed over.
        if let (Some(proposal), Some(voter)) = (index_of(&ids, proposal_id), index_of(voter_ids, voter_id)) {
            let ballot = Ballot { voter, favorite: row.get(4)? };
            voted[proposal].push((row.get(3)?, ballot));
        }
    }
    for (proposal, mut votes) in board.proposals.iter_mut().zip(voted) {
        votes.sort_by_key(|(voted_at, ballot)| (*voted_at, ballot.voter));
        proposal.ballots = votes.into_iter().map(|(_, ballot)| ballot).collect();
    }
    Ok(())
}

/// Both tables come in the order of their keys.
fn index_of(sorted_ids: &[i64], id: i64) -> Option<usize> {
    sorted_ids.binary_search(&id).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Report, VoterName};
    use crate::store::NewProposal;
    use rusqlite::trace::{TraceEvent, TraceEventCodes};
    use std::cell::Cell;

    thread_local! {
        static QUERIES: Cell<usize> = const { Cell::new(0) };
    }

    #[expect(clippy::needless_pass_by_value, reason = "the signature is rusqlite's")]
    fn count(event: TraceEvent<'_>) {
        if let TraceEvent::Stmt(_, sql) = event
            && sql.trim_start().starts_with("SELECT")
        {
            QUERIES.set(QUERIES.get() + 1);
        }
    }

    #[test]
    #[expect(clippy::print_stdout, reason = "a test's output is for whoever asks for it")]
    fn a_board_takes_two_queries_however_many_proposals_there_are() {
        let folder = tempfile::tempdir().unwrap();
        let ana = VoterName::parse("Ana").unwrap();
        for proposals in [0, 10, 1_000] {
            let mut store = Store::open(&folder.path().join(format!("{proposals}.db"))).unwrap();
            let ids = (0..proposals).map(|n| ImdbId::parse(&format!("tt{n:07}")).unwrap());
            let movies: Vec<NewProposal> = ids.map(NewProposal::Imdb).collect();
            store.propose(&ana, UtcDateTime::UNIX_EPOCH, &movies, None, &[], &Report::default()).unwrap();
            store.conn.trace_v2(TraceEventCodes::SQLITE_TRACE_STMT, Some(count));
            QUERIES.set(0);
            assert_eq!(store.board(ProposalStatus::Board).unwrap().proposals.len(), proposals);
            // For benches/whole-process.sh, which shows it.
            println!("queries of a board of {proposals}, by SQLite's trace: {}", QUERIES.get());
            assert_eq!(QUERIES.get(), 2);
        }
    }
}
