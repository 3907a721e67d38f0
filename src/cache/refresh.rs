//! Bringing the cache up to date, for a person, for cron, or in the background.

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use time::UtcDateTime;

use super::freshness::{CLAIM_LASTS, FRESH_FOR, freshness_of, is_worth_a_try};
use super::{catalog, keep_log};
use crate::catalog::Catalog;
use crate::env::{Clock, Deadline, Stopwatch};
use crate::model::{CacheEntry, FetchOutcome, Fetched, Freshness, ImdbId};
use crate::sources::{AskedBy, FetchBudget, Settings, Sources};
use crate::state::{RefreshCounts, State};
use crate::store::{Result, Store};

/// Titles that are claimed, fetched and written together.
const ROUND: usize = 100;
/// A round begins no request after this. It leaves time to find out that a source never answers, which takes three
/// requests, and to ask the next.
const ROUND_BEGINS: Duration = Duration::from_secs(35);
/// A round ends after this whatever is left to do; claims last longer.
const ROUND_ENDS: Duration = Duration::from_secs(50);
/// The interval of asking whether another refresh has finished titles.
const LOOK_AGAIN: Duration = Duration::from_millis(200);

/// The options of a refresh.
#[derive(Clone, Debug)]
pub struct RefreshOptions {
    /// At most so many titles.
    pub limit: Option<usize>,
    /// Fresh ones too.
    pub all: bool,
    /// Requests at a time.
    pub jobs: usize,
    /// A person, or a person's cron, wants it: titles and sources that failed a moment ago are tried all the same, and
    /// titles that somebody else is fetching are waited for.
    pub by_hand: bool,
    /// The longest that it may take; none: until all is done.
    pub time: Option<Duration>,
    /// Set when the person wants no more.
    pub stop: Arc<AtomicBool>,
}

/// The outcome of a refresh. Each title that was wanted counts once.
#[derive(Clone, Debug, Default)]
pub struct Summary {
    /// Refreshed, unknown and failed.
    pub counts: RefreshCounts,
    /// Fetched by another refresh meanwhile.
    pub done_by_others: usize,
    /// Renewed or not, known from the catalogue alone, because no web source delivered more: no plot, no poster.
    pub partial: usize,
    /// Of these, those that were fresh already.
    pub kept: usize,
    /// Left, because time ran out or the person interrupted.
    pub left: usize,
    /// Requests made.
    pub requests: usize,
    /// Time taken.
    pub took: Duration,
    /// Why the last title failed.
    pub error: Option<String>,
    /// The person stopped it.
    pub interrupted: bool,
}

impl Summary {
    /// All titles that were wanted.
    pub fn wanted(&self) -> usize {
        let RefreshCounts { refreshed, unknown, failed } = self.counts;
        refreshed + unknown + failed + self.done_by_others + self.kept + self.left
    }
}

/// Receives the progress of a refresh.
pub trait Progress {
    /// So many titles are to be refreshed.
    fn begin(&mut self, titles: usize);
    /// So many more are settled.
    fn advance(&mut self, titles: usize);
    /// Another refresh is fetching so many titles, and is waited for.
    fn waits(&mut self, _titles: usize) {}
}

/// Nobody watches.
impl Progress for () {
    fn begin(&mut self, _: usize) {}

    fn advance(&mut self, _: usize) {}
}

/// Refreshes titles: missing ones first, then those with the oldest data. Every round is written before the next begins,
/// so that a refresh that is killed keeps what it has. What the catalogue knows is copied first; titles that it alone knows are
/// asked for all the same, and it is no failure when nobody knows more.
///
/// # Errors
/// The database cannot be read or written.
pub fn refresh(
    store: &mut Store,
    settings: &Settings,
    state: &State,
    clock: &Clock,
    catalog: Option<&Catalog>,
    options: &RefreshOptions,
    progress: &mut dyn Progress,
) -> Result<Summary> {
    let stopwatch = Stopwatch::start();
    let started = clock.now();
    let asked_by = if options.by_hand { AskedBy::Person } else { AskedBy::Machine };
    let sources = Sources::new(settings, &state.source_states(), asked_by);
    let mut entries = store.cached_on_board()?;
    let renewed = match catalog {
        Some(catalog) => copy(store, catalog, &mut entries, started)?,
        None => HashSet::new(),
    };
    let is_fresh = |entry: &CacheEntry| entry.is_partial() && freshness_of(entry, started) == Freshness::Fresh;
    let partial = entries.iter().filter(|(_, entry)| is_fresh(entry)).map(|(id, _)| *id).collect();
    let plan = plan(entries, options, started);
    progress.begin(plan.len());
    let request = settings.limits.request;
    let summary = Summary::default();
    let mut run = Run {
        store,
        state,
        clock,
        catalog,
        renewed,
        partial,
        sources,
        options,
        request,
        started,
        stopwatch,
        summary,
        progress,
    };
    run.work_off(plan)?;
    let mut summary = run.summary;
    state.record_refresh(clock.now(), summary.counts);
    summary.interrupted = options.stop.load(Ordering::Relaxed);
    summary.took = stopwatch.elapsed();
    Ok(summary)
}

