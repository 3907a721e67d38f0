//! The metadata services: a registry of sources, each with its client, asked in order.

mod cinemeta;
mod circuit_breaker;
mod client;
mod error;
mod fetch;
#[cfg(test)]
mod hostile;
mod imdbapi;
mod json;
mod omdb;
mod rate_limiter;
mod registration;
mod settings;

use std::sync::{Arc, mpsc};
use std::time::Duration;

use url::Url;

pub use error::FetchError;
pub use fetch::FetchBudget;
pub use registration::{Access, Registration};
pub use settings::Settings;

use crate::env::Deadline;
use crate::model::search::{self, Hit};
use crate::model::title::RawTitle;
use crate::model::{ImdbId, Title};
use crate::net::Http;
use crate::state::{RequestRecord, SourceState};
use client::Client;

/// The answer of a source about one title: its data, or that there is no such title.
pub type Answer = Result<Option<Title>, FetchError>;

/// A service that turns IMDb ids into titles.
pub trait Source: Send + Sync {
    /// Its name, as in its registration.
    fn name(&self) -> &'static str;

    /// The number of titles that one request can ask for.
    fn batch_size(&self) -> usize;

    /// Asks for titles; one answer for each id, in their order.
    fn fetch(&self, ids: &[ImdbId], client: &Client, deadline: Deadline) -> Vec<Answer>;

    /// Searches titles by name, best match first.
    ///
    /// # Errors
    /// Why the source did not deliver.
    fn search(&self, words: &str, client: &Client, deadline: Deadline) -> Result<Vec<Hit>, FetchError>;
}

/// A source that has been out of reach for so long does not count among those that must agree.
const LONG_GONE: time::Duration = time::Duration::DAY;

/// The services in their order.
pub struct Sources {
    list: Vec<Arc<OpenSource>>,
}

/// A service with its client.
struct OpenSource {
    source: Box<dyn Source>,
    client: Client,
    /// Out of reach for a day when this run began.
    was_long_gone: bool,
    /// Its recorded state.
    last_error: Option<String>,
}

impl OpenSource {
    /// Still out of reach after a day.
    fn is_long_gone(&self) -> bool {
        self.was_long_gone && self.client.is_disabled()
    }
}

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AskedBy {
    /// A person: every source is tried, also one that could not be reached a moment ago.
    Person,
    /// A board, or the background: a source that could not be reached is left alone for a while.
    Machine,
}

/// The outcome of a search.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// Best match first, each title once.
    pub hits: Vec<Hit>,
    /// Every source answered, but for those that have been out of reach for a day.
    pub is_complete: bool,
}

impl Sources {
    /// Opens no connection. `remembered` is what earlier runs have learned.
    pub fn new(settings: &Settings, remembered: &[SourceState], asked_by: AskedBy) -> Self {
        let now = settings.clock.now();
        let open = |configured: &settings::Configured| {
            let name = configured.registration.name;
            let state = remembered.iter().find(|state| state.name == name);
            let is_disabled = asked_by == AskedBy::Machine && state.is_some_and(|state| state.is_down(now));
            let access =
                Access { base: configured.base.clone(), key: configured.key.clone(), clock: settings.clock.clone() };
            let http = Http::new(settings.proxies.clone(), settings.limits.connect);
            Arc::new(OpenSource {
                source: (configured.registration.open)(access),
                client: Client::new(name, http, settings.clock.clone(), settings.limits, is_disabled),
                was_long_gone: state.is_some_and(|state| state.is_unreachable_for(LONG_GONE, now)),
                last_error: state.and_then(|state| state.last_error.clone()),
            })
        };
        Self { list: settings.sources.iter().map(open).collect() }
    }

    /// There is a source that may be asked.
    pub fn any_usable(&self) -> bool {
        self.list.iter().any(|source| !source.client.is_disabled())
    }

    /// The number of titles that one request to the first usable source takes.
    pub fn batch_size(&self) -> usize {
        let first = self.list.iter().find(|source| !source.client.is_disabled());
        first.map_or(1, |source| source.source.batch_size())
    }

