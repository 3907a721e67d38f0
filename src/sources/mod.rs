//! The metadata services: which are asked in what order, and what is remembered of their health.

mod cinemeta;
mod client;
#[cfg(test)]
mod hostile;
mod imdbapi;
mod json;
mod omdb;
mod rate_limiter;

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, mpsc};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use time::UtcDateTime;
use url::Url;

pub use crate::net::error::FetchError;

use crate::env::{Clock, Deadline, Env};
use crate::model::search::{self, Hit};
use crate::model::title::RawTitle;
use crate::model::{Fetched, ImdbId, Outcome, Report, SourceState, Title};
use client::Client;

/// What a source says of one title: its data, or that there is no such title.
pub type Answer = std::result::Result<Option<Title>, FetchError>;

/// A service that turns IMDb ids into titles.
pub trait Source: Send + Sync {
    /// Its name in MOVIENIGHT_SOURCES and in the health record.
    fn name(&self) -> &'static str;

    /// How many titles one request can ask for.
    fn batch_size(&self) -> usize;

    /// Asks for titles; one answer for each id, in their order.
    fn fetch(&self, ids: &[ImdbId], client: &Client, deadline: Deadline) -> Vec<Answer>;

    /// Searches titles by name, best match first.
    ///
    /// # Errors
    /// Why the source did not deliver.
    fn search(&self, words: &str, client: &Client, deadline: Deadline) -> std::result::Result<Vec<Hit>, FetchError>;
}

/// How often a wait for answers looks up to see whether it should go on; also what a request gets
/// to report that it ran out of time, before it is left to itself.
const POLL: Duration = Duration::from_millis(50);

/// Names and addresses, as the environment gives them. Holds a key, so it is never printed.
#[derive(Clone)]
pub struct Settings {
    order: Vec<(&'static str, Url)>,
    omdb_key: Option<String>,
    proxy: Option<String>,
}

impl Settings {
    /// Reads MOVIENIGHT_SOURCES and what belongs to it.
    ///
    /// # Errors
    /// Names the variable that is wrong.
    pub fn from_env(env: &Env) -> Result<Self> {
        let names = env.var("MOVIENIGHT_SOURCES")?.unwrap_or("imdbapi,cinemeta");
        let omdb_key = env.var("MOVIENIGHT_OMDB_KEY")?.map(str::to_owned);
        // Who has a key wants it used: unless its place is named, it comes first.
        let first = if omdb_key.is_some() && !names.contains("omdb") { "omdb," } else { "" };
        let mut order: Vec<(&'static str, Url)> = Vec::new();
        for name in format!("{first}{names}").split(',').map(str::trim).filter(|n| !n.is_empty()) {
            let (name, variable, default) = match name {
                "imdbapi" => ("imdbapi", "MOVIENIGHT_IMDBAPI_URL", imdbapi::DEFAULT_URL),
                "cinemeta" => ("cinemeta", "MOVIENIGHT_CINEMETA_URL", cinemeta::DEFAULT_URL),
                "omdb" if omdb_key.is_none() => bail!("MOVIENIGHT_SOURCES names omdb: set MOVIENIGHT_OMDB_KEY too"),
                "omdb" => ("omdb", "MOVIENIGHT_OMDB_URL", omdb::DEFAULT_URL),
                other => bail!(
                    "MOVIENIGHT_SOURCES names {}, which is none of imdbapi, cinemeta, omdb",
                    crate::model::text::quoted(other)
                ),
            };
            if order.iter().all(|(known, _)| *known != name) {
                order.push((name, address(env, variable, default)?));
            }
        }
        let proxy = env.var("HTTPS_PROXY")?.or(env.var("https_proxy")?).map(str::to_owned);
        Ok(Self { order, omdb_key, proxy })
    }

    /// The names of the sources, first asked first.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        self.order.iter().map(|(name, _)| *name)
    }
}

fn address(env: &Env, variable: &str, default: &str) -> Result<Url> {
    let text = env.var(variable)?.unwrap_or(default);
    let url = Url::parse(text).ok().filter(|u| matches!(u.scheme(), "http" | "https") && u.has_host());
    url.with_context(|| format!("{variable} is not a web address: give one like {default}"))
}

/// How long and how hard to try.
#[derive(Clone)]
pub struct FetchBudget {
    /// When everything ends.
    pub deadline: Deadline,
    /// When no further request is begun, so that what came so far can be written.
    pub begin_until: Deadline,
    /// The longest that one request may take.
    pub request: Duration,
    /// Somebody waits for all of it: leave later sources half of the time that is left.
    pub share_time: bool,
    /// Requests at a time.
    pub jobs: usize,
    /// Set when the person wants no more.
    pub stop: Arc<AtomicBool>,
}

impl FetchBudget {
    fn is_over(&self) -> bool {
        self.begin_until.is_over() || self.is_ended()
    }

