//! The vote board: proposals, the people, their votes, and what is known of each movie.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};
use time::{Date, Duration, UtcDateTime};

use super::fetch::{CATALOG_SOURCE, FetchOutcome};
use super::title::with_year;
use super::{ImdbId, Opinions, Title};

/// The number of a proposal, by which people name it. A number is never given again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ProposalNumber(pub i64);

impl fmt::Display for ProposalNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A movie as such, across its proposals: by its IMDb id, or by the number of its proposal if it has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MovieKey {
    /// The IMDb id.
    Imdb(ImdbId),
    /// The number of a proposal without an IMDb id.
    Own(ProposalNumber),
}

impl MovieKey {
    /// Parses the form that [`fmt::Display`] writes. `None` if the text has another form.
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

/// The proposals to read, by their status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProposalStatus {
    /// On the board: it can be voted for.
    OnBoard,
    /// Withdrawn or watched.
    OffBoard,
    /// Watched: in the history. They are also [`Self::OffBoard`].
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
    /// The sources say that there is no such title, see [`FetchOutcome::Unknown`].
    Unknown,
    /// Proposed by title only: there is nothing to fetch.
    None,
}

/// A movie's cached data, and the outcome of the attempts to fetch it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct CacheEntry {
    /// The data that was fetched last.
    pub title: Option<Title>,
    /// The time at which it was fetched or last confirmed.
    pub cached_at: Option<UtcDateTime>,
    /// The source of the data.
    pub source: Option<String>,
    /// The time at which sources were last asked for it.
    pub attempted_at: Option<UtcDateTime>,
    /// The end of the claim by which a process is fetching it.
    pub claimed_until: Option<UtcDateTime>,
    /// The number of attempts in a row in which a source failed. A lesser source may have delivered data all the same.
    pub failures: u32,
    /// The time at which the sources last said that there is no such title, see [`FetchOutcome::Unknown`].
    pub unknown_at: Option<UtcDateTime>,
}

impl CacheEntry {
    /// Returns true if the data is from the local catalogue alone: without plot, people and poster.
    pub fn is_partial(&self) -> bool {
        self.source.as_deref() == Some(CATALOG_SOURCE)
    }

