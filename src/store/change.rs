//! Changing the board: proposals and votes. Each method is one transaction: all of it, or nothing.

use rusqlite::{OptionalExtension, Transaction, params};
use time::UtcDateTime;

use super::undo::Journal;
use super::{Result, Store, StoreError, cache, seconds};
use crate::model::text::fold;
use crate::model::{Fetched, ImdbId, ProposalId, Report, VoterName};

/// A movie to put on the board.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum NewProposal {
    /// By its id at IMDb.
    Imdb(ImdbId),
    /// By a title of the proposer's own.
    Titled(String),
}

/// What became of a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proposed {
    /// It is new on the board, with its proposer's vote.
    New,
    /// It had been withdrawn and is back with its votes, and with this one.
    Returned,
    /// It stood there already and has one more vote.
    Voted,
    /// It stood there already, with this person's vote.
    AlreadyVoted,
}

/// What became of a vote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Voted {
    /// It counts from now on.
    New,
    /// It counted before.
    Already,
}

/// What became of a favourite.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Favored {
    /// It is this person's favourite from now on.
    New,
    /// The same, instead of another.
    Instead(ProposalId),
    /// It was so already.
    Already,
}

/// What became of a vote that is taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unvoted {
    /// It no longer counts.
    Removed,
    /// There was none.
    HadNone,
}

impl Store {
    /// Puts movies on the board with the proposer's votes, and what was fetched about them into
    /// the cache. A note given goes to each of them.
    ///
    /// # Errors
    /// Nothing is stored when the database cannot be written.
    pub fn propose(
        &mut self,
        by: &VoterName,
        at: UtcDateTime,
        movies: &[NewProposal],
        note: Option<&str>,
        fetched: &[Fetched],
        report: &Report,
    ) -> Result<Vec<Proposed>> {
        let tx = self.write()?;
        let voter = voter_id(&tx, by)?;
        cache::save_all(&tx, at, fetched)?;
        cache::save_report(&tx, report)?;
        let mut journal = Journal::new(&tx, at, Some(voter), "propose");
        let mut own_titles = OwnTitles::default();
        let mut outcomes = Vec::with_capacity(movies.len());
        for movie in movies {
            let found = match movie {
                NewProposal::Imdb(id) => with_imdb_id(&tx, *id)?,
                NewProposal::Titled(title) => own_titles.find(&tx, title)?,
            };
            let (id, outcome) = match found {
                None => {
                    let id = insert_proposal(&tx, movie, voter, at)?;
                    journal.proposal(id, true)?;
                    if let NewProposal::Titled(title) = movie {
                        own_titles.add(title, id);
                    }
                    (id, Proposed::New)
                }
                Some((id, false)) => {
                    journal.proposal(id, false)?;
                    bring_back(&tx, &mut journal, id)?;
                    (id, Proposed::Returned)
                }
                Some((id, true)) if has_vote(&tx, id, voter)? => (id, Proposed::AlreadyVoted),
                Some((id, true)) => (id, Proposed::Voted),
            };
            insert_vote(&tx, &mut journal, id, voter, at)?;
            if let Some(note) = note {
                journal.proposal(id, false)?;
                tx.prepare_cached("UPDATE proposals SET note = ?2 WHERE id = ?1")?.execute(params![id.0, note])?;
            }
            outcomes.push(outcome);
        }
        tx.commit()?;
        Ok(outcomes)
    }

    /// Votes for movies on the board.
    ///
    /// # Errors
    /// One of them has left the board, or the database cannot be written: nothing is stored.
    pub fn vote(&mut self, by: &VoterName, at: UtcDateTime, movies: &[ProposalId]) -> Result<Vec<Voted>> {
        let tx = self.write()?;
        let voter = voter_id(&tx, by)?;
        let mut journal = Journal::new(&tx, at, Some(voter), "vote");
        let mut outcomes = Vec::with_capacity(movies.len());
        for &id in movies {
            require_on_board(&tx, id)?;
            outcomes.push(match insert_vote(&tx, &mut journal, id, voter, at)? {
                true => Voted::New,
                false => Voted::Already,
            });
        }
        tx.commit()?;
        Ok(outcomes)
    }