    fn is_ended(&self) -> bool {
        self.deadline.is_over() || self.stop.load(Ordering::Relaxed)
    }
}

/// The services in order, with the ways to them.
pub struct Sources {
    list: Vec<Arc<Way>>,
}

/// A service and the way to it.
struct Way {
    source: Box<dyn Source>,
    client: Client,
}

impl Sources {
    /// Gets ready; makes no connection. What is `remembered` to be down at `now` is not asked.
    pub fn new(settings: &Settings, remembered: &[SourceState], clock: &Clock) -> Self {
        let now = clock.now();
        let open = |(name, url): &(&'static str, Url)| {
            let source: Box<dyn Source> = match *name {
                "cinemeta" => Box::new(cinemeta::Cinemeta::new(url.clone())),
                "omdb" => {
                    let key = settings.omdb_key.clone().unwrap_or_default();
                    Box::new(omdb::Omdb::new(url.clone(), key, clock.clone()))
                }
                _ => Box::new(imdbapi::ImdbApi::new(url.clone())),
            };
            // A proxy stands between here and the world, not between here and here.
            let proxy = settings.proxy.as_deref().filter(|_| !crate::net::http::is_loopback(url));
            let disabled = remembered.iter().any(|s| s.name == *name && is_down(s, now));
            let client = Client::new(source.name(), crate::net::http::Http::new(proxy), clock.clone(), disabled);
            Arc::new(Way { source, client })
        };
        Self { list: settings.order.iter().map(open).collect() }
    }

    /// Whether there is a source to ask.
    pub fn any_usable(&self) -> bool {
        self.list.iter().any(|way| !way.client.is_disabled())
    }

    /// How many titles one request to the first source takes.
    pub fn batch_size(&self) -> usize {
        let first = self.list.iter().find(|way| !way.client.is_disabled());
        first.map_or(1, |way| way.source.batch_size())
    }

    /// Fetches titles, asking the next source for what one does not know or cannot deliver; a
    /// title is unknown when no source has it and at least one says so. `progress` is told how many
    /// more titles are settled, as they are.
    pub fn fetch(&self, ids: &[ImdbId], patience: &FetchBudget, progress: &mut dyn FnMut(usize)) -> Vec<Fetched> {
        let mut outcomes: Vec<Outcome> = vec![Outcome::NotAsked; ids.len()];
        let mut pending: Vec<usize> = (0..ids.len()).collect();
        for (at, way) in self.list.iter().enumerate() {
            if pending.is_empty() || way.client.is_disabled() {
                continue;
            }
            let is_last = self.list[at + 1..].iter().all(|way| way.client.is_disabled());
            let end = match patience.share_time && !is_last {
                true => Deadline::after(patience.deadline.remaining() / 2),
                false => patience.deadline,
            };
            let mut left = Vec::new();
            let chunks: Vec<&[usize]> = pending.chunks(way.source.batch_size()).collect();
            let wanted = chunks.iter().map(|chunk| chunk.iter().map(|&i| ids[i]).collect()).collect();
            let mut settle = |chunk: usize, answers: Option<Vec<Answer>>| {
                let mut found = 0;
                let answers = answers.map(|a| a.into_iter().map(Some).collect());
                // Not begun: perhaps the next source has time for it.
                let answers = answers.unwrap_or_else(|| vec![None; chunks[chunk].len()]);
                for (&i, answer) in chunks[chunk].iter().zip(answers) {
                    if let Some(outcome) = answer.and_then(|a| settled(a, way.source.name(), &outcomes[i])) {
                        outcomes[i] = outcome;
                    }
                    match outcomes[i] {
                        Outcome::Found(..) => found += 1,
                        _ => left.push(i),
                    }
                }
                progress(found);
            };
            ask(way, wanted, end, patience, &mut settle);
            pending = left;
        }
        if !self.any_usable() {
            for outcome in outcomes.iter_mut().filter(|o| matches!(o, Outcome::NotAsked)) {
                *outcome = Outcome::Failed(FetchError::Disabled.to_string());
            }
        }
        progress(outcomes.iter().filter(|o| matches!(o, Outcome::Unknown | Outcome::Failed(_))).count());
        ids.iter().zip(outcomes).map(|(&id, outcome)| Fetched { id, outcome }).collect()
    }

    /// Searches titles by name at all sources at once, and merges what they find by id.
    ///
    /// # Errors
    /// Why a source did not deliver, when none did.
    pub fn search(&self, words: &str, longest: Duration) -> std::result::Result<Vec<Hit>, FetchError> {
        let deadline = Deadline::after(longest);
        let (sender, answers) = mpsc::channel();
        for (at, way) in self.list.iter().enumerate() {
            let (way, sender, words) = (Arc::clone(way), sender.clone(), words.to_owned());
            std::thread::spawn(move || sender.send((at, way.source.search(&words, &way.client, deadline))));
        }
        drop(sender);
        let mut found: Vec<_> =
            self.list.iter().map(|way| Err(FetchError::TimedOut(way.source.name().into()))).collect();
        while let Ok((at, answer)) = answers.recv_timeout(deadline.remaining() + POLL) {
            found[at] = answer;
        }
        let (found, faults): (Vec<_>, Vec<_>) = found.into_iter().partition(std::result::Result::is_ok);
        if found.is_empty() {
            // That one was put disabled says less than what another had to say.
            let said =
                faults.into_iter().filter_map(std::result::Result::err).find(|fault| *fault != FetchError::Disabled);
            return Err(said.unwrap_or(FetchError::Disabled));
        }
        Ok(search::merge(found.into_iter().flatten().collect()))
    }

