//! The rows that changes edit, with their keys. The change log keeps them as JSON.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::tables::{ATTENDANCE, NOTES, PROPOSALS, SEEN, Table, VOTERS, VOTES, WISHES};
use crate::model::change::NewProposal;
use crate::model::{ImdbId, MovieKey, Opinion, OwnTitle, ProposalNumber, VoterId};

/// The key of a row. A row refers only to rows of kinds that come before its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RowKey {
    Voter(VoterId),
    Proposal(ProposalNumber),
    Vote(ProposalNumber, VoterId),
    Attendance(ProposalNumber, VoterId),
    /// All movies that a person wants to see.
    Wishes(VoterId),
    Note(ProposalNumber, VoterId),
    /// A movie that a person has seen, whether it was proposed or not.
    Seen(VoterId, MovieKey),
}

impl RowKey {
    /// Creates a key from its four columns in the log. `None` if they are invalid.
    pub fn from_parts(kind: &str, number: Option<i64>, voter: Option<i64>, movie: Option<&str>) -> Option<Self> {
        let (number, voter) = (number.map(ProposalNumber), voter.map(VoterId));
        Some(match kind {
            "voter" => Self::Voter(voter?),
            "proposal" => Self::Proposal(number?),
            "vote" => Self::Vote(number?, voter?),
            "attendance" => Self::Attendance(number?, voter?),
            "wishes" => Self::Wishes(voter?),
            "note" => Self::Note(number?, voter?),
            "seen" => Self::Seen(voter?, MovieKey::parse(movie?)?),
            _ => return None,
        })
    }

