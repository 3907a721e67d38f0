//! Changes to the board: what can be asked for, its outcome, and changes as they are listed, undone and redone.

use serde::Serialize;
use time::UtcDateTime;

use super::{ImdbId, ProposalNumber};

/// A movie to put on the board.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum NewProposal {
    /// By its id at IMDb.
    Imdb(ImdbId),
    /// By a title of the proposer's own.
    Titled(String),
}

/// The outcome of a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Proposed {
    /// It is new on the board, with its proposer's vote.
    #[serde(rename = "proposed")]
    New,
    /// It had been withdrawn and is back with its votes, and with this one.
    Returned,
    /// It stood there already and has one more vote.
    Voted,
    /// It stood there already, with this person's vote.
    AlreadyVoted,
}

/// The outcome of a vote.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Voted {
    /// It counts from now on.
    #[serde(rename = "voted")]
    New,
    /// It counted before.
    #[serde(rename = "already_voted")]
    Already,
}

/// The outcome of marking a favourite.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Favored {
    /// It is this person's favourite from now on.
    New,
    /// The same, instead of another.
    Instead(ProposalNumber),
    /// It was so already.
    Already,
}

/// The outcome of taking a vote back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Unvoted {
    /// It no longer counts.
    Removed,
    /// There was none.
    HadNone,
}

/// The kind of a change, as the database names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Movies were proposed.
    Propose,
    /// Votes were given.
    Vote,
    /// A favourite was marked.
    Favorite,
    /// Votes were taken back.
    Unvote,
    /// A favourite is one no longer; its vote stays.
    Unfavorite,
    /// Movies were taken off the board.
    Withdraw,
    /// Movies were watched.
    Watched,
    /// A person got another name.
    Rename,
    /// Two people became one.
    Merge,
    /// A person was removed.
    Remove,
}

impl Action {
    const ALL: [(Self, &'static str); 10] = [
        (Self::Propose, "propose"),
        (Self::Vote, "vote"),
        (Self::Favorite, "favorite"),
        (Self::Unvote, "unvote"),
        (Self::Unfavorite, "unfavorite"),
        (Self::Withdraw, "withdraw"),
        (Self::Watched, "watched"),
        (Self::Rename, "rename"),
        (Self::Merge, "merge"),
        (Self::Remove, "remove"),
    ];

    /// Its name in the database and in JSON.
    pub fn as_str(self) -> &'static str {
        Self::ALL.iter().find(|(action, _)| *action == self).map_or("", |(_, name)| name)
    }

    /// The action of that name. `None` if it is a later version's.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| *known == name).map(|(action, _)| *action)
    }
}

/// A change to the board, in the order in which changes were made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ChangeId(pub i64);

/// A change to the board, as it is listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Its key.
    pub id: ChangeId,
    /// The time at which it was made.
    pub at: UtcDateTime,
    /// The name of the person who made it.
    pub who: Option<String>,
    /// Its kind. `None` if a later version made it.
    pub action: Option<Action>,
    /// Names of the movies that it touched, the first one first.
    pub movies: Vec<String>,
    /// Names of the people whom it renamed, merged or removed, as they were before.
    pub people: Vec<String>,
    /// The new name of the renamed person, or the person into whom another was merged.
    pub into: Option<String>,
    /// True if it was undone.
    pub is_undone: bool,
    /// The name of the person who undid it and can redo it.
    pub undone_by: Option<String>,
}

/// The outcome of undoing or redoing a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reverted {
    /// All its rows are what they were before, or after it.
    Done(Change),
    /// This person has nothing to undo, or to redo. The change that somebody else could undo, or redo, if there is one.
    Nothing(Option<Change>),
    /// Nothing was changed.
    Refused(Refusal),
}

/// The reason why a change is not undone or redone, and the way out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The change.
    pub change: Change,
    /// The later change that touched the same. `None` if the log does not hold it any more.
    pub later: Option<Change>,
    /// A command to type instead.
    pub remedy: Remedy,
}

/// A command that does what could not be undone or redone, or that clears the way for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// `vote`, `vote --favorite`, `unvote`, `unvote --favorite`, `withdraw` or `watched` for these movies.
    Movies(Action, Vec<ProposalNumber>),
    /// `propose`, with `--again` if the movie was watched before.
    Propose {
        /// The movie.
        movie: NewProposal,
        /// True if it is in the history.
        again: bool,
    },
    /// `voters rename`, `voters merge` or `voters remove` with these names.
    People(Action, Vec<String>),
    /// `undo` as this person.
    Undo(String),
    /// `redo` as this person.
    Redo(String),
    /// `undo --list`: several changes of others stand in the way.
    List,
}
