//! The metadata services: which are asked in what order, and what is remembered of their health.

mod cinemeta;
mod fault;
mod http;
mod imdbapi;
mod json;
mod link;
mod pace;

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use time::UtcDateTime;
use url::Url;

pub use fault::Fault;

use crate::env::{Clock, Deadline, Env};
use crate::model::title::RawTitle;
use crate::model::{Fetched, ImdbId, Outcome, Report, SourceState, Title};
use link::Link;

/// What a source says of one title: its data, or that there is no such title.
pub type Answer = std::result::Result<Option<Title>, Fault>;

/// A service that turns IMDb ids into titles.
pub trait Source: Send + Sync {
    /// Its name in MOVIENIGHT_SOURCES and in the health record.
    fn name(&self) -> &'static str;

    /// How many titles one request can ask for.
    fn batch_size(&self) -> usize;

    /// Asks for titles; one answer for each id, in their order.
    fn fetch(&self, ids: &[ImdbId], link: &Link, deadline: Deadline) -> Vec<Answer>;
}

/// Names and addresses, as the environment gives them.
#[derive(Clone, Debug)]
pub struct Settings {
    order: Vec<(&'static str, Url)>,
    proxy: Option<String>,
}

impl Settings {
    /// Reads MOVIENIGHT_SOURCES and what belongs to it.
    ///
    /// # Errors
    /// Names the variable that is wrong.
    pub fn from_env(env: &Env) -> Result<Self> {
        let names = env.var("MOVIENIGHT_SOURCES")?.unwrap_or("imdbapi,cinemeta");
        let mut order: Vec<(&'static str, Url)> = Vec::new();
        for name in names.split(',').map(str::trim).filter(|n| !n.is_empty()) {
            let (name, variable, default) = match name {
                "imdbapi" => ("imdbapi", "MOVIENIGHT_IMDBAPI_URL", imdbapi::DEFAULT_URL),
                "cinemeta" => ("cinemeta", "MOVIENIGHT_CINEMETA_URL", cinemeta::DEFAULT_URL),
                other => bail!(
                    "MOVIENIGHT_SOURCES names {}, which is none of imdbapi, cinemeta",
                    crate::model::text::quoted(other)
                ),
            };
            if order.iter().all(|(known, _)| *known != name) {
                order.push((name, address(env, variable, default)?));
            }
        }
        let proxy = env.var("HTTPS_PROXY")?.or(env.var("https_proxy")?).map(str::to_owned);
        Ok(Self { order, proxy })
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
#[derive(Clone, Copy)]
pub struct Patience<'a> {
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
    pub stop: &'a AtomicBool,
}

impl Patience<'_> {
    fn is_over(&self) -> bool {
        self.begin_until.is_over() || self.deadline.is_over() || self.stop.load(Ordering::Relaxed)
    }
}

/// The services in order, with the ways to them.
pub struct Sources {
    list: Vec<(Box<dyn Source>, Link)>,
}

impl Sources {
    /// Gets ready; makes no connection. What is `remembered` to be down at `now` is not asked.
    pub fn new(settings: &Settings, remembered: &[SourceState], clock: &Clock) -> Self {
        let now = clock.now();
        let open = |(name, url): &(&'static str, Url)| {
            let source: Box<dyn Source> = match *name {
                "cinemeta" => Box::new(cinemeta::Cinemeta::new(url.clone())),
                _ => Box::new(imdbapi::ImdbApi::new(url.clone())),
            };
            // A proxy stands between here and the world, not between here and here.
            let proxy = settings.proxy.as_deref().filter(|_| !http::is_loopback(url));
            let aside = remembered.iter().any(|s| s.name == *name && is_down(s, now));
            let link = Link::new(source.name(), http::Http::new(proxy), clock.clone(), aside);
            (source, link)
        };
        Self { list: settings.order.iter().map(open).collect() }
    }

    /// Whether there is a source to ask.
    pub fn any_usable(&self) -> bool {
        self.list.iter().any(|(_, link)| !link.is_aside())
    }

    /// How many titles one request to the first source takes.
    pub fn batch_size(&self) -> usize {
        let first = self.list.iter().find(|(_, link)| !link.is_aside());
        first.map_or(1, |(source, _)| source.batch_size())
    }