    pub fn table(self) -> &'static Table {
        match self {
            Self::Voter(_) => &VOTERS,
            Self::Proposal(_) => &PROPOSALS,
            Self::Vote(..) => &VOTES,
            Self::Attendance(..) => &ATTENDANCE,
            Self::Wishes(_) => &WISHES,
            Self::Note(..) => &NOTES,
            Self::Seen(..) => &SEEN,
        }
    }

    /// Returns the proposal that the row is about.
    pub fn number(self) -> Option<ProposalNumber> {
        match self {
            Self::Proposal(number) | Self::Vote(number, _) | Self::Attendance(number, _) | Self::Note(number, _) => {
                Some(number)
            }
            Self::Voter(_) | Self::Wishes(_) | Self::Seen(..) => None,
        }
    }

    /// Returns the person to whom the row belongs.
    pub fn voter(self) -> Option<VoterId> {
        match self {
            Self::Voter(id) | Self::Vote(_, id) | Self::Attendance(_, id) | Self::Note(_, id) => Some(id),
            Self::Wishes(id) | Self::Seen(id, _) => Some(id),
            Self::Proposal(_) => None,
        }
    }

    /// Returns the movie that the row is about, whether it was proposed or not.
    pub fn movie(self) -> Option<MovieKey> {
        if let Self::Seen(_, movie) = self { Some(movie) } else { None }
    }

    /// Translates the key to other proposals and people. `None` if one of them has no translation.
    pub fn moved(
        self,
        number: impl Fn(ProposalNumber) -> Option<ProposalNumber>,
        voter: impl Fn(VoterId) -> Option<VoterId>,
    ) -> Option<Self> {
        Some(match self {
            Self::Voter(id) => Self::Voter(voter(id)?),
            Self::Proposal(movie) => Self::Proposal(number(movie)?),
            Self::Vote(movie, id) => Self::Vote(number(movie)?, voter(id)?),
            Self::Attendance(movie, id) => Self::Attendance(number(movie)?, voter(id)?),
            Self::Wishes(id) => Self::Wishes(voter(id)?),
            Self::Note(movie, id) => Self::Note(number(movie)?, voter(id)?),
            Self::Seen(id, MovieKey::Own(movie)) => Self::Seen(voter(id)?, MovieKey::Own(number(movie)?)),
            Self::Seen(id, movie) => Self::Seen(voter(id)?, movie),
        })
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BoardRow {
    Voter(VoterRow),
    Proposal(ProposalRow),
    Vote(VoteRow),
    /// The row has no columns besides its key.
    Attendance,
    Wishes(WishRows),
    Note(String),
    /// The row has no columns besides its key.
    Seen,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VoterRow {
    /// The name as it was first written or last changed.
    pub name: String,
    /// The normalized name for comparisons, see [`crate::model::VoterName::key`].
    pub name_key: String,
    /// The time at which the person was removed or merged into another. All times of rows are seconds since the epoch.
    pub removed_at: Option<i64>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProposalRow {
    /// The IMDb id. `None` if the movie was proposed by title.
    pub imdb_id: Option<String>,
    /// The title by which the movie was proposed. `None` if it has an id.
    pub title: Option<String>,
    /// The year of a movie that was proposed by title.
    pub year: Option<i64>,
    /// The running time of a movie that was proposed by title, in minutes.
    pub runtime: Option<i64>,
    pub proposed_by: VoterId,
    pub proposed_at: i64,
    pub withdrawn_at: Option<i64>,
    pub watched_at: Option<i64>,
    /// The date of the evening on which it was watched.
    pub watched_on: Option<String>,
}

impl ProposalRow {
    /// Returns true if it can be voted for.
    pub fn is_on_board(&self) -> bool {
        self.withdrawn_at.is_none() && self.watched_at.is_none()
    }

    /// Returns the movie as it was proposed. `None` if the columns are invalid.
    pub fn movie(&self) -> Option<NewProposal> {
        let id = self.imdb_id.as_deref().and_then(ImdbId::parse).map(NewProposal::Imdb);
        id.or_else(|| own_title(self.title.clone(), self.year, self.runtime).map(NewProposal::Titled))
    }

    /// Returns the movie's key, given the number of this proposal.
    pub fn key(&self, number: ProposalNumber) -> MovieKey {
        self.imdb_id.as_deref().and_then(ImdbId::parse).map_or(MovieKey::Own(number), MovieKey::Imdb)
    }

    /// Returns the key by which two proposals count as the same movie.
    pub fn identity(&self) -> Option<NewProposal> {
        self.movie().map(|movie| movie.identity())
    }
}

/// Creates a title without an IMDb id from the columns of its proposal. Leaves out an impossible year or running time.
pub fn own_title(title: Option<String>, year: Option<i64>, minutes: Option<i64>) -> Option<OwnTitle> {
    let year = year.and_then(|year| year.try_into().ok());
    let runtime_minutes = minutes.and_then(|minutes| minutes.try_into().ok());
    title.map(|title| OwnTitle { title, year, runtime_minutes })
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VoteRow {
    pub voted_at: i64,
    pub opinion: Opinion,
}

/// The movies of a list by their keys. Lists that are stored have at least one.
pub type WishRows = BTreeMap<String, WishRow>;

/// A movie on a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WishRow {
    /// The IMDb id. `None` until it is known which title is meant.
    pub imdb_id: Option<String>,
    /// The title as it stands on the list.
    pub title: Option<String>,
    /// The year as it stands on the list.
    pub year: Option<i64>,
    /// The time at which the movie was added to the list.
    pub entered_at: i64,
}

/// A row before and after a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    pub key: RowKey,
    /// The row before. `None` if the change created it.
    pub before: Option<BoardRow>,
    /// The row after. `None` if the change deleted it.
    pub after: Option<BoardRow>,
}

/// Rows of a board in the order of their keys.
#[derive(Clone, Debug, Default)]
pub struct Rows(BTreeMap<RowKey, BoardRow>);

impl Rows {
    pub fn get(&self, key: RowKey) -> Option<&BoardRow> {
        self.0.get(&key)
    }

    pub fn set(&mut self, key: RowKey, row: Option<BoardRow>) {
        match row {
            Some(row) => drop(self.0.insert(key, row)),
            None => drop(self.0.remove(&key)),
        }
    }

    pub fn voter(&self, id: VoterId) -> Option<&VoterRow> {
        if let Some(BoardRow::Voter(row)) = self.get(RowKey::Voter(id)) { Some(row) } else { None }
    }

    pub fn proposal(&self, number: ProposalNumber) -> Option<&ProposalRow> {
        if let Some(BoardRow::Proposal(row)) = self.get(RowKey::Proposal(number)) { Some(row) } else { None }
    }

    pub fn vote(&self, number: ProposalNumber, id: VoterId) -> Option<&VoteRow> {
        if let Some(BoardRow::Vote(row)) = self.get(RowKey::Vote(number, id)) { Some(row) } else { None }
    }

    pub fn voters(&self) -> impl Iterator<Item = (VoterId, &VoterRow)> {
        self.0.iter().map_while(|entry| match entry {
            (RowKey::Voter(id), BoardRow::Voter(row)) => Some((*id, row)),
            _ => None,
        })
    }

    pub fn proposals(&self) -> impl Iterator<Item = (ProposalNumber, &ProposalRow)> {
        self.0.range(RowKey::Proposal(ProposalNumber(i64::MIN))..).map_while(|entry| match entry {
            (RowKey::Proposal(number), BoardRow::Proposal(row)) => Some((*number, row)),
            _ => None,
        })
    }

    pub fn votes(&self) -> impl Iterator<Item = (ProposalNumber, VoterId, &VoteRow)> {
        let first = RowKey::Vote(ProposalNumber(i64::MIN), VoterId(i64::MIN));
        self.0.range(first..).map_while(|entry| match entry {
            (RowKey::Vote(number, id), BoardRow::Vote(row)) => Some((*number, *id, row)),
            _ => None,
        })
    }

    /// Returns the list of a person, which is empty if there is none.
    pub fn wishes(&self, id: VoterId) -> WishRows {
        match self.get(RowKey::Wishes(id)) {
            Some(BoardRow::Wishes(list)) => list.clone(),
            _ => WishRows::new(),
        }
    }

    /// Adds a row. Movies are added to an existing list.
    pub fn add(&mut self, key: RowKey, row: BoardRow) {
        match (self.0.get_mut(&key), row) {
            (Some(BoardRow::Wishes(list)), BoardRow::Wishes(more)) => list.extend(more),
            (_, row) => drop(self.0.insert(key, row)),
        }
    }

    pub fn iter(&self) -> impl Iterator<Item = (RowKey, &BoardRow)> {
        self.0.iter().map(|(key, row)| (*key, row))
    }

    pub fn keys(&self) -> impl Iterator<Item = RowKey> {
        self.0.keys().copied()
    }
}
