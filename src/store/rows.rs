//! The rows that changes edit, with their keys. The change log keeps them as JSON.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::tables::{ENTERED, Table};
use crate::model::change::{MovieIdentity, NewProposal};
use crate::model::{ImdbId, MovieKey, Opinion, OwnTitle, ProposalNumber, VoterId};

/// The kind of a row. A row refers only to rows of kinds that come before its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RowKind {
    Voter,
    Proposal,
    Vote,
    Attendance,
    /// All that a person wants to see.
    Wishes,
    Note,
    Seen,
}

impl RowKind {
    pub const ALL: [Self; 7] =
        [Self::Voter, Self::Proposal, Self::Vote, Self::Attendance, Self::Wishes, Self::Note, Self::Seen];

    /// The table of these rows.
    pub fn table(self) -> &'static Table {
        ENTERED[self as usize]
    }
}

/// The key of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RowKey {
    pub kind: RowKind,
    /// The proposal that the row is about.
    pub number: Option<ProposalNumber>,
    /// The person to whom the row belongs.
    pub voter: Option<VoterId>,
    /// The movie that the row is about, whether it was proposed or not.
    pub movie: Option<MovieKey>,
}

impl RowKey {
    pub fn of(kind: RowKind, number: impl Into<Option<ProposalNumber>>, voter: impl Into<Option<VoterId>>) -> Self {
        Self { kind, number: number.into(), voter: voter.into(), movie: None }
    }

    pub fn voter(id: VoterId) -> Self {
        Self::of(RowKind::Voter, None, id)
    }

    pub fn proposal(number: ProposalNumber) -> Self {
        Self::of(RowKind::Proposal, number, None)
    }

    pub fn vote(number: ProposalNumber, id: VoterId) -> Self {
        Self::of(RowKind::Vote, number, id)
    }

    pub fn seen(movie: MovieKey, id: VoterId) -> Self {
        Self { movie: Some(movie), ..Self::of(RowKind::Seen, None, id) }
    }

    /// The key from its four columns in the log. `None` if they are invalid.
    pub fn from_parts(kind: &str, number: Option<i64>, voter: Option<i64>, movie: Option<&str>) -> Option<Self> {
        let kind = RowKind::ALL.into_iter().find(|known| known.table().kind == kind)?;
        let movie = movie.and_then(MovieKey::parse);
        let is_complete = match kind {
            RowKind::Voter | RowKind::Wishes => voter.is_some(),
            RowKind::Proposal => number.is_some(),
            RowKind::Vote | RowKind::Attendance | RowKind::Note => number.is_some() && voter.is_some(),
            RowKind::Seen => movie.is_some() && voter.is_some(),
        };
        let key = Self { kind, number: number.map(ProposalNumber), voter: voter.map(VoterId), movie };
        is_complete.then_some(key)
    }

    /// The key of the row for other proposals and people. `None` if one of these has none.
    pub fn moved(
        mut self,
        number: impl Fn(ProposalNumber) -> Option<ProposalNumber>,
        voter: impl Fn(VoterId) -> Option<VoterId>,
    ) -> Option<Self> {
        if let Some(movie) = &mut self.number {
            *movie = number(*movie)?;
        }
        if let Some(MovieKey::Own(own)) = &mut self.movie {
            *own = number(*own)?;
        }
        if let Some(id) = &mut self.voter {
            *id = voter(*id)?;
        }
        Some(self)
    }
}

/// A row of a board.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BoardRow {
    Voter(VoterRow),
    Proposal(ProposalRow),
    Vote(VoteRow),
    /// It has no columns beside its key.
    Attendance,
    Wishes(WishRows),
    /// The text of a note.
    Note(String),
    /// It has no columns beside its key.
    Seen,
}

/// A row of a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VoterRow {
    /// The name as it was first written.
    pub name: String,
    /// The form of the name that is compared, see [`crate::model::VoterName::key`].
    pub name_key: String,
    /// The time at which the person was removed or merged into another, in seconds since the epoch, as all times of rows.
    pub removed_at: Option<i64>,
}

/// A row of a proposal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProposalRow {
    /// `None` if it was proposed by title only.
    pub imdb_id: Option<String>,
    /// The title it was proposed by, if it has no id.
    pub title: Option<String>,
    /// The year of that title.
    pub year: Option<i64>,
    /// Its running time in minutes.
    pub runtime: Option<i64>,
    /// Its proposer.
    pub proposed_by: VoterId,
    /// The time at which it was proposed.
    pub proposed_at: i64,
    /// The time at which it was withdrawn, if it was.
    pub withdrawn_at: Option<i64>,
    /// The time at which it was watched, if it was.
    pub watched_at: Option<i64>,
    /// The date of that evening.
    pub watched_on: Option<String>,
}

impl ProposalRow {
    /// True if it can be voted for.
    pub fn is_on_board(&self) -> bool {
        self.withdrawn_at.is_none() && self.watched_at.is_none()
    }

    /// The movie, as it was proposed.
    pub fn movie(&self) -> Option<NewProposal> {
        let id = self.imdb_id.as_deref().and_then(ImdbId::parse).map(NewProposal::Imdb);
        id.or_else(|| own_title(self.title.clone(), self.year, self.runtime).map(NewProposal::Titled))
    }

    /// The movie, of the proposal with that number.
    pub fn key(&self, number: ProposalNumber) -> MovieKey {
        self.imdb_id.as_deref().and_then(ImdbId::parse).map_or(MovieKey::Own(number), MovieKey::Imdb)
    }

