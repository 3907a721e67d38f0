//! Refreshing the cache for a person, for cron, or in the background.

use std::collections::{HashSet, VecDeque};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use time::UtcDateTime;

use super::Cache;
use super::freshness::{FRESH_FOR, freshness_of, in_order, is_due, is_selected};
use super::lookup::Entry;
use crate::env::{Deadline, Progress, Stopwatch, Unit};
use crate::model::{CacheEntry, FetchOutcome, Fetched, Freshness, ImdbId};
use crate::sources::{FetchBudget, Sources};
use crate::store::{Result, Store};

/// The number of titles that are claimed, fetched and written together.
const ROUND: usize = 100;
/// The time after which a round begins no request. It leaves time to find out that a source never answers, which takes
/// three requests, and to ask the next one.
const ROUND_BEGINS: Duration = Duration::from_secs(35);
/// The time after which a round ends, whatever is left to do. Claims last longer.
const ROUND_ENDS: Duration = Duration::from_secs(50);

/// The options of a refresh.
#[derive(Clone, Debug)]
pub struct RefreshOptions {
    /// The titles to refresh, on the board or not. If empty, those on the board, and watched ones without data.
    pub titles: Vec<ImdbId>,
    /// The maximum number of titles.
    pub limit: Option<usize>,
    /// True to refresh fresh titles, too.
    pub all: bool,
    /// The number of concurrent requests.
    pub jobs: usize,
    /// True if a person or a person's cron started it. Then titles that failed a moment ago are retried.
    pub by_hand: bool,
    /// The time limit. `None` to go on until everything is done.
    pub time: Option<Duration>,
    /// Set when the person interrupts.
    pub stop: Arc<AtomicBool>,
}

/// The outcome of a refresh: numbers of titles, unless stated otherwise. Each wanted title counts once.
#[derive(Clone, Debug, Default)]
pub struct RefreshSummary {
    /// Titles with new data.
    pub refreshed: usize,
    /// Titles that no source knows.
    pub unknown: usize,
    /// Titles that could not be fetched.
    pub failed: usize,
    /// The unknown titles that IMDb has merged into others, each with the other one.
    pub merged: Vec<(ImdbId, ImdbId)>,
    /// Titles that another refresh has fetched meanwhile, or is fetching.
    pub left_to_others: usize,
    /// Titles for which only the catalogue has data, without plot and poster. They also count as refreshed or kept.
    pub partial: usize,
    /// Partial titles that were fresh already.
    pub kept: usize,
    /// Titles left, because time ran out or the person interrupted.
    pub left: usize,
    /// The number of requests made.
    pub requests: usize,
    /// The time taken.
    pub took: Duration,
    /// The reason why the last title failed.
    pub error: Option<String>,
    /// True if titles failed or stayed partial because no source could be asked.
    pub is_cut_off: bool,
    /// True if the person stopped it.
    pub interrupted: bool,
}

impl RefreshSummary {
    /// Returns the number of titles that were wanted.
    pub fn wanted(&self) -> usize {
        self.refreshed + self.unknown + self.failed + self.left_to_others + self.kept + self.left
    }
}

impl Cache<'_> {
    /// Refreshes titles: missing ones first, then those with the oldest data. Each round is written before the next
    /// begins, so that a refresh that is killed keeps its results. The catalogue's data is copied first. The web
    /// sources are still asked for titles that only the catalogue knows, but it is no failure if they do not have more.
    pub fn refresh(
        &self,
        store: &mut Store,
        options: &RefreshOptions,
        progress: &mut dyn Progress,
    ) -> Result<RefreshSummary> {
        let stopwatch = Stopwatch::start();
        let started = self.clock.now();
        let mut entries = match &options.titles[..] {
            [] => store.cached_to_refresh()?,
            titles => titles.iter().copied().zip(store.cached(titles)?).collect(),
        };
        let is_fresh = |entry: &CacheEntry| freshness_of(entry, started) == Freshness::Fresh;
        let ids = |entries: &[(ImdbId, CacheEntry)], is_in: &dyn Fn(&CacheEntry) -> bool| -> HashSet<ImdbId> {
            entries.iter().filter(|(_, entry)| is_in(entry)).map(|(id, _)| *id).collect()
        };
        let fresh_before = ids(&entries, &is_fresh);
        let mut borrowed: Vec<Entry<'_>> = entries.iter_mut().map(|(id, entry)| (*id, entry)).collect();
        for round in self.fill_from_catalog(&mut borrowed, |_| true).chunks(ROUND) {
            store.save_fetched(started, round)?;
        }
        let renewed = &ids(&entries, &is_fresh) - &fresh_before;
        let partial = ids(&entries, &|entry| entry.is_partial() && is_fresh(entry));
        let is_wanted = |entry: &CacheEntry| options.all || is_selected(entry, options.by_hand, started);
        let plan = in_order(entries.iter().map(|(id, entry)| (*id, entry)).filter(|(_, entry)| is_wanted(entry)));
        let plan: VecDeque<ImdbId> = plan.into_iter().take(options.limit.unwrap_or(usize::MAX)).collect();
        progress.begin("refreshing", Unit::Titles, Some(plan.len() as u64), 0);
        let summary = RefreshSummary::default();
        let mut run =
            RefreshRun { cache: self, store, renewed, partial, options, started, stopwatch, summary, progress };
        if let Some(sources) = self.sources.as_deref() {
            run.process_queue(plan, sources)?;
        }
        let mut summary = run.summary;
        self.state.record_refresh(self.clock.now());
        summary.interrupted = options.stop.load(Ordering::Relaxed);
        summary.took = stopwatch.elapsed();
        Ok(summary)
    }
}

