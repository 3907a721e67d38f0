//! Bringing the cache up to date, for a person, for cron, or in the background.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use time::UtcDateTime;

use super::freshness::{CLAIM_LASTS, due, freshness_of, is_worth_a_try};
use crate::env::{Clock, Deadline, Stopwatch};
use crate::model::health::RefreshTally;
use crate::model::{Cache, Fetched, Freshness, ImdbId, Outcome};
use crate::sources::{FetchBudget, Settings, Sources};
use crate::store::{Due, Result, Store};

/// Titles that are claimed, fetched and written together.
const ROUND: usize = 100;
/// The longest that one request may take.
const REQUEST: Duration = Duration::from_secs(10);
/// A round begins no request after this. It leaves time to find out that a source never answers,
/// which takes three requests, and to ask the next.
const ROUND_BEGINS: Duration = Duration::from_secs(35);
/// A round ends after this, come what may; claims last longer.
const ROUND_ENDS: Duration = Duration::from_secs(50);
/// How often to look whether another refresher is through with a title.
const LOOK_AGAIN: Duration = Duration::from_millis(200);

/// What to refresh, and how.
#[derive(Clone, Debug)]
pub struct Order {
    /// At most so many titles.
    pub limit: Option<usize>,
    /// Fresh ones too.
    pub all: bool,
    /// Requests at a time.
    pub jobs: usize,
    /// A person, or a person's cron, wants it: titles and sources that failed a moment ago are
    /// tried all the same, and titles that somebody else is fetching are waited for.
    pub by_hand: bool,
    /// When to stop; none: when all is done.
    pub time: Option<Duration>,
    /// Set when the person wants no more.
    pub stop: Arc<AtomicBool>,
}

/// What came of it.
#[derive(Clone, Debug, Default)]
pub struct Summary {
    /// Titles refreshed, unknown and failed.
    pub tally: RefreshTally,
    /// Titles that were left: somebody else fetched them, or time or patience ran out.
    pub skipped: usize,
    /// Titles of these that nobody has refreshed.
    pub left: usize,
    /// Requests made.
    pub requests: usize,
    /// Time taken.
    pub took: Duration,
    /// Why the last title failed.
    pub error: Option<String>,
    /// Whether the person stopped it.
    pub interrupted: bool,
}

/// Is told how far a refresh is.
pub trait Progress {
    /// So many titles are to be refreshed.
    fn begin(&mut self, titles: usize);
    /// So many more are settled.
    fn advance(&mut self, titles: usize);
}

/// Refreshes titles: missing ones first, then those with the oldest data.
///
/// Every round is written before the next begins, so that what is killed keeps what it has.
///
/// # Errors
/// The database cannot be read or written.
pub fn refresh(
    store: &mut Store,
    settings: &Settings,
    clock: &Clock,
    order: &Order,
    progress: &mut dyn Progress,
) -> Result<Summary> {
    let watch = Stopwatch::start();
    let started = clock.now();
    let remembered = if order.by_hand { Vec::new() } else { store.source_states()? };
    let sources = Sources::new(settings, &remembered, clock);
    let plan = plan(store.cache_states()?, order, started);
    progress.begin(plan.len());
    let mut run =
        Run { store, clock, sources, order, due: due_for(order, started), summary: Summary::default(), progress };
    let held = run.work_off(plan, watch)?;
    run.wait_for_others(held, watch)?;
    let mut summary = run.summary;
    // That there was nothing to do is worth knowing too; that it cannot be kept fails nothing.
    let _ = store.record_refresh(clock.now(), summary.tally);
    summary.interrupted = order.stop.load(Ordering::Relaxed);
    summary.took = watch.elapsed();
    Ok(summary)
}

/// What to refresh, in order.
fn plan(states: Vec<(ImdbId, Cache)>, order: &Order, now: UtcDateTime) -> VecDeque<ImdbId> {
    let is_wanted = |cache: &Cache| match freshness_of(cache, now) {
        _ if order.all => true,
        Freshness::Stale | Freshness::Missing => order.by_hand || is_worth_a_try(cache, now),
        Freshness::Fresh | Freshness::Unknown | Freshness::None => false,
    };
    let mut wanted: Vec<_> = states.into_iter().filter(|(_, cache)| is_wanted(cache)).collect();
    // No data sorts before all data, and the sort keeps the older proposal first.
    wanted.sort_by_key(|(_, cache)| cache.cached_at);
    wanted.truncate(order.limit.unwrap_or(usize::MAX));
    wanted.into_iter().map(|(id, _)| id).collect()
}

