//! The rows that a change needs, read together and written together.
//!
//! A change reads the rows that it needs in one step, edits them in memory, and writes those that differ in another, so that
//! a list of any length takes no more round trips than one movie. The rows that differ are also what the change log keeps
//! for undo.

use std::collections::HashSet;

use super::db::{Param, Result, Row, Statement, required};
use super::rows::{BoardRow, Edit, ProposalRow, RowKey, Rows, VoteRow, VoterRow, WishRow, WishRows};
use super::{StoreError, Transaction};
use crate::model::{MovieKey, Opinion, ProposalNumber, VoterId, VoterName};

/// The numbers that were given last; none of them is given again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counters {
    pub number: i64,
    pub voter: i64,
    pub change: i64,
}

/// No board comes near this: counters that do were damaged, and have no next number.
const MAX_LAST: i64 = 1 << 62;

/// The rows that a change needs.
#[derive(Default)]
pub struct ChangeSet {
    pub counters: Counters,
    /// The time since which votes are hidden, if they are.
    pub hidden_since: Option<i64>,
    /// The time at which votes were hidden or, if they are not, a movie was watched last: opinions from before are not
    /// tonight's.
    pub since: Option<i64>,
    /// The rows as they were read.
    pub before: Rows,
    /// The rows as they are to be.
    pub now: Rows,
    /// Keys of rows that were set, in the order in which they were.
    edited: Vec<RowKey>,
    /// People with a vote, a proposal or an evening, of those who were asked about.
    active: HashSet<VoterId>,
    /// People who got another name because theirs was given to somebody. That is no part of a change: nobody sees them.
    pub exchanged: HashSet<VoterId>,
    /// The person into whom another was merged.
    pub into: Option<VoterId>,
}

#[derive(Clone, Copy)]
enum Kind {
    Counters,
    Voter,
    Proposal,
    Vote,
    Attendance,
    Wish,
    Note,
    Seen,
    Active,
}

/// The condition that a person `v` has an opinion, a proposal, an evening, a note, a list or something seen. Others are only
/// the authors of undone changes, and nobody sees them.
pub const IS_ACTIVE: &str = "(v.id IN (SELECT voter_id FROM votes UNION SELECT proposed_by FROM proposals
    UNION SELECT voter_id FROM attendance UNION SELECT voter_id FROM notes)
    OR EXISTS (SELECT 1 FROM wishes w WHERE w.voter_id = v.id) OR EXISTS (SELECT 1 FROM seen s WHERE s.voter_id = v.id))";
const COUNTERS: &str =
    "SELECT last_number, last_voter, last_change, (SELECT value FROM settings WHERE name = 'hidden_since'),
    (SELECT max(watched_at) FROM proposals) FROM counters";
const VOTER: &str = "SELECT v.id, v.name, v.name_key, v.removed_at FROM voters v";
const PROPOSAL: &str =
    "SELECT p.id, p.imdb_id, p.title, p.proposed_by, p.proposed_at, p.withdrawn_at, p.watched_at, p.watched_on
    FROM proposals p";
const VOTE: &str = "SELECT b.proposal_id, b.voter_id, b.voted_at, b.opinion FROM votes b";

const WISH: &str = "SELECT w.voter_id, w.movie, w.imdb_id, w.title, w.year, w.entered_at FROM wishes w";

/// The rows to read. Filters are SQL conditions on `v` (voters), `p` (proposals), `b` (votes), `w` (wishes).
#[derive(Default)]
pub struct RowQuery<'a> {
    kinds: Vec<Kind>,
    queries: Vec<Statement<'a>>,
}

impl<'a> RowQuery<'a> {
    pub fn new() -> Self {
        let mut query = Self::default();
        query.add(Kind::Counters, COUNTERS.into(), vec![]);
        query
    }

    fn add(&mut self, kind: Kind, sql: String, params: Vec<Param<'a>>) {
        self.kinds.push(kind);
        self.queries.push(Statement::new(sql, params));
    }

    pub fn voters(&mut self, filter: &str, params: Vec<Param<'a>>) {
        self.add(Kind::Voter, format!("{VOTER} WHERE {filter} ORDER BY v.id"), params);
    }

    pub fn voter(&mut self, name: &'a VoterName) {
        self.voters("v.name_key = ?1", vec![name.key().into()]);
    }

    /// People, and whether they are active.
    pub fn active_voters(&mut self, filter: &str, params: Vec<Param<'a>>) {
        self.voters(filter, params.clone());
        self.add(Kind::Active, format!("SELECT v.id FROM voters v WHERE {filter} AND {IS_ACTIVE}"), params);
    }

    pub fn proposals(&mut self, filter: &str, params: Vec<Param<'a>>) {
        self.add(Kind::Proposal, format!("{PROPOSAL} WHERE {filter} ORDER BY p.id"), params);
    }

    pub fn votes(&mut self, filter: &str, params: Vec<Param<'a>>) {
        self.add(Kind::Vote, format!("{VOTE} {filter} ORDER BY b.proposal_id, b.voter_id"), params);
    }