/// Copies what the catalogue knows better into the cache; returns the titles that are fresh because of it. A catalogue that
/// turns out to be damaged is done without: the next search says so.
fn copy(
    store: &mut Store,
    catalog: &Catalog,
    entries: &mut [(ImdbId, CacheEntry)],
    now: UtcDateTime,
) -> Result<HashSet<ImdbId>> {
    let newer = catalog::newer(catalog, entries).unwrap_or_default();
    for round in newer.chunks(ROUND) {
        store.restart_time_limit();
        store.save_fetched(now, round)?;
    }
    let by_id: HashMap<ImdbId, &Fetched> = newer.iter().map(|found| (found.id, found)).collect();
    let mut renewed = HashSet::new();
    for (id, entry) in entries {
        let Some(found) = by_id.get(id) else { continue };
        let was_fresh = freshness_of(entry, now) == Freshness::Fresh;
        entry.take(&found.outcome, now);
        if !was_fresh && freshness_of(entry, now) == Freshness::Fresh {
            renewed.insert(*id);
        }
    }
    Ok(renewed)
}

/// The titles to refresh, in order.
fn plan(entries: Vec<(ImdbId, CacheEntry)>, options: &RefreshOptions, now: UtcDateTime) -> VecDeque<ImdbId> {
    let is_wanted = |cache: &CacheEntry| match freshness_of(cache, now) {
        _ if options.all => true,
        // Somebody else is fetching it; by hand, it is waited for.
        Freshness::Stale | Freshness::Missing => options.by_hand || is_worth_a_try(cache, now),
        Freshness::Fresh if cache.is_partial() => options.by_hand || is_worth_a_try(cache, now),
        Freshness::Fresh | Freshness::Unknown | Freshness::None => false,
    };
    let mut wanted: Vec<_> = entries.into_iter().filter(|(_, cache)| is_wanted(cache)).collect();
    // No data sorts before all data, and the sort keeps the older proposal first.
    wanted.sort_by_key(|(_, cache)| cache.cached_at);
    wanted.truncate(options.limit.unwrap_or(usize::MAX));
    wanted.into_iter().map(|(id, _)| id).collect()
}

struct Run<'a> {
    store: &'a mut Store,
    state: &'a State,
    clock: &'a Clock,
    catalog: Option<&'a Catalog>,
    /// Titles that the catalogue has made fresh.
    renewed: HashSet<ImdbId>,
    /// Titles that are fresh, and lack what only web sources have.
    partial: HashSet<ImdbId>,
    sources: Sources,
    options: &'a RefreshOptions,
    /// The longest that one request may take.
    request: Duration,
    started: UtcDateTime,
    stopwatch: Stopwatch,
    summary: Summary,
    progress: &'a mut dyn Progress,
}

