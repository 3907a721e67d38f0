//! The vote board: proposals, the people, their votes, and what is known of each movie.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};
use time::{Date, Duration, UtcDateTime};

use super::fetch::{CATALOG_SOURCE, FetchOutcome};
use super::title::with_year;
use super::{ImdbId, Opinions, Title};

/// The number of a proposal: given once, never again, and how people name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ProposalNumber(pub i64);

impl fmt::Display for ProposalNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A movie beyond its proposal: its IMDb id, or the number of the proposal if it has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MovieKey {
    /// By its id at IMDb.
    Imdb(ImdbId),
    /// A title of somebody's own, by its number.
    Own(ProposalNumber),
}

impl MovieKey {
    /// The key that [`fmt::Display`] writes.
    pub fn parse(text: &str) -> Option<Self> {
        match text.strip_prefix('#') {
            Some(number) => number.parse().ok().map(|number| Self::Own(ProposalNumber(number))),
            None => ImdbId::parse(text).map(Self::Imdb),
        }
    }
}

impl fmt::Display for MovieKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Imdb(id) => id.fmt(f),
            Self::Own(number) => write!(f, "#{number}"),
        }
    }
}

/// The key of a person in the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct VoterId(pub i64);

/// The status of a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ProposalStatus {
    /// On the board: it can be voted for.
    OnBoard,
    /// Taken off the board; its votes are kept.
    Withdrawn,
    /// Watched: in the history.
    Watched,
}

/// The state of a movie's cached data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
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

/// A movie's cached data, and the outcome of the attempts to fetch it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct CacheEntry {
    /// The data that was fetched last.
    pub title: Option<Title>,
    /// When that was.
    pub cached_at: Option<UtcDateTime>,
    /// The source it came from.
    pub source: Option<String>,
    /// When sources were last asked for it.
    pub attempted_at: Option<UtcDateTime>,
    /// Until when somebody is fetching it now.
    pub claimed_until: Option<UtcDateTime>,
    /// Attempts in a row at which a source failed. There may be data all the same, of a source that has less.
    pub failures: u32,
    /// When a source last said that there is no such title.
    pub unknown_at: Option<UtcDateTime>,
}

impl CacheEntry {
    /// Known from the local catalogue alone: without plot, people and poster.
    pub fn is_partial(&self) -> bool {
        self.source.as_deref() == Some(CATALOG_SOURCE)
    }

    /// Applies the outcome of a fetch at `at`, as the database does. Only new data replaces old data.
    pub fn take(&mut self, outcome: &FetchOutcome, at: UtcDateTime) {
        match outcome {
            FetchOutcome::Found { title, source, better_failed } => {
                *self = Self {
                    title: Some(Title::clone(title)),
                    cached_at: Some(at),
                    source: Some((*source).to_owned()),
                    attempted_at: Some(at),
                    failures: if better_failed.is_some() { self.failures.saturating_add(1) } else { 0 },
                    ..Self::default()
                };
            }
            // Data that somebody else fetched meanwhile is newer.
            FetchOutcome::Local { confirmed_at, .. } if self.cached_at > Some(*confirmed_at) => {}
            FetchOutcome::Local { title, source, confirmed_at } => {
                self.title = Some(Title::clone(title));
                self.source = Some(source.clone());
                self.cached_at = Some(*confirmed_at);
            }
            FetchOutcome::Unknown(_) => {
                (self.attempted_at, self.unknown_at) = (Some(at), Some(at));
                (self.claimed_until, self.failures) = (None, 0);
            }
            FetchOutcome::Failed(_) => {
                (self.attempted_at, self.claimed_until) = (Some(at), None);
                self.failures = self.failures.saturating_add(1);
            }
            FetchOutcome::NotAsked => self.claimed_until = None,
        }
    }

    /// Returns true if somebody is fetching it. `now` was read before this process waited for its turn, so a claim may end up
    /// to twice `longest` after it. A later end comes from a wrong clock and is ignored.
    pub fn is_claimed(&self, now: UtcDateTime, longest: Duration) -> bool {
        self.claimed_until.is_some_and(|until| now < until && until <= now + longest * 2)
    }
}

/// A movie without an IMDb id, as its proposer describes it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct OwnTitle {
    /// The title without a year.
    pub title: String,
    /// Its year, if it was given.
    pub year: Option<u16>,
    /// Its running time in minutes, if it was given.
    pub runtime_minutes: Option<u32>,
}

/// A movie that somebody put on the board.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Proposal {
    /// Its number.
    pub number: ProposalNumber,
    /// Its IMDb id. `None` if it was proposed by title only.
    pub imdb_id: Option<ImdbId>,
    /// Its proposer's description, if it has no id.
    pub own: Option<OwnTitle>,
    /// Notes with their writers, as indices into [`Board::voters`], the proposer's first.
    pub notes: Vec<(usize, String)>,
    /// Its proposer, as an index into [`Board::voters`].
    pub proposed_by: usize,
    /// When it was proposed.
    pub proposed_at: UtcDateTime,
    /// The time at which it was taken off the board.
    pub withdrawn_at: Option<UtcDateTime>,
    /// The time at which it was watched.
    pub watched_at: Option<UtcDateTime>,
    /// The date of the evening on which it was watched.
    pub watched_on: Option<Date>,
    /// The opinions of it.
    pub opinions: Opinions,
    /// The people who have seen it, as indices into [`Board::voters`].
    pub seen_by: Vec<usize>,
    /// The people who have it on their list, as indices into [`Board::voters`].
    pub listed_by: Vec<usize>,
    /// The people who watched it together, as indices into [`Board::voters`].
    pub present: Vec<usize>,
    /// The movie's data.
    pub cache: CacheEntry,
}