    /// Searches titles by name at all sources at once, and merges what they find by id.
    ///
    /// # Errors
    /// Why a source did not deliver, when none did.
    pub fn search(&self, words: &str, deadline: Deadline) -> Result<Found, FetchError> {
        let (sender, answers) = mpsc::channel();
        for (at, source) in self.list.iter().enumerate() {
            let (source, sender, words) = (Arc::clone(source), sender.clone(), words.to_owned());
            let search = move || {
                // Nobody waits for an answer that comes too late.
                let _ = sender.send((at, source.source.search(&words, &source.client, deadline)));
            };
            let started = std::thread::Builder::new().spawn(search.clone());
            if started.is_err() {
                search();
            }
        }
        drop(sender);
        let silent = |source: &Arc<OpenSource>| {
            Err(FetchError::TimedOut(format!("{} takes too long to answer", source.source.name())))
        };
        let mut found: Vec<Result<Vec<Hit>, FetchError>> = self.list.iter().map(silent).collect();
        while let Ok((at, answer)) = answers.recv_timeout(deadline.remaining() + fetch::POLL) {
            found[at] = answer;
        }
        let is_complete = found.iter().zip(&self.list).all(|(answer, source)| answer.is_ok() || source.is_long_gone());
        let (found, errors): (Vec<_>, Vec<_>) = found.into_iter().partition(Result::is_ok);
        if found.is_empty() {
            // That one was disabled says less than what another had to say.
            let said = errors.into_iter().filter_map(Result::err).find(|error| *error != FetchError::Disabled);
            return Err(said.unwrap_or(FetchError::Disabled));
        }
        Ok(Found { hits: search::merge(found.into_iter().flatten().collect()), is_complete })
    }

    /// Takes the log since the last call: requests made, and changed states of sources.
    pub fn take_log(&self) -> (Vec<RequestRecord>, Vec<SourceState>) {
        let (mut requests, mut states) = (Vec::new(), Vec::new());
        for source in &self.list {
            let (made, state) = source.client.take_log();
            requests.extend(made);
            states.extend(state);
        }
        (requests, states)
    }
}

/// An address below a base, with everything escaped that needs it.
fn path(base: &Url, parts: &[&str]) -> Url {
    let mut url = base.clone();
    if let Ok(mut segments) = url.path_segments_mut() {
        segments.pop_if_empty().extend(parts);
    }
    url
}

/// The title, if it is the one that was asked for.
fn expect_id(raw: RawTitle, id: ImdbId, source: &str) -> Result<Title, FetchError> {
    match raw.imdb_id() {
        Some(found) if found == id => {
            raw.into_title().ok_or_else(|| FetchError::Invalid(format!("{source} answers without a title")))
        }
        Some(found) => Err(FetchError::Invalid(format!("{source} answers for {found} when asked for {id}"))),
        None => Err(FetchError::unknown_form(source)),
    }
}

/// The titles of a list that can be hits.
fn hits(titles: impl Iterator<Item = RawTitle>) -> Vec<Hit> {
    titles.filter_map(|raw| Some(Hit { id: raw.imdb_id()?, title: raw.into_title()? })).collect()
}

/// Text in which `&amp;` stands for `&`.
fn unescaped(text: &str) -> String {
    html_escape::decode_html_entities(text).into_owned()
}

/// The time that all of a person's requests take together, whatever they are for.
pub struct PersonBudget {
    left: Duration,
}

impl PersonBudget {
    /// All of it is left.
    pub fn new(limit: Duration) -> Self {
        Self { left: limit }
    }

    /// Spends time on `act`, which ends by the deadline that it is given.
    pub fn spend<T>(&mut self, act: impl FnOnce(Deadline) -> T) -> T {
        let deadline = Deadline::after(self.left);
        let result = act(deadline);
        self.left = deadline.remaining();
        result
    }
}