    /// Applies the outcome of a fetch at `at`, as the database does. Only new data replaces old data.
    pub fn apply(&mut self, outcome: &FetchOutcome, at: UtcDateTime) {
        match outcome {
            FetchOutcome::Found { title, source, better_failed } => {
                *self = Self {
                    title: Some(Title::clone(title)),
                    cached_at: Some(at),
                    source: Some(source.clone()),
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

    /// Returns true if somebody is fetching it. `now` was read before this process waited for its turn, so a claim may
    /// end up to twice `longest` after `now`. A later end comes from a wrong clock and is ignored.
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
    /// The time at which it was proposed.
    pub proposed_at: UtcDateTime,
    /// The time at which it was taken off the board.
    pub withdrawn_at: Option<UtcDateTime>,
    /// The time at which it was watched.
    pub watched_at: Option<UtcDateTime>,
    /// The date of the evening on which it was watched.
    pub watched_on: Option<Date>,
    /// People's opinions of the movie.
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
    /// Returns a proposal on the board with nothing but a number and a time, made by the board's first voter.
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

    /// Returns the key under which the store keeps who has seen the movie.
    pub fn key(&self) -> MovieKey {
        self.imdb_id.map_or(MovieKey::Own(self.number), MovieKey::Imdb)
    }

    /// Returns the note of the proposer.
    pub fn note(&self) -> Option<&str> {
        self.notes.iter().find(|(writer, _)| *writer == self.proposed_by).map(|(_, text)| text.as_str())
    }

    /// Returns the title without a year. `None` if it is not known yet.
    pub fn known_title(&self) -> Option<&str> {
        let cached = self.cache.title.as_ref().map(|t| &t.title);
        self.own.as_ref().map(|own| &own.title).or(cached).map(String::as_str)
    }

    /// Returns the title without a year, or the IMDb id as long as no title is known.
    pub fn title(&self) -> Cow<'_, str> {
        match (self.known_title(), self.imdb_id) {
            (Some(title), _) => Cow::Borrowed(title),
            (None, Some(id)) => Cow::Owned(id.to_string()),
            (None, None) => Cow::Borrowed("?"),
        }
    }

    /// Returns the year. `None` if it is unknown.
    pub fn year(&self) -> Option<u16> {
        match &self.own {
            Some(own) => own.year,
            None => self.cache.title.as_ref()?.year,
        }
    }

    /// Returns the title with its year, as people write it.
    pub fn name(&self) -> String {
        with_year(&self.title(), self.year())
    }

    /// Returns the genres. Empty if they are unknown.
    pub fn genres(&self) -> &[String] {
        self.cache.title.as_ref().map_or(&[], |title| &title.genres)
    }

    /// Returns the running time in minutes. `None` if it is unknown.
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
    /// True if the person was not removed and has an opinion, a proposal, a note, a list, an evening or a seen movie.
    /// Others are only named as proposers and in the history.
    pub is_listed: bool,
    /// The last time at which they gave an opinion.
    pub last_opinion: Option<UtcDateTime>,
    /// The last time at which they watched a movie with the group.
    pub last_evening: Option<UtcDateTime>,
}

impl Voter {
    /// Returns the placeholder for an unknown person.
    pub fn unknown() -> Self {
        let (name, key) = ("?".to_owned(), String::new());
        Self { id: VoterId(i64::MAX), name, key, is_listed: false, last_opinion: None, last_evening: None }
    }
}

/// The time for which people count as regulars after their last opinion or evening.
const REGULAR_FOR: Duration = Duration::days(90);

/// Everything the vote board shows, in the board's order.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Board {
    /// The movies, first place first.
    pub proposals: Vec<Proposal>,
    /// The people known to the group, in the order in which they came.
    pub voters: Vec<Voter>,
    /// The time since which votes are hidden. `None` if they are not. Hidden opinions are left out of the proposals.
    pub hidden_since: Option<UtcDateTime>,
    /// The time at which a movie was last watched.
    pub last_watched_at: Option<UtcDateTime>,
}

impl Board {
    /// Returns the index of a listed person by their key, see [`super::VoterName::key`].
    pub fn voter(&self, key: &str) -> Option<usize> {
        self.voters.iter().position(|v| v.key == key && v.is_listed)
    }

    /// Returns true if the votes for a movie are hidden.
    pub fn hides(&self, movie: &Proposal) -> bool {
        self.hidden_since.is_some_and(|since| movie.watched_at.is_none_or(|at| at >= since))
    }

    /// Returns true if votes are hidden.
    pub fn is_hidden(&self) -> bool {
        self.hidden_since.is_some()
    }

    /// Returns the people who belong to an evening at `now`: those with an opinion or an evening in the last 90 days.
    pub fn everybody(&self, now: UtcDateTime) -> Vec<usize> {
        let is_recent = |voter: &Voter| {
            let last = voter.last_opinion.max(voter.last_evening);
            voter.is_listed && last.is_some_and(|last| now - last <= REGULAR_FOR)
        };
        (0..self.voters.len()).filter(|at| is_recent(&self.voters[*at])).collect()
    }

    /// Returns the names of those in [`Board::everybody`] who have not voted.
    pub fn missing(&self, now: UtcDateTime) -> Vec<&str> {
        self.missing_of(self.everybody(now))
    }

    /// Returns the names of those among these people who have not voted.
    pub fn missing_of(&self, people: Vec<usize>) -> Vec<&str> {
        let missing = people.into_iter().filter(|voter| !self.has_voted(*voter));
        missing.map(|voter| self.voters[voter].name.as_str()).collect()
    }

    /// Returns true if a person gave an opinion since votes were hidden, or else since a movie was last watched.
    pub fn has_voted(&self, voter: usize) -> bool {
        self.voters[voter].last_opinion > self.hidden_since.or(self.last_watched_at)
    }
}