impl Proposal {
    /// A movie on the board of which nothing else is known, proposed by the first of the board's voters.
    pub fn new(number: ProposalNumber, proposed_at: UtcDateTime) -> Self {
        Self {
            number,
            imdb_id: None,
            own: None,
            notes: Vec::new(),
            proposed_by: 0,
            proposed_at,
            withdrawn_at: None,
            watched_at: None,
            watched_on: None,
            opinions: Opinions::default(),
            seen_by: Vec::new(),
            listed_by: Vec::new(),
            present: Vec::new(),
            cache: CacheEntry::default(),
        }
    }

    /// The key under which people have seen it.
    pub fn key(&self) -> MovieKey {
        self.imdb_id.map_or(MovieKey::Own(self.number), MovieKey::Imdb)
    }

    /// The note of the proposer.
    pub fn note(&self) -> Option<&str> {
        self.notes.iter().find(|(writer, _)| *writer == self.proposed_by).map(|(_, text)| text.as_str())
    }

    /// The title without a year, once it is known.
    pub fn known_title(&self) -> Option<&str> {
        let cached = self.cache.title.as_ref().map(|t| &t.title);
        self.own.as_ref().map(|own| &own.title).or(cached).map(String::as_str)
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
        match &self.own {
            Some(own) => own.year,
            None => self.cache.title.as_ref()?.year,
        }
    }

    /// The title with its year, as people write it.
    pub fn name(&self) -> String {
        with_year(&self.title(), self.year())
    }

    /// The genres, as far as they are known.
    pub fn genres(&self) -> &[String] {
        self.cache.title.as_ref().map_or(&[], |title| &title.genres)
    }

    /// The running time in minutes, when it is known.
    pub fn runtime_minutes(&self) -> Option<u32> {
        match &self.own {
            Some(own) => own.runtime_minutes,
            None => self.cache.title.as_ref()?.runtime_minutes,
        }
    }
}

/// A person known to the group.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Voter {
    /// Their key in the store.
    pub id: VoterId,
    /// The name as it was first written.
    pub name: String,
    /// The key by which names are compared, see [`super::VoterName::key`].
    pub key: String,
    /// True for a person with an opinion, a proposal, a note, an evening or something seen who was not removed. Others are
    /// only named as proposers and in the history.
    pub is_listed: bool,
    /// The last time at which they gave an opinion.
    pub last_opinion: Option<UtcDateTime>,
    /// The last time at which they watched a movie with the group.
    pub last_evening: Option<UtcDateTime>,
}

impl Voter {
    /// A person of whom nothing is known.
    pub fn unknown() -> Self {
        let (name, key) = ("?".to_owned(), String::new());
        Self { id: VoterId(i64::MAX), name, key, is_listed: false, last_opinion: None, last_evening: None }
    }
}

/// People belong to the group's evenings for this long after the last one in which they took part.
const REGULAR_FOR: Duration = Duration::days(90);

/// Everything the vote board shows, in the board's order.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Board {
    /// The movies, first place first.
    pub proposals: Vec<Proposal>,
    /// The people known to the group, in the order in which they came.
    pub voters: Vec<Voter>,
    /// The time since which votes are hidden: opinions are left out of the proposals.
    pub hidden_since: Option<UtcDateTime>,
    /// The time at which a movie was watched last.
    pub last_watched_at: Option<UtcDateTime>,
}

impl Board {
    /// The index of a person who takes part, by [`super::VoterName::key`].
    pub fn voter(&self, key: &str) -> Option<usize> {
        self.voters.iter().position(|v| v.key == key && v.is_listed)
    }

    /// True for a movie whose votes are hidden.
    pub fn hides(&self, movie: &Proposal) -> bool {
        self.hidden_since.is_some_and(|since| movie.watched_at.is_none_or(|at| at >= since))
    }

    /// True while votes are hidden.
    pub fn is_hidden(&self) -> bool {
        self.hidden_since.is_some()
    }

    /// Everybody who belongs to an evening at `now`: those who gave an opinion or were there in the last 90 days.
    pub fn everybody(&self, now: UtcDateTime) -> Vec<usize> {
        let is_recent = |voter: &Voter| {
            let last = voter.last_opinion.max(voter.last_evening);
            voter.is_listed && last.is_some_and(|last| now - last <= REGULAR_FOR)
        };
        (0..self.voters.len()).filter(|at| is_recent(&self.voters[*at])).collect()
    }

    /// The names of those in [`Board::everybody`] who have not voted.
    pub fn missing(&self, now: UtcDateTime) -> Vec<&str> {
        self.missing_of(self.everybody(now))
    }

    /// The names of those among these people who have not voted.
    pub fn missing_of(&self, people: Vec<usize>) -> Vec<&str> {
        let missing = people.into_iter().filter(|voter| !self.has_voted(*voter));
        missing.map(|voter| self.voters[voter].name.as_str()).collect()
    }

    /// True for a person who gave an opinion since votes are hidden, or since a movie was watched last.
    pub fn has_voted(&self, voter: usize) -> bool {
        self.voters[voter].last_opinion > self.hidden_since.or(self.last_watched_at)
    }
}