struct RefreshRun<'a> {
    cache: &'a Cache<'a>,
    store: &'a mut Store,
    /// The titles that the catalogue has made fresh.
    renewed: HashSet<ImdbId>,
    /// The titles that are fresh but lack data that only web sources have.
    partial: HashSet<ImdbId>,
    options: &'a RefreshOptions,
    started: UtcDateTime,
    stopwatch: Stopwatch,
    summary: RefreshSummary,
    progress: &'a mut dyn Progress,
}

impl RefreshRun<'_> {
    /// Processes a queue of titles in rounds. Leaves titles that another process is fetching to that one.
    fn process_queue(&mut self, mut queue: VecDeque<ImdbId>, sources: &Sources) -> Result<()> {
        while !queue.is_empty() && !self.is_over() && sources.any_usable() {
            let round: Vec<ImdbId> = queue.drain(..self.round_size(sources).min(queue.len())).collect();
            if !self.round(&round, &mut queue, sources)? {
                break;
            }
        }
        if sources.any_usable() {
            self.summary.left += queue.len();
            return Ok(());
        }
        // Without any source, claiming the titles would only make them fail.
        self.summary.is_cut_off = !queue.is_empty();
        let (partial, failed): (Vec<_>, Vec<_>) = queue.into_iter().partition(|id| self.partial.contains(id));
        self.summary.failed += failed.len();
        partial.iter().for_each(|id| self.settle_partial(*id));
        self.progress.advance((partial.len() + failed.len()) as u64);
        Ok(())
    }

    /// Fetches a round of titles, and requeues those that no source was asked for. Returns false if no time is left for
    /// any title.
    fn round(&mut self, round: &[ImdbId], queue: &mut VecDeque<ImdbId>, sources: &Sources) -> Result<bool> {
        let budget = self.budget();
        let (started, all) = (self.started, self.options.all);
        let is_due = |entry: &CacheEntry, now| if all { is_older(entry, started) } else { is_due(entry, now) };
        let round = self.cache.round(self.store, sources, round, &budget, is_due, self.progress)?;
        self.summary.requests += round.requests;
        round.saved?;
        let by_others = round.done_by_others.len() + round.held.len();
        self.summary.left_to_others += by_others;
        self.progress.advance(by_others as u64);
        let is_asked = |fetched: &Fetched| !matches!(fetched.outcome, FetchOutcome::NotAsked);
        let was_any_asked = round.fetched.is_empty() || round.fetched.iter().any(is_asked);
        for Fetched { id, outcome } in round.fetched.into_iter().rev() {
            match outcome {
                FetchOutcome::NotAsked => queue.push_front(id),
                outcome => self.count(id, outcome),
            }
        }
        Ok(was_any_asked)
    }

    /// Returns the limits of a round. When the time of the refresh is over, requests in progress may still finish.
    fn budget(&self) -> FetchBudget {
        let left = self.options.time.map_or(ROUND_ENDS, |time| time.saturating_sub(self.stopwatch.elapsed()));
        let request = self.cache.limits.request;
        FetchBudget {
            deadline: Deadline::after(ROUND_ENDS.min(left + request)),
            begin_until: Deadline::after(ROUND_BEGINS.min(left)),
            request,
            share_time: false,
            jobs: self.options.jobs,
            stop: Arc::clone(&self.options.stop),
        }
    }

    /// Counts the outcome for a title that was asked for.
    fn count(&mut self, id: ImdbId, outcome: FetchOutcome) {
        let is_partial = self.partial.contains(&id);
        match &outcome {
            FetchOutcome::Unknown(_) | FetchOutcome::Failed(_) if is_partial => self.settle_partial(id),
            FetchOutcome::Unknown(other) => {
                self.summary.unknown += 1;
                self.summary.merged.extend(other.map(|other| (id, other)));
            }
            FetchOutcome::Failed(_) => self.summary.failed += 1,
            FetchOutcome::Found { .. } | FetchOutcome::Local { .. } => self.summary.refreshed += 1,
            FetchOutcome::NotAsked => {}
        }
        if let FetchOutcome::Failed(why) = outcome {
            self.summary.error = Some(why);
        }
    }

    /// Counts a title for which no web source delivered more than the catalogue has.
    fn settle_partial(&mut self, id: ImdbId) {
        self.summary.partial += 1;
        match self.renewed.contains(&id) {
            true => self.summary.refreshed += 1,
            false => self.summary.kept += 1,
        }
    }

    /// Returns the number of titles for a round: a multiple of what all workers take at once, but at most [`ROUND`].
    fn round_size(&self, sources: &Sources) -> usize {
        let step = sources.batch_size() * self.options.jobs;
        (ROUND / step).max(1) * step.min(ROUND)
    }

    fn is_over(&self) -> bool {
        let time_is_over = self.options.time.is_some_and(|limit| self.stopwatch.elapsed() >= limit);
        time_is_over || self.options.stop.load(Ordering::Relaxed)
    }
}

/// Returns true if nobody has refreshed a title since `started`.
fn is_older(entry: &CacheEntry, started: UtcDateTime) -> bool {
    entry.cached_at.is_none_or(|cached_at| cached_at <= started || cached_at >= started + FRESH_FOR)
}