impl Run<'_> {
    /// Works off a queue of titles, a round at a time: claims them, fetches those that were granted, writes what came.
    /// Titles that somebody else is fetching go to the end of the queue, by hand, until their claim has run out.
    fn work_off(&mut self, mut queue: VecDeque<ImdbId>) -> Result<()> {
        // Claims that are held when the waiting begins have run out by then, or have been renewed.
        let mut waiting_until: Option<Deadline> = None;
        let mut has_waited = false;
        while !queue.is_empty() && !self.is_over() && self.sources.any_usable() {
            let round: Vec<ImdbId> = queue.drain(..self.round_size().min(queue.len())).collect();
            let (started, all) = (self.started, self.options.all);
            let is_due = |entry: &CacheEntry, now| is_due(entry, now, all.then_some(started));
            self.store.restart_time_limit();
            let claim = self.store.claim(&round, self.clock.now(), CLAIM_LASTS, is_due)?;
            self.settle(|summary| &mut summary.done_by_others, round.len() - claim.granted.len() - claim.held.len());
            let not_asked = self.fetch(&claim.granted)?;
            if !claim.granted.is_empty() && not_asked.len() == claim.granted.len() {
                // No time was left for any of them, and none will be.
                self.summary.left += not_asked.len() + claim.held.len();
                break;
            }
            for id in not_asked.into_iter().rev() {
                queue.push_front(id);
            }
            if !self.options.by_hand || waiting_until.is_some_and(Deadline::is_over) {
                self.summary.left += claim.held.len();
                continue;
            }
            if claim.held.len() < round.len() {
                waiting_until = None;
            } else {
                waiting_until.get_or_insert_with(|| Deadline::after(CLAIM_LASTS.unsigned_abs()));
                if !std::mem::replace(&mut has_waited, true) {
                    self.progress.waits(claim.held.len());
                }
                std::thread::sleep(LOOK_AGAIN);
            }
            queue.extend(claim.held);
        }
        match self.sources.any_usable() {
            true => self.summary.left += queue.len(),
            // Without any source, there is no need to claim titles just to see them fail.
            false => {
                let (partial, failed): (Vec<_>, Vec<_>) = queue.into_iter().partition(|id| self.partial.contains(id));
                self.settle(|summary| &mut summary.counts.failed, failed.len());
                partial.iter().for_each(|id| self.settle_partial(*id));
                self.progress.advance(partial.len());
                self.summary.error.get_or_insert_with(|| "no source can be reached".to_owned());
            }
        }
        Ok(())
    }

    /// Fetches and writes titles that are claimed; returns those that nobody was asked for.
    fn fetch(&mut self, claimed: &[ImdbId]) -> Result<Vec<ImdbId>> {
        if claimed.is_empty() {
            return Ok(Vec::new());
        }
        let budget = FetchBudget {
            deadline: Deadline::after(ROUND_ENDS),
            begin_until: Deadline::after(ROUND_BEGINS),
            request: self.request,
            share_time: false,
            jobs: self.options.jobs,
            stop: Arc::clone(&self.options.stop),
        };
        let progress = &mut *self.progress;
        let mut fetched = self.sources.fetch(claimed, &budget, &mut |titles| progress.advance(titles));
        if let Some(catalog) = self.catalog {
            // What came is worth keeping although the catalogue is damaged.
            let _ = catalog::supplement(catalog, &mut fetched);
        }
        self.summary.requests += keep_log(&self.sources, self.state);
        self.store.restart_time_limit();
        self.store.save_fetched(self.clock.now(), &fetched)?;
        let mut not_asked = Vec::new();
        for Fetched { id, outcome } in fetched {
            match outcome {
                FetchOutcome::Found(..) | FetchOutcome::Local { .. } => self.summary.counts.refreshed += 1,
                FetchOutcome::Unknown if self.partial.contains(&id) => self.settle_partial(id),
                FetchOutcome::Failed(why) if self.partial.contains(&id) => {
                    self.settle_partial(id);
                    self.summary.error = Some(why);
                }
                FetchOutcome::Unknown => self.summary.counts.unknown += 1,
                FetchOutcome::Failed(why) => {
                    self.summary.counts.failed += 1;
                    self.summary.error = Some(why);
                }
                FetchOutcome::NotAsked => not_asked.push(id),
            }
        }
        Ok(not_asked)
    }

    /// No web source has delivered more than the catalogue knows of this title.
    fn settle_partial(&mut self, id: ImdbId) {
        self.summary.partial += 1;
        match self.renewed.contains(&id) {
            true => self.summary.counts.refreshed += 1,
            false => self.summary.kept += 1,
        }
    }

    fn settle(&mut self, counter: impl FnOnce(&mut Summary) -> &mut usize, titles: usize) {
        *counter(&mut self.summary) += titles;
        self.progress.advance(titles);
    }

    /// As many titles as all workers can take evenly, and at most [`ROUND`].
    fn round_size(&self) -> usize {
        let step = self.sources.batch_size() * self.options.jobs;
        (ROUND / step).max(1) * step.min(ROUND)
    }

    fn is_over(&self) -> bool {
        let time_is_over = self.options.time.is_some_and(|limit| self.stopwatch.elapsed() >= limit);
        time_is_over || self.options.stop.load(Ordering::Relaxed)
    }
}

/// A title is still to be fetched: nobody has brought it up to date, or, when all are wanted, not since `since`.
fn is_due(entry: &CacheEntry, now: UtcDateTime, since: Option<UtcDateTime>) -> bool {
    match since {
        Some(since) => entry.cached_at.is_none_or(|cached_at| cached_at <= since || cached_at >= since + FRESH_FOR),
        None => super::freshness::is_due(entry, now),
    }
}
