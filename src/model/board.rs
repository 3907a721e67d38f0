//! The vote board: proposals, the people, their ballots, and what is known of each movie.

use std::borrow::Cow;

use time::UtcDateTime;

use super::title::with_year;
use super::{ImdbId, Title};

/// The key of a proposal in the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ProposalId(pub i64);

/// How good the cached data of a movie is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Freshness {
    /// Fetched within the last 24 hours.
    Fresh,
    /// Fetched 24 hours ago or earlier.
    Stale,
    /// Not fetched yet.
    Missing,
    /// A source says that there is no such title.
    Unknown,
    /// Proposed by title only: there is nothing to fetch.
    None,
}

impl Freshness {
    /// The word for it in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Fresh => "fresh",
            Self::Stale => "stale",
            Self::Missing => "missing",
            Self::Unknown => "unknown",
            Self::None => "none",
        }
    }
}

/// What the cache holds of a movie, and what became of the attempts to fetch it.
#[derive(Clone, Debug, Default)]
pub struct Cache {
    /// What was fetched last.
    pub title: Option<Title>,
    /// When that was.
    pub cached_at: Option<UtcDateTime>,
    /// The source it came from.
    pub source: Option<String>,
    /// When a fetch was last begun.
    pub attempted_at: Option<UtcDateTime>,
    /// Until when somebody is fetching it now.
    pub claimed_until: Option<UtcDateTime>,
    /// Failed attempts in a row.
    pub failures: u32,
    /// When a source last said that there is no such title.
    pub unknown_at: Option<UtcDateTime>,
}

/// One person's vote for one proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ballot {
    /// Who: an index into [`Board::voters`].
    pub voter: usize,
    /// Whether it is that person's one favourite.
    pub favorite: bool,
}

/// A movie that somebody put on the board.
#[derive(Clone, Debug)]
pub struct Proposal {
    /// Its key in the store.
    pub id: ProposalId,
    /// Its id at IMDb; none when it was proposed by title only.
    pub imdb_id: Option<ImdbId>,
    /// The title it was proposed by, when it has no id.
    pub own_title: Option<String>,
    /// Why it was proposed.
    pub note: Option<String>,
    /// Who proposed it: an index into [`Board::voters`].
    pub proposed_by: usize,
    /// When it was proposed.
    pub proposed_at: UtcDateTime,
    /// When it was watched; none: not yet.
    pub watched_at: Option<UtcDateTime>,
    /// The votes, in the order in which they were given.
    pub ballots: Vec<Ballot>,
    /// What is known of the movie.
    pub cache: Cache,
}

impl Proposal {
    /// The title without a year, once it is known.
    pub fn known_title(&self) -> Option<&str> {
        let cached = self.cache.title.as_ref().map(|t| &t.title);
        self.own_title.as_ref().or(cached).map(String::as_str)
    }

    /// The title without a year; the IMDb id as long as nothing better is known.
    pub fn title(&self) -> Cow<'_, str> {
        match (self.known_title(), self.imdb_id) {
            (Some(title), _) => Cow::Borrowed(title),
            (None, Some(id)) => Cow::Owned(id.to_string()),
            (None, None) => Cow::Borrowed("?"),
        }
    }

    /// The year, when it is known.
    pub fn year(&self) -> Option<u16> {
        self.cache.title.as_ref()?.year
    }

    /// The title with its year, as people write it.
    pub fn name(&self) -> String {
        with_year(&self.title(), self.year())
    }

    /// The running time in minutes, when it is known.
    pub fn runtime_minutes(&self) -> Option<u32> {
        self.cache.title.as_ref()?.runtime_minutes
    }

    /// How many of the votes say "my favourite".
    pub fn favorites(&self) -> usize {
        self.ballots.iter().filter(|b| b.favorite).count()
    }

    /// The vote of one person.
    pub fn ballot_of(&self, voter: usize) -> Option<Ballot> {
        self.ballots.iter().copied().find(|b| b.voter == voter)
    }
}

/// A person known to the group.
#[derive(Clone, Debug)]
pub struct Voter {
    /// The name as it was first written.
    pub name: String,
    /// What names are compared by, see [`super::VoterName::key`].
    pub key: String,
}

/// Everything the vote board shows, in the board's order.
#[derive(Clone, Debug, Default)]
pub struct Board {
    /// The movies, first place first.
    pub proposals: Vec<Proposal>,
    /// The people known to the group, in the order in which they came.
    pub voters: Vec<Voter>,
}

impl Board {
    /// The index of a person, by [`super::VoterName::key`].
    pub fn voter(&self, key: &str) -> Option<usize> {
        self.voters.iter().position(|v| v.key == key)
    }
}
