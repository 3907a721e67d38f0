//! Bringing the cache up to date, for a person, for cron, or in the background.

use std::collections::{HashSet, VecDeque};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use time::UtcDateTime;

use super::Cache;
use super::freshness::{CLAIM_LASTS, FRESH_FOR, freshness_of, in_order, is_due, is_taken};
use super::lookup::Entry;
use crate::env::{Deadline, Progress, Stopwatch, Unit};
use crate::model::{CacheEntry, FetchOutcome, Fetched, Freshness, ImdbId};
use crate::sources::{FetchBudget, Sources};
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
    /// These titles, on the board or not. Empty: those on the board.
    pub titles: Vec<ImdbId>,
    /// The most titles to refresh.
    pub limit: Option<usize>,
    /// Fresh ones too.
    pub all: bool,
    /// Requests at a time.
    pub jobs: usize,
    /// A person, or a person's cron, wants it: titles that failed a moment ago are tried all the same, and titles that
    /// somebody else is fetching are waited for.
    pub by_hand: bool,
    /// The longest that it may take. `None`: until all is done.
    pub time: Option<Duration>,
    /// Set when the person interrupts.
    pub stop: Arc<AtomicBool>,
}

/// The outcome of a refresh. Each title that was wanted counts once.
#[derive(Clone, Debug, Default)]
pub struct Summary {
    /// With new data.
    pub refreshed: usize,
    /// Titles that no source knows.
    pub unknown: usize,
    /// Titles that could not be fetched.
    pub failed: usize,
    /// Of the unknown ones, those that IMDb has merged into others, with these.
    pub merged: Vec<(ImdbId, ImdbId)>,
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
    /// Titles were left or failed because no source could be asked.
    pub is_cut_off: bool,
    /// The person stopped it.
    pub interrupted: bool,
}

impl Summary {
    /// All titles that were wanted.
    pub fn wanted(&self) -> usize {
        self.refreshed + self.unknown + self.failed + self.done_by_others + self.kept + self.left
    }
}

impl Cache<'_> {
    /// Refreshes titles: missing ones first, then those with the oldest data. Every round is written before the next
    /// begins, so that a refresh that is killed keeps what it has. What the catalogue knows is copied first; titles that it
    /// alone knows are asked for all the same, and it is no failure when nobody knows more.
    pub fn refresh(&self, store: &mut Store, options: &RefreshOptions, progress: &mut dyn Progress) -> Result<Summary> {
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
        let is_wanted = |entry: &CacheEntry| options.all || is_taken(entry, options.by_hand, started);
        let plan = in_order(entries.iter().map(|(id, entry)| (*id, entry)).filter(|(_, entry)| is_wanted(entry)));
        let plan: VecDeque<ImdbId> = plan.into_iter().take(options.limit.unwrap_or(usize::MAX)).collect();
        progress.begin("refreshing", Unit::Titles, Some(plan.len() as u64), 0);
        let summary = Summary::default();
        let mut run =
            RefreshRun { cache: self, store, renewed, partial, options, started, stopwatch, summary, progress };
        if let Some(sources) = self.sources.as_deref() {
            run.work_off(plan, sources)?;
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
    /// Titles that the catalogue has made fresh.
    renewed: HashSet<ImdbId>,
    /// Titles that are fresh, and lack what only web sources have.
    partial: HashSet<ImdbId>,
    options: &'a RefreshOptions,
    started: UtcDateTime,
    stopwatch: Stopwatch,
    summary: Summary,
    progress: &'a mut dyn Progress,
}

impl RefreshRun<'_> {
    /// Processes a queue of titles in rounds. In a refresh by hand, titles that somebody else is fetching go to the end of the
    /// queue until their claim has expired.
    fn work_off(&mut self, mut queue: VecDeque<ImdbId>, sources: &Sources) -> Result<()> {
        // Claims that are held when the waiting begins have run out by then, or have been renewed.
        let mut waiting_until: Option<Deadline> = None;
        let mut has_waited = false;
        while !queue.is_empty() && !self.is_over() && sources.any_usable() {
            let round: Vec<ImdbId> = queue.drain(..self.round_size(sources).min(queue.len())).collect();
            let held = self.round(&round, &mut queue, sources)?;
            let Some(held) = held else { break };
            if !self.options.by_hand || waiting_until.is_some_and(Deadline::is_over) {
                self.summary.left += held.len();
                continue;
            }
            if held.len() < round.len() {
                waiting_until = None;
            } else {
                waiting_until.get_or_insert_with(|| Deadline::after(CLAIM_LASTS.unsigned_abs()));
                if !std::mem::replace(&mut has_waited, true) {
                    // One that was killed keeps its claims for a minute.
                    self.progress.waits(held.len());
                }
                std::thread::sleep(LOOK_AGAIN);
            }
            queue.extend(held);
        }
        if sources.any_usable() {
            self.summary.left += queue.len();
            return Ok(());
        }
        // Without any source, there is no need to claim titles just to see them fail.
        self.summary.is_cut_off = !queue.is_empty();
        let (partial, failed): (Vec<_>, Vec<_>) = queue.into_iter().partition(|id| self.partial.contains(id));
        self.summary.failed += failed.len();
        partial.iter().for_each(|id| self.settle_partial(*id));
        self.progress.advance((partial.len() + failed.len()) as u64);
        Ok(())
    }

    /// Fetches a round of titles, and requeues those that no source was asked for. Returns those that somebody else is
    /// fetching. `None` if no time is left for any title.
    fn round(
        &mut self,
        round: &[ImdbId],
        queue: &mut VecDeque<ImdbId>,
        sources: &Sources,
    ) -> Result<Option<Vec<ImdbId>>> {
        let budget = self.budget();
        let (started, all) = (self.started, self.options.all);
        let is_due = |entry: &CacheEntry, now| if all { is_older(entry, started) } else { is_due(entry, now) };
        let round = self.cache.round(self.store, sources, round, &budget, is_due, self.progress)?;
        self.summary.requests += round.requests;
        round.saved?;
        self.summary.done_by_others += round.done_by_others.len();
        self.progress.advance(round.done_by_others.len() as u64);
        let is_asked = |fetched: &Fetched| !matches!(fetched.outcome, FetchOutcome::NotAsked);
        let was_any_asked = round.fetched.is_empty() || round.fetched.iter().any(is_asked);
        for Fetched { id, outcome } in round.fetched.into_iter().rev() {
            match outcome {
                FetchOutcome::NotAsked => queue.push_front(id),
                outcome => self.count(id, outcome),
            }
        }
        if !was_any_asked {
            self.summary.left += round.held.len();
            return Ok(None);
        }
        Ok(Some(round.held))
    }

    /// The limits of a round. When the time of the refresh is over, requests under way may still end.
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

    /// Counts a title that was asked for.
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

    /// Returns true if no web source delivered more than the catalogue has.
    fn settle_partial(&mut self, id: ImdbId) {
        self.summary.partial += 1;
        match self.renewed.contains(&id) {
            true => self.summary.refreshed += 1,
            false => self.summary.kept += 1,
        }
    }

    /// As many titles as all workers can take evenly, and at most [`ROUND`].
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