    /// Returns the key by which two proposals count as the same movie.
    pub fn identity(&self) -> Option<MovieIdentity> {
        self.movie().map(|movie| movie.identity())
    }
}

/// A movie without an IMDb id from the columns of its proposal. A year and a running time that no movie has are left out.
pub fn own_title(title: Option<String>, year: Option<i64>, minutes: Option<i64>) -> Option<OwnTitle> {
    let year = year.and_then(|year| year.try_into().ok());
    let runtime_minutes = minutes.and_then(|minutes| minutes.try_into().ok());
    title.map(|title| OwnTitle { title, year, runtime_minutes })
}

/// A row of an opinion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VoteRow {
    /// The time at which it was given.
    pub voted_at: i64,
    /// The person's opinion of the movie.
    pub opinion: Opinion,
}

/// The movies of a list by their keys. A list has at least one.
pub type WishRows = BTreeMap<String, WishRow>;

/// A row of a movie on a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WishRow {
    /// `None` if it is not known yet which title is meant.
    pub imdb_id: Option<String>,
    /// The title as the list has it.
    pub title: Option<String>,
    /// The year as the list has it.
    pub year: Option<i64>,
    /// The time at which it came onto the list.
    pub entered_at: i64,
}

/// One row before and after a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// Its key.
    pub key: RowKey,
    /// The row before. `None` if the change created it.
    pub before: Option<BoardRow>,
    /// The row after. `None` if the change deleted it.
    pub after: Option<BoardRow>,
}

impl Edit {
    /// The edit that undoes this one.
    pub fn inverse(self) -> Self {
        Self { key: self.key, before: self.after, after: self.before }
    }
}

/// Rows of a board in the order of their keys.
#[derive(Clone, Debug, Default)]
pub struct Rows(BTreeMap<RowKey, BoardRow>);

impl Rows {
    /// A row.
    pub fn get(&self, key: RowKey) -> Option<&BoardRow> {
        self.0.get(&key)
    }

    /// Sets a row, or removes it.
    pub fn set(&mut self, key: RowKey, row: Option<BoardRow>) {
        match row {
            Some(row) => drop(self.0.insert(key, row)),
            None => drop(self.0.remove(&key)),
        }
    }

    /// A person.
    pub fn voter(&self, id: VoterId) -> Option<&VoterRow> {
        self.get(RowKey::voter(id)).and_then(BoardRow::as_voter)
    }

    /// A proposal.
    pub fn proposal(&self, number: ProposalNumber) -> Option<&ProposalRow> {
        self.get(RowKey::proposal(number)).and_then(BoardRow::as_proposal)
    }

    /// An opinion.
    pub fn vote(&self, number: ProposalNumber, id: VoterId) -> Option<&VoteRow> {
        self.get(RowKey::vote(number, id)).and_then(BoardRow::as_vote)
    }

    /// All people.
    pub fn voters(&self) -> impl Iterator<Item = (VoterId, &VoterRow)> {
        self.of_kind(RowKind::Voter).filter_map(|(key, row)| Some((key.voter?, row.as_voter()?)))
    }

    /// All proposals.
    pub fn proposals(&self) -> impl Iterator<Item = (ProposalNumber, &ProposalRow)> {
        self.of_kind(RowKind::Proposal).filter_map(|(key, row)| Some((key.number?, row.as_proposal()?)))
    }

    /// All opinions.
    pub fn votes(&self) -> impl Iterator<Item = (ProposalNumber, VoterId, &VoteRow)> {
        self.of_kind(RowKind::Vote).filter_map(|(key, row)| Some((key.number?, key.voter?, row.as_vote()?)))
    }

    fn of_kind(&self, kind: RowKind) -> impl Iterator<Item = (&RowKey, &BoardRow)> {
        self.0.range(RowKey::of(kind, None, None)..).take_while(move |(key, _)| key.kind == kind)
    }

    /// The list of a person. Empty if there is none.
    pub fn wishes(&self, id: VoterId) -> WishRows {
        match self.get(RowKey::of(RowKind::Wishes, None, id)) {
            Some(BoardRow::Wishes(list)) => list.clone(),
            _ => WishRows::new(),
        }
    }

    /// Adds a row, or movies to a list.
    pub fn add(&mut self, key: RowKey, row: BoardRow) {
        match (self.0.get_mut(&key), row) {
            (Some(BoardRow::Wishes(list)), BoardRow::Wishes(more)) => list.extend(more),
            (_, row) => drop(self.0.insert(key, row)),
        }
    }

    /// All rows.
    pub fn iter(&self) -> impl Iterator<Item = (RowKey, &BoardRow)> {
        self.0.iter().map(|(key, row)| (*key, row))
    }

    /// The keys of all rows.
    pub fn keys(&self) -> impl Iterator<Item = RowKey> {
        self.0.keys().copied()
    }
}

impl BoardRow {
    /// The row of a person.
    pub fn as_voter(&self) -> Option<&VoterRow> {
        if let Self::Voter(row) = self { Some(row) } else { None }
    }

    /// The row of a proposal.
    pub fn as_proposal(&self) -> Option<&ProposalRow> {
        if let Self::Proposal(row) = self { Some(row) } else { None }
    }

    /// The row of an opinion.
    pub fn as_vote(&self) -> Option<&VoteRow> {
        if let Self::Vote(row) = self { Some(row) } else { None }
    }
}
