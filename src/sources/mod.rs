//! The metadata services: a registry of sources, each with its client, asked in order.

mod cinemeta;
mod client;
mod error;
mod fetch;
mod imdbapi;
mod json;
mod omdb;
mod registry;

use std::sync::Arc;

use serde_json::Value;
use url::Url;

pub use client::DOWN_FOR;
pub use error::FetchError;
pub use fetch::FetchBudget;
pub use registry::{Settings, check_names};

use crate::env::Deadline;
use crate::model::search::{self, Hit};
use crate::model::title::RawTitle;
use crate::model::{ImdbId, Title};
use crate::net::Http;
use crate::state::{RequestRecord, SourceState};
use client::Client;

/// The answer of a source about one title. `None` if there is no such title.
pub type SourceAnswer = Result<Option<Title>, FetchError>;

/// A service that delivers titles for IMDb ids.
pub trait Source: Send + Sync {
    /// Returns the number of titles that one request can ask for.
    fn batch_size(&self) -> usize {
        1
    }

    /// Asks for a title.
    fn fetch_one(&self, id: ImdbId, client: &Client, deadline: Deadline) -> SourceAnswer;

    /// Asks for titles. Returns one answer for each id, in the same order.
    fn fetch(&self, ids: &[ImdbId], client: &Client, deadline: Deadline) -> Vec<SourceAnswer> {
        ids.iter().map(|&id| self.fetch_one(id, client, deadline)).collect()
    }

    /// Searches titles by name, best match first.
    fn search(&self, words: &str, client: &Client, deadline: Deadline) -> Result<Vec<Hit>, FetchError>;
}

/// The sources in their order.
pub struct Sources {
    list: Vec<Arc<OpenSource>>,
}

struct OpenSource {
    source: Box<dyn Source>,
    client: Client,
}

/// The initiator of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AskedBy {
    /// A person: a source that could not be reached a moment ago is tried, too, but not one whose quota is used up.
    Person,
    /// A board, or the background: an unreachable source is not tried for a while.
    Machine,
}

/// The outcome of a search.
#[derive(Clone, Debug, PartialEq)]
pub struct SourceHits {
    /// The hits, best match first, each title once.
    pub hits: Vec<Hit>,
    /// True if every source answered, apart from those that have been unreachable for a day.
    pub is_complete: bool,
}

/// The reason why a search found nothing and yet does not say that there is no such title.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchError {
    /// The error of a source, or that the program is offline.
    pub why: String,
    /// True if other sources answered.
    pub is_partial: bool,
}

impl Sources {
    /// Creates the sources without a connection. `remembered` is their states after earlier runs.
    pub fn new(settings: &Settings, remembered: &[SourceState], asked_by: AskedBy) -> Self {
        let open = |configured: &registry::Configured| {
            let registry::Configured { registration, base, key } = configured;
            let state = remembered.iter().find(|state| state.name == registration.name);
            let (clock, limits) = (&settings.clock, settings.limits);
            let http = Http::new(settings.proxies.clone(), limits.connect);
            Arc::new(OpenSource {
                source: (registration.open)(base.clone(), key.clone(), clock.clone()),
                client: Client::new(registration.name, http, clock.clone(), limits, state, asked_by),
            })
        };
        Self { list: settings.sources.iter().map(open).collect() }
    }

    /// Returns true if there is a source that may be asked.
    pub fn any_usable(&self) -> bool {
        self.list.iter().any(|source| !source.client.is_disabled())
    }

    /// Returns the number of titles that one request to the first usable source takes.
    pub fn batch_size(&self) -> usize {
        let first = self.list.iter().find(|source| !source.client.is_disabled());
        first.map_or(1, |source| source.source.batch_size())
    }

    /// Searches titles by name at all sources at once, and merges their hits by id.
    ///
    /// # Errors
    /// Fails if there is no hit and a source did not answer, because it may know the title.
    pub fn search(&self, words: &str, deadline: Deadline) -> Result<SourceHits, SearchError> {
        // Each search ends by the deadline.
        let found: Vec<Result<Vec<Hit>, FetchError>> = std::thread::scope(|scope| {
            let search = |source: &Arc<OpenSource>| source.source.search(words, &source.client, deadline);
            let searches: Vec<_> = self.list.iter().map(|source| scope.spawn(move || search(source))).collect();
            searches.into_iter().map(|search| search.join().unwrap_or(Err(FetchError::Disabled))).collect()
        });
        let is_complete =
            found.iter().zip(&self.list).all(|(answer, source)| answer.is_ok() || source.client.is_long_gone());
        let is_partial = found.iter().any(Result::is_ok);
        let error = |(answer, source): (&Result<_, FetchError>, &Arc<OpenSource>)| {
            let error = answer.as_ref().err()?;
            let earlier = source.client.last_error().filter(|_| *error == FetchError::Disabled);
            Some(earlier.unwrap_or_else(|| error.to_string()))
        };
        let why = found.iter().zip(&self.list).find_map(error);
        let why = why.or_else(|| (!is_partial).then(|| FetchError::Disabled.to_string()));
        match (search::merge(found.into_iter().flatten().collect()), why) {
            (hits, Some(why)) if hits.is_empty() => Err(SearchError { why, is_partial }),
            (hits, _) => Ok(SourceHits { hits, is_complete }),
        }
    }

    /// Takes the log since the last call: the requests, and the states of the sources that were asked.
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

/// Returns an address below a base, with its parts percent-encoded as needed.
fn path(base: &Url, parts: &[&str]) -> Url {
    let mut url = base.clone();
    if let Ok(mut segments) = url.path_segments_mut() {
        segments.pop_if_empty().extend(parts);
    }
    url
}

/// Returns the title, if there is one. Fails if it is not the one that was asked for.
fn expect_id(raw: Option<RawTitle>, id: ImdbId, source: &str) -> SourceAnswer {
    let Some(raw) = raw else { return Ok(None) };
    match raw.id {
        Some(found) if found == id => {
            let no_title = || FetchError::NoTitle(format!("{source} sent an answer without a title"));
            raw.into_title().map(Some).ok_or_else(no_title)
        }
        Some(found) => Err(FetchError::OtherTitle(found)),
        None => Err(FetchError::unknown_form(source)),
    }
}

/// Converts the titles in a list of an answer to hits. Leaves out those without an id or a title.
fn hits(body: Option<&Value>, list: &str, title: fn(&Value) -> RawTitle) -> Vec<Hit> {
    let titles = body.and_then(|body| body[list].as_array()).into_iter().flatten().map(title);
    titles.filter_map(|raw| Some(Hit { id: raw.id?, title: raw.into_title()? })).collect()
}
