//! The rows that a change needs, read together and written together.
//!
//! A change reads what it needs in one step, edits the rows in memory, and writes those that differ in another, so that
//! a list of any length takes no more round trips than one movie. What differs is also what is recorded for undo.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use super::db::{Param, Result, Row, Statement, required};
use super::{StoreError, Transaction};
use crate::model::change::{Edit, Edits, Present, ProposalRow, VoteRow, VoterRow};
use crate::model::{ImdbId, ProposalNumber, VoterId, VoterName};

/// Rows of one table: as they were read, and as they are to be.
pub struct Table<K, R> {
    slots: Vec<(K, Slot<R>)>,
    by_key: HashMap<K, usize>,
    /// In the order in which they were edited.
    edited: Vec<usize>,
}

struct Slot<R> {
    before: Option<R>,
    now: Option<R>,
    is_edited: bool,
}

impl<K, R> Default for Table<K, R> {
    fn default() -> Self {
        Self { slots: Vec::new(), by_key: HashMap::new(), edited: Vec::new() }
    }
}

impl<K: Copy + Eq + Hash, R: Clone + PartialEq> Table<K, R> {
    fn slot(&mut self, key: K) -> (usize, &mut Slot<R>) {
        let index = *self.by_key.entry(key).or_insert_with(|| {
            self.slots.push((key, Slot { before: None, now: None, is_edited: false }));
            self.slots.len() - 1
        });
        (index, &mut self.slots[index].1)
    }

    fn read(&mut self, key: K, row: R) {
        let (_, slot) = self.slot(key);
        slot.before = Some(row.clone());
        slot.now = Some(row);
    }

    /// The row as it is to be.
    pub fn get(&self, key: K) -> Option<&R> {
        self.slots[*self.by_key.get(&key)?].1.now.as_ref()
    }

    /// Sets a row; none deletes it. It must have been read before, if there is one.
    pub fn set(&mut self, key: K, row: Option<R>) {
        let (index, slot) = self.slot(key);
        slot.now = row;
        if !std::mem::replace(&mut slot.is_edited, true) {
            self.edited.push(index);
        }
    }

    /// All rows as they are to be, in the order in which they were read or made.
    pub fn iter(&self) -> impl Iterator<Item = (K, &R)> {
        self.slots.iter().filter_map(|(key, slot)| Some((*key, slot.now.as_ref()?)))
    }

    fn into_edits(mut self) -> Vec<Edit<K, R>> {
        let take = |index: usize| {
            let (key, slot) = &mut self.slots[index];
            (slot.before != slot.now).then(|| Edit { key: *key, before: slot.before.take(), after: slot.now.take() })
        };
        let edited = std::mem::take(&mut self.edited);
        edited.into_iter().filter_map(take).collect()
    }
}

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
pub struct Workspace {
    pub counters: Counters,
    pub voters: Table<VoterId, VoterRow>,
    pub proposals: Table<ProposalNumber, ProposalRow>,
    pub votes: Table<(ProposalNumber, VoterId), VoteRow>,
    pub attendance: Table<(ProposalNumber, VoterId), Present>,
}

#[derive(Clone, Copy)]
enum Kind {
    Counters,
    Voter,
    Proposal,
    Vote,
    Attendance,
}

const VOTER: &str = "SELECT v.id, v.name, v.name_key, v.removed_at FROM voters v";
const PROPOSAL: &str =
    "SELECT p.id, p.imdb_id, p.title, p.note, p.proposed_by, p.proposed_at, p.withdrawn_at, p.watched_at
    FROM proposals p";
const VOTE: &str = "SELECT b.proposal_id, b.voter_id, b.voted_at, b.opinion FROM votes b";

/// The rows to read into a workspace. Filters are SQL conditions on `v` (voters), `p` (proposals), `b` (votes).
#[derive(Default)]
pub struct Load<'a> {
    kinds: Vec<Kind>,
    queries: Vec<Statement<'a>>,
}