    /// Makes a movie on the board a person's one favourite, which implies the vote.
    ///
    /// # Errors
    /// It has left the board, or the database cannot be written: nothing is stored.
    pub fn favor(&mut self, by: &VoterName, at: UtcDateTime, movie: ProposalId) -> Result<Favored> {
        let tx = self.write()?;
        require_on_board(&tx, movie)?;
        let voter = voter_id(&tx, by)?;
        let mut journal = Journal::new(&tx, at, Some(voter), "favorite");
        let favorites = favorites_on_board(&tx, voter)?;
        if favorites.contains(&movie) {
            return Ok(Favored::Already);
        }
        journal.vote(movie, voter)?;
        insert_vote(&tx, &mut journal, movie, voter, at)?;
        for &old in &favorites {
            journal.vote(old, voter)?;
            set_favorite(&tx, old, voter, false)?;
        }
        set_favorite(&tx, movie, voter, true)?;
        tx.commit()?;
        Ok(match favorites.first() {
            Some(&old) => Favored::Instead(old),
            None => Favored::New,
        })
    }

    /// Takes votes back, and with them what they favour.
    ///
    /// # Errors
    /// The database cannot be written: nothing is stored.
    pub fn unvote(&mut self, by: &VoterName, at: UtcDateTime, movies: &[ProposalId]) -> Result<Vec<Unvoted>> {
        let tx = self.write()?;
        let voter = known_voter(&tx, by)?;
        let mut journal = Journal::new(&tx, at, voter, "unvote");
        let mut outcomes = Vec::with_capacity(movies.len());
        for &id in movies {
            outcomes.push(match voter {
                Some(voter) if has_vote(&tx, id, voter)? => {
                    journal.vote(id, voter)?;
                    tx.prepare_cached("DELETE FROM votes WHERE proposal_id = ?1 AND voter_id = ?2")?
                        .execute([id.0, voter])?;
                    Unvoted::Removed
                }
                _ => Unvoted::HadNone,
            });
        }
        tx.commit()?;
        Ok(outcomes)
    }

    /// Takes movies off the board. Their votes are kept, so that they can return.
    ///
    /// # Errors
    /// One of them has left the board, or the database cannot be written: nothing is stored.
    pub fn withdraw(&mut self, by: Option<&VoterName>, at: UtcDateTime, movies: &[ProposalId]) -> Result<()> {
        let tx = self.write()?;
        let voter = by.map(|name| known_voter(&tx, name)).transpose()?.flatten();
        let mut journal = Journal::new(&tx, at, voter, "withdraw");
        for &id in movies {
            require_on_board(&tx, id)?;
            journal.proposal(id, false)?;
            tx.prepare_cached("UPDATE proposals SET withdrawn_at = ?2 WHERE id = ?1")?
                .execute(params![id.0, seconds(at)])?;
        }
        tx.commit()?;
        Ok(())
    }
}

