//! Outcomes of commands that change something.

use serde::Serialize;

use super::Timestamp;
use super::movie::ShortMovie;
use crate::failure::Failure;
use crate::model::Rating;
use crate::model::change::{Change, Proposed};

/// A movie, and what became of it.
#[derive(Clone, Debug, Serialize)]
pub struct Outcome<T> {
    /// The movie.
    #[serde(flatten)]
    pub movie: ShortMovie,
    /// The outcome.
    pub outcome: T,
}

/// The document of `vote MOVIE` and `unvote`.
#[derive(Clone, Debug, Serialize)]
pub struct Votes {
    /// Each movie that was named.
    pub votes: Vec<Outcome<OpinionOutcome>>,
}

/// The outcome of changing an opinion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum OpinionOutcome {
    /// The vote counts from now on.
    Voted,
    /// It counted before.
    AlreadyVoted,
    /// It is the favourite now.
    Favorite,
    /// It was the favourite already.
    AlreadyFavorite,
    /// The no counts from now on.
    No,
    /// It counted before.
    AlreadyNo,
    /// The vote or the no was taken back.
    Removed,
    /// There was none.
    HadNone,
    /// It is no favourite any more.
    NoFavorite,
    /// It was none.
    WasNoFavorite,
    /// The opinion is stored; votes are hidden.
    Recorded,
}

/// The document of `hide` and `reveal`.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct HiddenView {
    /// Votes are hidden.
    pub hidden: bool,
}

/// The document of `vote --missing`.
#[derive(Clone, Debug, Serialize)]
pub struct Missing<'a> {
    /// People who have not voted yet.
    pub missing: Vec<&'a str>,
}

/// The document of `seen`.
#[derive(Clone, Debug, Serialize)]
pub struct SeenMovies {
    /// Each movie that was named.
    pub seen: Vec<Outcome<SeenOutcome>>,
}

/// The outcome of saying whether one has seen a movie.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SeenOutcome {
    /// It counts as seen from now on.
    Seen,
    /// It did before.
    AlreadySeen,
    /// It no longer counts as seen.
    NotSeen,
    /// It did not before.
    WasNotSeen,
}

/// The document of `propose`.
#[derive(Clone, Debug, Serialize)]
pub struct Proposals {
    /// Each movie that was named.
    pub proposed: Vec<ProposedMovie>,
    /// Each line of a list that was left out.
    pub skipped: Vec<Failure>,
}

/// A movie that was proposed.
#[derive(Clone, Debug, Serialize)]
pub struct ProposedMovie {
    /// The movie.
    #[serde(flatten)]
    pub movie: ShortMovie,
    /// Its rating.
    #[serde(serialize_with = "super::movie::rating")]
    pub rating: Option<Rating>,
    /// The outcome.
    pub outcome: Proposed,
}

/// The document of `withdraw`.
#[derive(Clone, Debug, Serialize)]
pub struct Withdrawals {
    /// Each movie that was named.
    pub withdrawn: Vec<Outcome<WithdrawOutcome>>,
}

/// The outcome of withdrawing a movie.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum WithdrawOutcome {
    /// It left the board, with so many votes.
    Withdrawn,
    /// It was off the board already.
    AlreadyWithdrawn,
}

/// The document of `watched`.
#[derive(Clone, Debug, Serialize)]
pub struct Watchings {
    /// Each movie that was named.
    pub watched: Vec<Outcome<WatchedOutcome>>,
}

/// The outcome of marking a movie as watched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum WatchedOutcome {
    /// It is in the history.
    Watched,
}

/// A change to the board.
#[derive(Clone, Debug, Serialize)]
pub struct ChangeView {
    /// The time at which it was made.
    pub at: Timestamp,
    /// Who made it.
    pub voter: Option<String>,
    /// Its kind.
    pub action: Option<&'static str>,
    /// Names of the movies that it touched.
    pub movies: Vec<String>,
    /// Names of the people whom it renamed, merged or removed.
    pub people: Vec<String>,
    /// The new name, or the person into whom somebody was merged.
    pub into: Option<String>,
    /// It was undone, and can be redone.
    pub undone: bool,
}

impl From<&Change> for ChangeView {
    fn from(change: &Change) -> Self {
        Self {
            at: Timestamp(change.at),
            voter: change.who.clone(),
            action: change.action.map(crate::model::change::Action::as_str),
            movies: change.movies.clone(),
            people: change.people.clone(),
            into: change.into.clone(),
            undone: change.is_undone,
        }
    }
}

/// The document of `undo --list`.
#[derive(Clone, Debug, Serialize)]
pub struct Changes {
    /// The last changes, latest first.
    pub changes: Vec<ChangeView>,
}

/// The document of `undo` and `redo`.
#[derive(Clone, Debug, Serialize)]
pub struct RevertView {
    /// The change that was undone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub undone: Option<ChangeView>,
    /// The change that was redone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub redone: Option<ChangeView>,
}

/// The document of `open`.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Opened<'a> {
    /// The address.
    pub url: &'a str,
}

/// The document of `cache refresh`.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct RefreshView {
    /// Titles with new data.
    pub refreshed: usize,
    /// Titles that no source knows.
    pub unknown: usize,
    /// Titles that could not be had.
    pub failed: usize,
    /// Titles that were left, or fetched by somebody else.
    pub skipped: usize,
    /// Requests made.
    pub api_requests: usize,
    /// Time taken.
    pub seconds: f64,
}