    /// Favourites and noes of movies that are not watched yet, with these movies. The filter is a further condition on `b`.
    pub fn marks(&mut self, filter: &str, params: &[Param<'a>]) {
        let marks = format!("b.opinion <> 'yes' {filter}");
        let open = format!("JOIN proposals p ON p.id = b.proposal_id WHERE p.watched_at IS NULL AND {marks}");
        self.votes(&open, params.to_vec());
        let marked = format!("p.watched_at IS NULL AND p.id IN (SELECT proposal_id FROM votes b WHERE {marks})");
        self.proposals(&marked, params.to_vec());
    }

    pub fn attendance(&mut self, filter: &str, params: Vec<Param<'a>>) {
        let sql = format!("SELECT proposal_id, voter_id FROM attendance WHERE {filter} ORDER BY proposal_id, voter_id");
        self.add(Kind::Attendance, sql, params);
    }

    /// The whole lists of people.
    pub fn wishes(&mut self, filter: &str, params: Vec<Param<'a>>) {
        self.add(Kind::Wish, format!("{WISH} WHERE {filter} ORDER BY w.voter_id, w.movie"), params);
    }

    pub fn notes(&mut self, filter: &str, params: Vec<Param<'a>>) {
        let sql =
            format!("SELECT proposal_id, voter_id, text FROM notes WHERE {filter} ORDER BY proposal_id, voter_id");
        self.add(Kind::Note, sql, params);
    }

    /// Rows of movies `s` that people have seen.
    pub fn seen(&mut self, filter: &str, params: Vec<Param<'a>>) {
        let sql = format!("SELECT s.voter_id, s.movie FROM seen s WHERE {filter} ORDER BY s.movie, s.voter_id");
        self.add(Kind::Seen, sql, params);
    }
}

impl ChangeSet {
    /// Reads the rows that a change needs.
    pub fn read(transaction: &mut Transaction<'_>, query: RowQuery<'_>) -> Result<Self> {
        let mut set = Self::default();
        let RowQuery { kinds, queries } = query;
        transaction.run(&queries, &mut |index, row| set.take(kinds[index], row))?;
        Ok(set)
    }

    fn take(&mut self, kind: Kind, row: &dyn Row) -> Result<()> {
        let id = |column| required(row.int(column)?);
        match kind {
            Kind::Counters => {
                let last = |column| {
                    id(column).and_then(|last| if last < MAX_LAST { Ok(last) } else { Err(StoreError::damaged()) })
                };
                self.counters = Counters { number: last(0)?, voter: last(1)?, change: last(2)? };
                self.hidden_since = row.int(3)?;
                self.since = row.int(3)?.or(row.int(4)?);
            }
            Kind::Voter => self.read_row(RowKey::Voter(VoterId(id(0)?)), BoardRow::Voter(voter_row(row)?)),
            Kind::Proposal => {
                self.read_row(RowKey::Proposal(ProposalNumber(id(0)?)), BoardRow::Proposal(proposal_row(row)?));
            }
            Kind::Vote => {
                let opinion = row.text(3)?.and_then(Opinion::parse).ok_or_else(StoreError::damaged)?;
                let vote = VoteRow { voted_at: id(2)?, opinion };
                self.read_row(RowKey::Vote(ProposalNumber(id(0)?), VoterId(id(1)?)), BoardRow::Vote(vote));
            }
            Kind::Attendance => {
                self.read_row(RowKey::Attendance(ProposalNumber(id(0)?), VoterId(id(1)?)), BoardRow::Attendance);
            }
            Kind::Wish => {
                let (movie, wish) = wish_row(row)?;
                self.before.add_wish(VoterId(id(0)?), movie.clone(), wish.clone());
                self.now.add_wish(VoterId(id(0)?), movie, wish);
            }
            Kind::Note => {
                let text = row.text(2)?.unwrap_or_default().to_owned();
                self.read_row(RowKey::Note(ProposalNumber(id(0)?), VoterId(id(1)?)), BoardRow::Note(text));
            }
            Kind::Seen => {
                let movie = row.text(1)?.and_then(MovieKey::parse).ok_or_else(StoreError::damaged)?;
                self.read_row(RowKey::Seen(movie, VoterId(id(0)?)), BoardRow::Seen);
            }
            Kind::Active => drop(self.active.insert(VoterId(id(0)?))),
        }
        Ok(())
    }

    fn read_row(&mut self, key: RowKey, row: BoardRow) {
        self.before.set(key, Some(row.clone()));
        self.now.set(key, Some(row));
    }

    /// Sets a row, or deletes it. It must have been read before, if there is one.
    pub fn set(&mut self, key: RowKey, row: Option<BoardRow>) {
        self.now.set(key, row);
        self.edited.push(key);
    }

    /// Sets the list of a person, whose old one was read.
    pub fn set_wishes(&mut self, voter: VoterId, wishes: WishRows) {
        self.set(RowKey::Wishes(voter), (!wishes.is_empty()).then_some(BoardRow::Wishes(wishes)));
    }