    /// Fetches titles, asking the next source for what one does not know or cannot deliver; a
    /// title is unknown when no source has it and at least one says so. `progress` is told how many
    /// titles are settled, as they are.
    pub fn fetch(&self, ids: &[ImdbId], patience: Patience<'_>, progress: &(dyn Fn(usize) + Sync)) -> Vec<Fetched> {
        let mut outcomes: Vec<Outcome> = vec![Outcome::NotAsked; ids.len()];
        let mut pending: Vec<usize> = (0..ids.len()).collect();
        for (at, (source, link)) in self.list.iter().enumerate() {
            if pending.is_empty() || link.is_aside() {
                continue;
            }
            let is_last = self.list[at + 1..].iter().all(|(_, link)| link.is_aside());
            let end = match patience.share_time && !is_last {
                true => Deadline::after(patience.deadline.remaining() / 2),
                false => patience.deadline,
            };
            let chunks: Vec<&[usize]> = pending.chunks(source.batch_size()).collect();
            let answers = in_parallel(patience.jobs, &chunks, |chunk| {
                if patience.is_over() || end.is_over() {
                    return None;
                }
                let wanted: Vec<ImdbId> = chunk.iter().map(|&i| ids[i]).collect();
                let deadline = end.min(Deadline::after(patience.request));
                let answers = source.fetch(&wanted, link, deadline);
                progress(answers.iter().filter(|a| matches!(a, Ok(Some(_)))).count());
                Some(answers)
            });
            let mut left = Vec::new();
            for (chunk, answers) in chunks.iter().zip(answers) {
                // Not begun: perhaps the next source has time for it.
                let Some(answers) = answers else {
                    left.extend_from_slice(chunk);
                    continue;
                };
                for (&i, answer) in chunk.iter().zip(answers) {
                    if let Some(outcome) = settled(answer, source.name(), &outcomes[i]) {
                        outcomes[i] = outcome;
                    }
                    if !matches!(outcomes[i], Outcome::Found(..)) {
                        left.push(i);
                    }
                }
            }
            pending = left;
        }
        if !self.any_usable() {
            for outcome in outcomes.iter_mut().filter(|o| matches!(o, Outcome::NotAsked)) {
                *outcome = Outcome::Failed(Fault::Aside.to_string());
            }
        }
        let unsettled = outcomes.iter().filter(|o| matches!(o, Outcome::Unknown | Outcome::Failed(_)));
        progress(unsettled.count());
        ids.iter().zip(outcomes).map(|(&id, outcome)| Fetched { id, outcome }).collect()
    }

    /// What happened since this was last asked: requests made, and news of the sources.
    pub fn take_report(&self) -> Report {
        let mut report = Report::default();
        for (_, link) in &self.list {
            let (requests, state) = link.take_report();
            report.requests.extend(requests);
            report.states.extend(state);
        }
        report
    }
}

/// Whether a source is not to be asked at `now`. A time further ahead than is ever set is a slip of
/// the clock.
pub fn is_down(state: &SourceState, now: UtcDateTime) -> bool {
    state.down_until.is_some_and(|until| now < until && until <= now + link::DOWN_FOR)
}

/// What an answer changes about a title's outcome so far.
fn settled(answer: Answer, source: &'static str, so_far: &Outcome) -> Option<Outcome> {
    match (answer, so_far) {
        (Ok(Some(title)), _) => Some(Outcome::Found(Box::new(title), source)),
        (Ok(None), _) => Some(Outcome::Unknown),
        // One that answered weighs more than one that could not; a real fault more than a shrug.
        (Err(_), Outcome::Unknown) => None,
        (Err(Fault::Aside), Outcome::Failed(_)) => None,
        (Err(fault), _) => Some(Outcome::Failed(fault.to_string())),
    }
}

/// Does `work` on all items, `jobs` at a time; results in the items' order.
fn in_parallel<T: Sync, R: Send>(jobs: usize, items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let workers = jobs.clamp(1, items.len().max(1));
    if workers == 1 {
        return items.iter().map(work).collect();
    }
    let next = AtomicUsize::new(0);
    let mut results: Vec<(usize, R)> = std::thread::scope(|scope| {
        let worker = || {
            let mut done = Vec::new();
            while let Some((at, item)) = {
                let at = next.fetch_add(1, Ordering::Relaxed);
                items.get(at).map(|item| (at, item))
            } {
                done.push((at, work(item)));
            }
            done
        };
        let threads: Vec<_> = (0..workers).map(|_| scope.spawn(worker)).collect();
        threads.into_iter().flat_map(|t| t.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))).collect()
    });
    results.sort_by_key(|(at, _)| *at);
    results.into_iter().map(|(_, result)| result).collect()
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
fn expect_id(raw: RawTitle, id: ImdbId, source: &str) -> std::result::Result<Title, Fault> {
    match raw.imdb_id() {
        Some(found) if found == id => {
            raw.into_title().ok_or_else(|| Fault::Garbage(format!("{source} answers without a title")))
        }
        Some(found) => Err(Fault::Garbage(format!("{source} answers for {found} when asked for {id}"))),
        None => Err(Fault::Garbage(format!("{source} answers in an unknown form"))),
    }
}

/// Text in which `&amp;` stands for `&`.
fn unescaped(text: &str) -> String {
    html_escape::decode_html_entities(text).into_owned()
}