impl<'a> Load<'a> {
    pub fn new() -> Self {
        let mut load = Self::default();
        load.add(Kind::Counters, "SELECT last_number, last_voter, last_change FROM counters".into(), vec![]);
        load
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

    pub fn proposals(&mut self, filter: &str, params: Vec<Param<'a>>) {
        self.add(Kind::Proposal, format!("{PROPOSAL} WHERE {filter} ORDER BY p.id"), params);
    }

    pub fn votes(&mut self, filter: &str, params: Vec<Param<'a>>) {
        self.add(Kind::Vote, format!("{VOTE} {filter} ORDER BY b.proposal_id, b.voter_id"), params);
    }

    /// Proposals, and a person's votes for them.
    pub fn movies(&mut self, movies: &[ProposalNumber], voter: &'a VoterName) {
        for number in movies {
            self.proposals("p.id = ?1", vec![number.0.into()]);
            let of_person = "JOIN voters v ON v.id = b.voter_id WHERE b.proposal_id = ?1 AND v.name_key = ?2";
            self.votes(of_person, vec![number.0.into(), voter.key().into()]);
        }
    }

    /// Every favourite that a movie carries which is not watched yet.
    pub fn favorites(&mut self) {
        let open = "JOIN proposals p ON p.id = b.proposal_id WHERE b.opinion = 'favorite' AND p.watched_at IS NULL";
        self.votes(open, vec![]);
        let favored = "p.watched_at IS NULL AND p.id IN (SELECT proposal_id FROM votes WHERE opinion = 'favorite')";
        self.proposals(favored, vec![]);
    }

    pub fn attendance(&mut self, filter: &str, params: Vec<Param<'a>>) {
        let sql = format!("SELECT proposal_id, voter_id FROM attendance WHERE {filter} ORDER BY proposal_id, voter_id");
        self.add(Kind::Attendance, sql, params);
    }

    /// Reads all of it into a workspace.
    pub fn into_workspace(self, transaction: &mut Transaction<'_>, workspace: &mut Workspace) -> Result<()> {
        let kinds = self.kinds;
        transaction.run(&self.queries, &mut |index, row| workspace.take(kinds[index], row))
    }
}

impl Workspace {
    /// Reads what a change needs.
    pub fn read(transaction: &mut Transaction<'_>, load: Load<'_>) -> Result<Self> {
        let mut workspace = Self::default();
        load.into_workspace(transaction, &mut workspace)?;
        Ok(workspace)
    }

    fn take(&mut self, kind: Kind, row: &dyn Row) -> Result<()> {
        let id = |column| required(row.int(column)?);
        match kind {
            Kind::Counters => {
                let last = |column| {
                    id(column).and_then(|last| if last < MAX_LAST { Ok(last) } else { Err(StoreError::damaged()) })
                };
                self.counters = Counters { number: last(0)?, voter: last(1)?, change: last(2)? };
            }
            Kind::Voter => self.voters.read(VoterId(id(0)?), voter_row(row)?),
            Kind::Proposal => self.proposals.read(ProposalNumber(id(0)?), proposal_row(row)?),
            Kind::Vote => {
                let vote = VoteRow { voted_at: id(2)?, favorite: row.text(3)? == Some("favorite") };
                self.votes.read((ProposalNumber(id(0)?), VoterId(id(1)?)), vote);
            }
            Kind::Attendance => self.attendance.read((ProposalNumber(id(0)?), VoterId(id(1)?)), Present {}),
        }
        Ok(())
    }

    /// The key of a person who takes part, if they are known.
    pub fn known_voter(&self, name: &VoterName) -> Option<VoterId> {
        self.voters.iter().find(|(_, row)| row.name_key == name.key()).map(|(id, _)| id)
    }

    /// The key of a person: entered with the first thing they do, and back with the next after being removed.
    pub fn voter(&mut self, name: &VoterName) -> VoterId {
        if let Some(id) = self.known_voter(name) {
            let row = self.voters.get(id).filter(|row| row.removed_at.is_some()).cloned();
            if let Some(row) = row {
                self.voters.set(id, Some(VoterRow { removed_at: None, ..row }));
            }
            return id;
        }
        self.counters.voter += 1;
        let id = VoterId(self.counters.voter);
        let row = VoterRow { name: name.as_str().to_owned(), name_key: name.key().to_owned(), removed_at: None };
        self.voters.set(id, Some(row));
        id
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
        let row = self.proposals.get(number).filter(|row| row.is_on_board());
        row.ok_or_else(StoreError::left_the_board)
    }