    /// Sets the row of a proposal.
    pub fn set_proposal(&mut self, number: ProposalNumber, row: ProposalRow) {
        self.set(RowKey::Proposal(number), Some(BoardRow::Proposal(row)));
    }

    /// The key of a person, if they are known.
    pub fn known_voter(&self, name: &VoterName) -> Option<VoterId> {
        self.now.voters().find(|(_, row)| row.name_key == name.key()).map(|(id, _)| id)
    }

    /// True for a person with a vote, a proposal or an evening, if that was read.
    pub fn is_active(&self, id: VoterId) -> bool {
        self.active.contains(&id)
    }

    /// The key of a person who makes a change that does not enter them into the group: renames somebody, undoes something.
    pub fn author(&mut self, name: &VoterName) -> VoterId {
        self.known_voter(name).unwrap_or_else(|| {
            self.counters.voter += 1;
            let id = VoterId(self.counters.voter);
            let row = VoterRow { name: name.as_str().to_owned(), name_key: name.key().to_owned(), removed_at: None };
            self.set(RowKey::Voter(id), Some(BoardRow::Voter(row)));
            id
        })
    }

    /// The key of a person who takes part: entered with the first thing they do, and back with the next after being removed.
    pub fn voter(&mut self, name: &VoterName) -> VoterId {
        let id = self.author(name);
        if let Some(row) = self.now.voter(id).filter(|row| row.removed_at.is_some()).cloned() {
            self.set_voter(id, VoterRow { removed_at: None, ..row });
        }
        id
    }

    /// Sets the row of a person. Somebody who is not active and holds the name gets the other name in exchange.
    pub fn set_voter(&mut self, id: VoterId, row: VoterRow) {
        let is_holder = |(other, held): &(VoterId, &VoterRow)| {
            *other != id && held.name_key == row.name_key && !self.is_active(*other)
        };
        let holder = self.now.voters().find(is_holder).map(|(other, held)| (other, held.removed_at));
        let own = self.now.voter(id).cloned();
        self.set(RowKey::Voter(id), Some(BoardRow::Voter(row)));
        if let (Some((other, removed_at)), Some(own)) = (holder, own) {
            self.exchanged.insert(other);
            self.set(RowKey::Voter(other), Some(BoardRow::Voter(VoterRow { removed_at, ..own })));
        }
    }

    /// The number of a new proposal.
    pub fn new_number(&mut self) -> ProposalNumber {
        self.counters.number += 1;
        ProposalNumber(self.counters.number)
    }

    /// A proposal that can be voted for.
    ///
    /// # Errors
    /// It is not on the board, or no longer.
    pub fn on_board(&self, number: ProposalNumber) -> Result<&ProposalRow> {
        let row = self.now.proposal(number).filter(|row| row.is_on_board());
        row.ok_or_else(StoreError::left_the_board)
    }

    /// Sets rows to what they are after these edits.
    pub fn apply(&mut self, edits: &[Edit]) {
        for Edit { key, after, .. } in edits {
            match (key, after) {
                (RowKey::Voter(id), Some(BoardRow::Voter(row))) => self.set_voter(*id, row.clone()),
                _ => self.set(*key, after.clone()),
            }
        }
    }

    /// The rows that differ from what was read, in the order in which they were set first.
    pub fn into_edits(mut self) -> Vec<Edit> {
        let mut seen = HashSet::new();
        let keys = std::mem::take(&mut self.edited).into_iter().filter(|key| seen.insert(*key));
        let edit = |key| Edit { key, before: self.before.get(key).cloned(), after: self.now.get(key).cloned() };
        keys.map(edit).filter(|edit| edit.before != edit.after).collect()
    }
}

fn voter_row(row: &dyn Row) -> Result<VoterRow> {
    let text = |column| Ok::<_, StoreError>(row.text(column)?.ok_or_else(StoreError::damaged)?.to_owned());
    Ok(VoterRow { name: text(1)?, name_key: text(2)?, removed_at: row.int(3)? })
}

fn proposal_row(row: &dyn Row) -> Result<ProposalRow> {
    Ok(ProposalRow {
        imdb_id: row.text(1)?.map(str::to_owned),
        title: row.text(2)?.map(str::to_owned),
        proposed_by: VoterId(required(row.int(3)?)?),
        proposed_at: required(row.int(4)?)?,
        withdrawn_at: row.int(5)?,
        watched_at: row.int(6)?,
        watched_on: row.text(7)?.map(str::to_owned),
    })
}

/// Reads a row of [`WISH`].
fn wish_row(row: &dyn Row) -> Result<(String, WishRow)> {
    let movie = row.text(1)?.ok_or_else(StoreError::damaged)?.to_owned();
    let (imdb_id, title) = (row.text(2)?.map(str::to_owned), row.text(3)?.map(str::to_owned));
    Ok((movie, WishRow { imdb_id, title, year: row.int(4)?, entered_at: required(row.int(5)?)? }))
}