    /// What happened since this was last asked: requests made, and news of the sources.
    pub fn take_report(&self) -> Report {
        let mut report = Report::default();
        for way in &self.list {
            let (requests, state) = way.client.take_report();
            report.requests.extend(requests);
            report.states.extend(state);
        }
        report
    }
}

/// Whether a source is not to be asked at `now`. A time further ahead than is ever set, which is
/// the rest of a day, is a slip of the clock.
pub fn is_down(state: &SourceState, now: UtcDateTime) -> bool {
    state.down_until.is_some_and(|until| now < until && until <= now + time::Duration::DAY)
}

/// What an answer changes about a title's outcome so far.
fn settled(answer: Answer, source: &'static str, so_far: &Outcome) -> Option<Outcome> {
    match (answer, so_far) {
        (Ok(Some(title)), _) => Some(Outcome::Found(Box::new(title), source)),
        (Ok(None), _) => Some(Outcome::Unknown),
        // One that answered weighs more than one that could not; a real fault more than a shrug.
        (Err(_), Outcome::Unknown) => None,
        (Err(FetchError::Disabled), Outcome::Failed(_)) => None,
        (Err(fault), _) => Some(Outcome::Failed(fault.to_string())),
    }
}

/// Asks one source for chunks of ids, several at a time. `settle` gets each chunk's answers as they
/// come, in the end also for the chunks that were not begun or whose answers nobody waited for.
///
/// Workers are not joined: one that is stuck in a request ends with it, by its own time limit, while
/// the caller goes on when its patience ends.
fn ask(
    way: &Arc<Way>,
    chunks: Vec<Vec<ImdbId>>,
    end: Deadline,
    patience: &FetchBudget,
    settle: &mut dyn FnMut(usize, Option<Vec<Answer>>),
) {
    let count = chunks.len();
    let chunks = Arc::new(chunks);
    let next = Arc::new(AtomicUsize::new(0));
    let (sender, answers) = mpsc::channel();
    for _ in 0..patience.jobs.clamp(1, count) {
        let (way, chunks, next) = (Arc::clone(way), Arc::clone(&chunks), Arc::clone(&next));
        let (sender, patience) = (sender.clone(), patience.clone());
        std::thread::spawn(move || {
            loop {
                if patience.is_over() || end.is_over() {
                    return;
                }
                let at = next.fetch_add(1, Ordering::Relaxed);
                let Some(chunk) = chunks.get(at) else { return };
                let deadline = end.min(Deadline::after(patience.request));
                if sender.send((at, way.source.fetch(chunk, &way.client, deadline))).is_err() {
                    return;
                }
            }
        });
    }
    drop(sender);
    let mut unsettled: Vec<bool> = vec![true; count];
    while !patience.stop.load(Ordering::Relaxed) {
        match answers.recv_timeout(POLL) {
            Ok((at, answers)) => {
                unsettled[at] = false;
                settle(at, Some(answers));
            }
            Err(mpsc::RecvTimeoutError::Timeout) if end.is_over() => break,
            Err(mpsc::RecvTimeoutError::Timeout) => {}
            Err(mpsc::RecvTimeoutError::Disconnected) => break,
        }
    }
    let begun = if end.is_over() { next.load(Ordering::Relaxed) } else { 0 };
    for at in (0..count).filter(|&at| unsettled[at]) {
        let timed_out = || vec![Err(FetchError::TimedOut(way.source.name().to_owned())); chunks[at].len()];
        settle(at, (at < begun).then(timed_out));
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
fn expect_id(raw: RawTitle, id: ImdbId, source: &str) -> std::result::Result<Title, FetchError> {
    match raw.imdb_id() {
        Some(found) if found == id => {
            raw.into_title().ok_or_else(|| FetchError::Garbage(format!("{source} answers without a title")))
        }
        Some(found) => Err(FetchError::Garbage(format!("{source} answers for {found} when asked for {id}"))),
        None => Err(FetchError::Garbage(format!("{source} answers in an unknown form"))),
    }
}

/// What of a list of titles can be a hit.
fn hits(titles: impl Iterator<Item = RawTitle>) -> Vec<Hit> {
    titles.filter_map(|raw| Some(Hit { id: raw.imdb_id()?, title: raw.into_title()? })).collect()
}

/// Text in which `&amp;` stands for `&`.
fn unescaped(text: &str) -> String {
    html_escape::decode_html_entities(text).into_owned()
}
