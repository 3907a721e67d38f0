//! Changes to the board: requests, their outcomes, and the logged changes that can be undone and redone.

use serde::{Deserialize, Serialize};
use time::{Date, UtcDateTime};

use super::text::title_key;
use super::{ImdbId, MovieKey, Opinion, OwnTitle, Proposal, ProposalNumber, VoterName};

/// The longest note, in characters.
pub const MAX_NOTE_CHARS: usize = 500;

/// A movie to put on the board.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum NewProposal {
    /// A movie by its IMDb id.
    Imdb(ImdbId),
    /// A movie by a title of the proposer's own.
    Titled(OwnTitle),
}

impl NewProposal {
    /// Returns the proposal that puts a movie on the board again.
    pub fn again(movie: &Proposal) -> Option<Self> {
        movie.imdb_id.map(Self::Imdb).or_else(|| movie.own.clone().map(Self::Titled))
    }

    /// Returns its IMDb id. `None` if it was proposed by title.
    pub fn imdb_id(&self) -> Option<ImdbId> {
        match self {
            Self::Imdb(id) => Some(*id),
            Self::Titled(_) => None,
        }
    }

    /// Returns the form that is equal for two proposals that people consider the same movie.
    pub fn identity(&self) -> Self {
        match self {
            Self::Imdb(id) => Self::Imdb(*id),
            Self::Titled(OwnTitle { title, year, .. }) => {
                Self::Titled(OwnTitle { title: title_key(title), year: *year, runtime_minutes: None })
            }
        }
    }
}

/// The outcome of a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Proposed {
    /// It is new on the board, with its proposer's vote.
    #[serde(rename = "proposed")]
    New,
    /// It had been withdrawn and is back with its votes and this person's.
    Returned(#[serde(skip)] Returned),
    /// It was on the board already and has one more vote. True if the person's no became a yes.
    Voted(#[serde(skip)] bool),
    /// It was on the board already, with this person's vote.
    AlreadyVoted,
    /// It was watched on that date, so nothing was done.
    Watched(#[serde(skip)] Date),
}

/// The opinions of a movie that came back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Returned {
    /// True if the no of the person who proposed it became a yes.
    pub was_no: bool,
    /// True if a no or a favourite was dropped, because its owner has given as many as they may meanwhile.
    pub is_limited: bool,
}

/// How to treat a proposed movie that was watched before and is not on the board.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IfWatched {
    /// It is proposed again.
    Propose,
    /// It is left out.
    Skip,
    /// Nothing is stored, not even the other movies.
    Refuse,
}

/// A person's changes on a ballot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ballot {
    /// The person.
    pub voter: VoterName,
    /// The opinions, each movie once. `None` takes an opinion back.
    pub opinions: Vec<(ProposalNumber, Option<Opinion>)>,
    /// The opinions of other movies on the board to take back, unless they were changed or repeated since.
    pub taken_back: Vec<GivenOpinion>,
    /// True to take back the person's opinions of all other movies on the board. The store resolves them, because
    /// hidden votes are not read.
    pub replaces: bool,
    /// The movies to mark as seen (true) or as not seen (false).
    pub seen: Vec<(MovieKey, bool)>,
}

impl Ballot {
    /// Returns true if the ballot changes nothing.
    pub fn is_empty(&self) -> bool {
        self.opinions.is_empty() && self.seen.is_empty() && self.taken_back.is_empty() && !self.replaces
    }
}

/// An opinion of a movie that was given before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GivenOpinion {
    /// The movie.
    pub number: ProposalNumber,
    /// The opinion.
    pub opinion: Opinion,
    /// The time at which it was stored, in seconds since the epoch. 0 if the board had it already.
    pub at: i64,
}

/// The outcome of storing opinions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OpinionsStored {
    /// The opinions are stored.
    Done {
        /// The previous opinions, in the order of the ballots. `None` while votes are hidden.
        before: Option<Vec<Option<Opinion>>>,
        /// The author's favourite on the board before the change.
        old_favorite: Option<ProposalNumber>,
        /// The movies that had left the board, for which nothing was stored.
        gone: Vec<ProposalNumber>,
        /// True for each movie, in the order of the ballots, whose mark as seen or not seen is new.
        is_seen_new: Vec<bool>,
        /// The time at which they count as given, in seconds since the epoch.
        at: i64,
        /// The id of the change. `None` if there was nothing to change.
        change: Option<i64>,
    },
    /// Nothing is stored, because this person would have too many noes. Holds the movies to which they already say no,
    /// none while votes are hidden.
    TooManyNoes(VoterName, Vec<ProposalNumber>),
}

/// The kind of a change, as the database names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "docs/json.md has the names")]
pub enum Action {
    Propose,
    Vote,
    Favorite,
    No,
    Ballot,
    /// Ballots from the group's chat.
    Chat,
    /// Opinions were taken back, a vote among them.
    Unvote,
    /// Noes were taken back.
    TakeBackNo,
    /// A favourite was unmarked; its vote stays.
    Unfavorite,
    Withdraw,
    Watched,
    Seen,
    /// Movies were unmarked as seen.
    NotSeen,
    Rename,
    Merge,
    Remove,
    Import,
}

impl Action {
    /// Returns true if it changes opinions, which are not shown while votes are hidden.
    pub fn changes_opinions(self) -> bool {
        use Action::{Ballot, Chat, Favorite, No, TakeBackNo, Unfavorite, Unvote, Vote};
        matches!(self, Vote | Favorite | No | Ballot | Chat | Unvote | TakeBackNo | Unfavorite)
    }
}

/// A change to the board, as it is listed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The time at which it was made.
    #[serde(serialize_with = "super::serialize_time")]
    pub at: UtcDateTime,
    /// The name of the person who made it.
    #[serde(rename = "voter")]
    pub who: Option<String>,
    /// Its kind. `None` if a later version made it.
    pub action: Option<Action>,
    /// The names of the movies that it touched, in the order of its edits.
    pub movies: Vec<String>,
    /// The people whom it renamed, merged or removed, by their old names, or whose ballots it took from a chat.
    pub people: Vec<String>,
    /// The new name of the renamed person, or the person into whom another was merged.
    pub into: Option<String>,
    /// True if it was undone.
    #[serde(rename = "undone")]
    pub is_undone: bool,
    /// The name of the person who undid it and can redo it.
    #[serde(skip)]
    pub undone_by: Option<String>,
}

/// The outcome of undoing or redoing a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reverted {
    /// The change is reverted: all its rows are as they were before it or, for a redo, after it.
    Done(Change),
    /// The person has nothing to undo or redo. Holds the change that somebody else could undo or redo, if there is one.
    Nothing(Option<Change>),
    /// Nothing was changed: votes were hidden or revealed since, which undo does not cover. Only the next undo is for
    /// the change before that.
    VisibilityChanged {
        /// True if votes were hidden, false if they were revealed.
        is_hidden: bool,
    },
    /// Nothing was changed, because a later change blocks it.
    Refused {
        /// The change to undo or redo.
        change: Change,
        /// The later change. `None` if it is no longer in the log.
        later: Option<Change>,
        /// A command to type instead, if there is one.
        remedy: Option<Remedy>,
    },
}

/// A command that does what undo or redo could not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// `vote`, `vote --favorite`, `vote --no`, `unvote`, `unvote --favorite`, `withdraw` or `watched` for these movies.
    Movies(Action, Vec<ProposalNumber>),
    /// `propose`, with `--again` if the movie was watched before.
    Propose {
        /// The movie.
        movie: NewProposal,
        /// True if it is in the history.
        again: bool,
    },
}