/// Puts a withdrawn movie back. Who has found another favourite meanwhile keeps that one.
fn bring_back(tx: &Transaction<'_>, journal: &mut Journal<'_>, id: ProposalId) -> Result<()> {
    let mut favoring = tx.prepare_cached("SELECT voter_id FROM votes WHERE proposal_id = ?1 AND favorite = 1")?;
    let favoring: Vec<i64> = favoring.query_map([id.0], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    for voter in favoring {
        if !favorites_on_board(tx, voter)?.is_empty() {
            journal.vote(id, voter)?;
            set_favorite(tx, id, voter, false)?;
        }
    }
    tx.prepare_cached("UPDATE proposals SET withdrawn_at = NULL WHERE id = ?1")?.execute([id.0])?;
    Ok(())
}

fn favorites_on_board(tx: &Transaction<'_>, voter: i64) -> Result<Vec<ProposalId>> {
    let mut query = tx.prepare_cached(
        "SELECT v.proposal_id FROM votes v JOIN proposals p ON p.id = v.proposal_id
         WHERE v.voter_id = ?1 AND v.favorite = 1 AND p.withdrawn_at IS NULL AND p.watched_at IS NULL",
    )?;
    let rows = query.query_map([voter], |row| row.get(0).map(ProposalId))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn set_favorite(tx: &Transaction<'_>, movie: ProposalId, voter: i64, favorite: bool) -> Result<()> {
    tx.prepare_cached("UPDATE votes SET favorite = ?3 WHERE proposal_id = ?1 AND voter_id = ?2")?
        .execute(params![movie.0, voter, favorite])?;
    Ok(())
}

fn known_voter(tx: &Transaction<'_>, name: &VoterName) -> Result<Option<i64>> {
    let find = "SELECT id FROM voters WHERE name_key = ?1";
    Ok(tx.query_row(find, [name.key()], |row| row.get(0)).optional()?)
}

/// The voter's key; a person is entered with the first thing they do.
pub(super) fn voter_id(tx: &Transaction<'_>, name: &VoterName) -> Result<i64> {
    if let Some(id) = known_voter(tx, name)? {
        return Ok(id);
    }
    tx.execute("INSERT INTO voters (name, name_key) VALUES (?1, ?2)", [name.as_str(), name.key()])?;
    Ok(tx.last_insert_rowid())
}

/// A proposal that is not watched yet, and whether it is on the board.
type Found = Option<(ProposalId, bool)>;

fn with_imdb_id(tx: &Transaction<'_>, id: ImdbId) -> Result<Found> {
    let found = tx
        .prepare_cached("SELECT id, withdrawn_at IS NULL FROM proposals WHERE imdb_id = ?1 AND watched_at IS NULL")?
        .query_row([id.to_string()], |row| Ok((ProposalId(row.get(0)?), row.get(1)?)))
        .optional()?;
    Ok(found)
}

/// Titles of proposals without an IMDb id, read when the first is looked for.
#[derive(Default)]
struct OwnTitles(Option<Vec<(String, ProposalId, bool)>>);

impl OwnTitles {
    fn find(&mut self, tx: &Transaction<'_>, title: &str) -> Result<Found> {
        if self.0.is_none() {
            let mut query = tx.prepare(
                "SELECT title, id, withdrawn_at IS NULL FROM proposals
                 WHERE title IS NOT NULL AND watched_at IS NULL ORDER BY id",
            )?;
            let rows = query
                .query_map([], |row| Ok((fold(&row.get::<_, String>(0)?), ProposalId(row.get(1)?), row.get(2)?)))?;
            self.0 = Some(rows.collect::<rusqlite::Result<_>>()?);
        }
        let wanted = fold(title);
        let known = self.0.iter().flatten().find(|(known, ..)| *known == wanted);
        Ok(known.map(|(_, id, on_board)| (*id, *on_board)))
    }

    fn add(&mut self, title: &str, id: ProposalId) {
        self.0.get_or_insert_default().push((fold(title), id, true));
    }
}

fn insert_proposal(tx: &Transaction<'_>, movie: &NewProposal, voter: i64, at: UtcDateTime) -> Result<ProposalId> {
    let (imdb_id, title) = match movie {
        NewProposal::Imdb(id) => (Some(id.to_string()), None),
        NewProposal::Titled(title) => (None, Some(title)),
    };
    tx.prepare_cached("INSERT INTO proposals (imdb_id, title, proposed_by, proposed_at) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![imdb_id, title, voter, seconds(at)])?;
    Ok(ProposalId(tx.last_insert_rowid()))
}

fn has_vote(tx: &Transaction<'_>, movie: ProposalId, voter: i64) -> Result<bool> {
    Ok(tx.prepare_cached("SELECT 1 FROM votes WHERE proposal_id = ?1 AND voter_id = ?2")?.exists([movie.0, voter])?)
}

/// True when the vote is new.
fn insert_vote(
    tx: &Transaction<'_>,
    journal: &mut Journal<'_>,
    movie: ProposalId,
    voter: i64,
    at: UtcDateTime,
) -> Result<bool> {
    if has_vote(tx, movie, voter)? {
        return Ok(false);
    }
    journal.vote(movie, voter)?;
    tx.prepare_cached("INSERT INTO votes (proposal_id, voter_id, voted_at) VALUES (?1, ?2, ?3)")?.execute(params![
        movie.0,
        voter,
        seconds(at)
    ])?;
    Ok(true)
}

pub(super) fn require_on_board(tx: &Transaction<'_>, movie: ProposalId) -> Result<()> {
    let on_board = tx
        .prepare_cached("SELECT 1 FROM proposals WHERE id = ?1 AND withdrawn_at IS NULL AND watched_at IS NULL")?
        .exists([movie.0])?;
    if on_board { Ok(()) } else { Err(StoreError::LeftTheBoard) }
}