fn due_for(order: &Order, started: UtcDateTime) -> Due {
    match order.all {
        // Everything from before this run.
        true => Due { cached_until: started, ..due(started) },
        false => due(started),
    }
}

struct Run<'a> {
    store: &'a mut Store,
    clock: &'a Clock,
    sources: Sources,
    order: &'a Order,
    due: Due,
    summary: Summary,
    progress: &'a mut dyn Progress,
}

impl Run<'_> {
    /// Fetches what is planned, round by round; returns what others were fetching.
    fn work_off(&mut self, mut plan: VecDeque<ImdbId>, watch: Stopwatch) -> Result<Vec<ImdbId>> {
        let mut held = Vec::new();
        while !plan.is_empty() && !self.is_over(watch) {
            if !self.sources.any_usable() {
                break;
            }
            let next: Vec<ImdbId> = plan.drain(..self.round_size().min(plan.len())).collect();
            let claim = self.store.claim(&next, self.due, self.clock.now(), CLAIM_LASTS)?;
            let done_by_others = next.len() - claim.granted.len() - claim.held.len();
            self.summary.skipped += done_by_others;
            self.progress.advance(done_by_others);
            held.extend(claim.held);
            let not_asked = self.round(&claim.granted)?;
            if not_asked.len() == claim.granted.len() && !not_asked.is_empty() {
                // Nothing moves any more.
                self.leave(not_asked.len());
                break;
            }
            for id in not_asked.into_iter().rev() {
                plan.push_front(id);
            }
        }
        match self.sources.any_usable() || plan.is_empty() {
            true => self.leave(plan.len()),
            false => self.fail(plan.len()),
        }
        Ok(held)
    }

    /// Waits until others are through with what they claimed, and takes over what they drop.
    fn wait_for_others(&mut self, mut held: Vec<ImdbId>, watch: Stopwatch) -> Result<()> {
        let patience = Deadline::after(CLAIM_LASTS.unsigned_abs());
        while !held.is_empty() && self.order.by_hand && !self.is_over(watch) && self.sources.any_usable() {
            let claim = self.store.claim(&held, self.due, self.clock.now(), CLAIM_LASTS)?;
            let done = held.len() - claim.held.len() - claim.granted.len();
            self.summary.skipped += done;
            self.progress.advance(done);
            held = claim.held;
            let not_asked = self.round(&claim.granted)?;
            self.leave(not_asked.len());
            if held.is_empty() || patience.is_over() {
                break;
            }
            std::thread::sleep(LOOK_AGAIN);
        }
        self.leave(held.len());
        Ok(())
    }

    /// Fetches and writes titles that are claimed; returns those that nobody was asked for.
    fn round(&mut self, claimed: &[ImdbId]) -> Result<Vec<ImdbId>> {
        if claimed.is_empty() {
            return Ok(Vec::new());
        }
        let patience = FetchBudget {
            deadline: Deadline::after(ROUND_ENDS),
            begin_until: Deadline::after(ROUND_BEGINS),
            request: REQUEST,
            share_time: false,
            jobs: self.order.jobs,
            stop: Arc::clone(&self.order.stop),
        };
        let progress = &mut *self.progress;
        let fetched = self.sources.fetch(claimed, &patience, &mut |titles| progress.advance(titles));
        let report = self.sources.take_report();
        self.summary.requests += report.requests.len();
        self.store.save_fetched(self.clock.now(), &fetched, &report)?;
        let mut not_asked = Vec::new();
        for Fetched { id, outcome } in fetched {
            match outcome {
                Outcome::Found(..) => self.summary.tally.refreshed += 1,
                Outcome::Unknown => self.summary.tally.unknown += 1,
                Outcome::Failed(why) => {
                    self.summary.tally.failed += 1;
                    self.summary.error = Some(why);
                }
                Outcome::NotAsked => not_asked.push(id),
            }
        }
        Ok(not_asked)
    }

    /// As many titles as all workers can take evenly, and at most [`ROUND`].
    fn round_size(&self) -> usize {
        let step = self.sources.batch_size() * self.order.jobs;
        (ROUND / step).max(1) * step.min(ROUND)
    }

    fn is_over(&self, watch: Stopwatch) -> bool {
        self.order.stop.load(Ordering::Relaxed) || self.order.time.is_some_and(|limit| watch.elapsed() >= limit)
    }

    fn leave(&mut self, titles: usize) {
        self.summary.skipped += titles;
        self.summary.left += titles;
    }

    /// Without any source, there is no need to claim titles just to see them fail.
    fn fail(&mut self, titles: usize) {
        self.summary.tally.failed += titles;
        self.progress.advance(titles);
        self.summary.error.get_or_insert_with(|| "no source can be reached".to_owned());
    }
}
