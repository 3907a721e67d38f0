//! The rows that changes edit, with their keys. The change log keeps them as JSON.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::model::text::title_key;
use crate::model::{ImdbId, MovieKey, Opinion, ProposalNumber, VoterId};

/// The key of a row. A row refers only to rows of kinds that come before its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RowKey {
    Voter(VoterId),
    Proposal(ProposalNumber),
    Vote(ProposalNumber, VoterId),
    Attendance(ProposalNumber, VoterId),
    /// All that a person wants to see.
    Wishes(VoterId),
    Note(ProposalNumber, VoterId),
    Seen(MovieKey, VoterId),
}

impl RowKey {
    /// The key that the log holds in four columns. `None` if they make no sense.
    pub fn from_parts(kind: &str, number: Option<i64>, voter: Option<i64>, movie: Option<&str>) -> Option<Self> {
        let (number, voter) = (number.map(ProposalNumber), voter.map(VoterId));
        match kind {
            "voter" => voter.map(Self::Voter),
            "proposal" => number.map(Self::Proposal),
            "vote" => Some(Self::Vote(number?, voter?)),
            "wishes" => voter.map(Self::Wishes),
            "attendance" => Some(Self::Attendance(number?, voter?)),
            "note" => Some(Self::Note(number?, voter?)),
            "seen" => Some(Self::Seen(MovieKey::parse(movie?)?, voter?)),
            _ => None,
        }
    }

    /// The kind of the row in the log.
    pub fn kind(self) -> &'static str {
        match self {
            Self::Voter(_) => "voter",
            Self::Proposal(_) => "proposal",
            Self::Vote(..) => "vote",
            Self::Attendance(..) => "attendance",
            Self::Wishes(_) => "wishes",
            Self::Note(..) => "note",
            Self::Seen(..) => "seen",
        }
    }

    /// The proposal that the row is about.
    pub fn number(self) -> Option<ProposalNumber> {
        match self {
            Self::Voter(_) | Self::Wishes(_) | Self::Seen(..) => None,
            Self::Proposal(number) | Self::Vote(number, _) | Self::Attendance(number, _) | Self::Note(number, _) => {
                Some(number)
            }
        }
    }

    /// The movie that the row is about, whether it was proposed or not.
    pub fn movie(self) -> Option<MovieKey> {
        if let Self::Seen(movie, _) = self { Some(movie) } else { None }
    }

    /// The person whom the row belongs to.
    pub fn voter(self) -> Option<VoterId> {
        match self {
            Self::Proposal(_) => None,
            Self::Voter(voter)
            | Self::Vote(_, voter)
            | Self::Attendance(_, voter)
            | Self::Wishes(voter)
            | Self::Note(_, voter)
            | Self::Seen(_, voter) => Some(voter),
        }
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

    /// The movie, of the proposal with that number.
    pub fn key(&self, number: ProposalNumber) -> MovieKey {
        self.imdb_id.as_deref().and_then(ImdbId::parse).map_or(MovieKey::Own(number), MovieKey::Imdb)
    }

    /// Equal for two proposals of the same movie: its id, or a title of one's own.
    pub fn identity(&self) -> (Option<&str>, Option<String>) {
        (self.imdb_id.as_deref(), self.title.as_deref().map(title_key))
    }
}

/// A row of an opinion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VoteRow {
    /// The time at which it was given.
    pub voted_at: i64,
    /// What the person thinks of the movie.
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
        self.get(RowKey::Voter(id)).and_then(BoardRow::as_voter)
    }

    /// A proposal.
    pub fn proposal(&self, number: ProposalNumber) -> Option<&ProposalRow> {
        self.get(RowKey::Proposal(number)).and_then(BoardRow::as_proposal)
    }

    /// An opinion.
    pub fn vote(&self, number: ProposalNumber, id: VoterId) -> Option<&VoteRow> {
        self.get(RowKey::Vote(number, id)).and_then(BoardRow::as_vote)
    }

    /// What people think of a movie.
    pub fn opinions_of(&self, number: ProposalNumber) -> impl Iterator<Item = (VoterId, Opinion)> {
        let of_movie = RowKey::Vote(number, VoterId(i64::MIN))..=RowKey::Vote(number, VoterId(i64::MAX));
        self.0.range(of_movie).filter_map(|(key, row)| Some((key.voter()?, row.as_vote()?.opinion)))
    }

    /// All people.
    pub fn voters(&self) -> impl Iterator<Item = (VoterId, &VoterRow)> {
        let voters = ..RowKey::Proposal(ProposalNumber(i64::MIN));
        self.0.range(voters).filter_map(|(key, row)| Some((key.voter()?, row.as_voter()?)))
    }

    /// All proposals.
    pub fn proposals(&self) -> impl Iterator<Item = (ProposalNumber, &ProposalRow)> {
        let proposals =
            RowKey::Proposal(ProposalNumber(i64::MIN))..RowKey::Vote(ProposalNumber(i64::MIN), VoterId(i64::MIN));
        self.0.range(proposals).filter_map(|(key, row)| Some((key.number()?, row.as_proposal()?)))
    }

    /// All opinions.
    pub fn votes(&self) -> impl Iterator<Item = (ProposalNumber, VoterId, &VoteRow)> {
        self.0.iter().filter_map(|(key, row)| Some((key.number()?, key.voter()?, row.as_vote()?)))
    }

    /// The list of a person. Empty if there is none.
    pub fn wishes(&self, id: VoterId) -> WishRows {
        self.get(RowKey::Wishes(id)).and_then(BoardRow::as_wishes).cloned().unwrap_or_default()
    }

    /// Adds a movie to the list of a person.
    pub fn add_wish(&mut self, id: VoterId, movie: String, row: WishRow) {
        let list = self.0.entry(RowKey::Wishes(id)).or_insert_with(|| BoardRow::Wishes(WishRows::new()));
        if let BoardRow::Wishes(list) = list {
            list.insert(movie, row);
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

    /// The movies of a list.
    pub fn as_wishes(&self) -> Option<&WishRows> {
        if let Self::Wishes(list) = self { Some(list) } else { None }
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