    /// Gives a person's vote: true when it is new.
    pub fn give_vote(&mut self, number: ProposalNumber, voter: VoterId, at: i64) -> bool {
        let is_new = self.votes.get((number, voter)).is_none();
        if is_new {
            self.votes.set((number, voter), Some(VoteRow { voted_at: at, favorite: false }));
        }
        is_new
    }

    /// Marks a vote that was given as a favourite, or as one no longer.
    pub fn set_favorite(&mut self, number: ProposalNumber, voter: VoterId, favorite: bool) {
        if let Some(vote) = self.votes.get((number, voter)).copied() {
            self.votes.set((number, voter), Some(VoteRow { favorite, ..vote }));
        }
    }

    /// The movies on the board that a person favours.
    pub fn favorites_on_board(&self, voter: VoterId) -> Vec<ProposalNumber> {
        let own = self.votes.iter().filter(|((_, v), vote)| *v == voter && vote.favorite);
        own.map(|((number, _), _)| number)
            .filter(|n| self.proposals.get(*n).is_some_and(ProposalRow::is_on_board))
            .collect()
    }

    /// Sets rows to what they are after these edits. A person has one favourite on the board: where another was chosen
    /// since, those that the edits bring back are favourites no longer. Returns these votes.
    pub fn apply(&mut self, edits: &Edits) -> HashSet<(ProposalNumber, VoterId)> {
        edits.voters.iter().for_each(|edit| self.voters.set(edit.key, edit.after.clone()));
        edits.proposals.iter().for_each(|edit| self.proposals.set(edit.key, edit.after.clone()));
        edits.votes.iter().for_each(|edit| self.votes.set(edit.key, edit.after));
        edits.attendance.iter().for_each(|edit| self.attendance.set(edit.key, edit.after));
        let proposals: HashSet<ProposalNumber> = edits.proposals.iter().map(|edit| edit.key).collect();
        let votes: HashSet<(ProposalNumber, VoterId)> = edits.votes.iter().map(|edit| edit.key).collect();
        let is_restored = |key: &(ProposalNumber, VoterId)| proposals.contains(&key.0) || votes.contains(key);
        let favorites: HashSet<VoterId> =
            self.votes.iter().filter(|(_, vote)| vote.favorite).map(|((_, voter), _)| voter).collect();
        let mut lost = HashSet::new();
        for voter in favorites {
            let own = self.favorites_on_board(voter);
            if own.len() > 1 {
                lost.extend(own.into_iter().map(|number| (number, voter)).filter(is_restored));
            }
        }
        for &(number, voter) in &lost {
            self.set_favorite(number, voter, false);
        }
        lost
    }

    /// Enters whoever has a vote for what is not watched yet: it counts, and they may have been removed since it was given.
    pub fn enter_who_votes(&mut self) {
        let is_open = |number| self.proposals.get(number).is_some_and(|row| row.watched_at.is_none());
        let voters: HashSet<VoterId> =
            self.votes.iter().filter(|((number, _), _)| is_open(*number)).map(|((_, voter), _)| voter).collect();
        for id in voters {
            let removed = self.voters.get(id).filter(|row| row.removed_at.is_some()).cloned();
            if let Some(row) = removed {
                self.voters.set(id, Some(VoterRow { removed_at: None, ..row }));
            }
        }
    }

    /// The edits.
    pub fn into_edits(self) -> Edits {
        Edits {
            voters: self.voters.into_edits(),
            proposals: self.proposals.into_edits(),
            votes: self.votes.into_edits(),
            attendance: self.attendance.into_edits(),
        }
    }
}

fn voter_row(row: &dyn Row) -> Result<VoterRow> {
    let text = |column| Ok::<_, StoreError>(row.text(column)?.ok_or_else(StoreError::damaged)?.to_owned());
    Ok(VoterRow { name: text(1)?, name_key: text(2)?, removed_at: row.int(3)? })
}

fn proposal_row(row: &dyn Row) -> Result<ProposalRow> {
    Ok(ProposalRow {
        imdb_id: row.text(1)?.and_then(ImdbId::parse),
        title: row.text(2)?.map(str::to_owned),
        note: row.text(3)?.map(str::to_owned),
        proposed_by: VoterId(required(row.int(4)?)?),
        proposed_at: required(row.int(5)?)?,
        withdrawn_at: row.int(6)?,
        watched_at: row.int(7)?,
    })
}
