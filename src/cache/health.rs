//! Health checks of the cache, with advice.

use serde::Serialize;
use time::{Duration, UtcDateTime};

use super::freshness::{PARTIAL_LASTS, freshness_of};
use crate::catalog;
use crate::model::health::Record;
use crate::model::{CacheEntry, Freshness};
use crate::sources::Settings;
use crate::state::{SourceState, State};
use crate::store::{Result, Store};

/// The hit rate that a healthy cache reaches.
pub const WANTED_HIT_RATE: f64 = 0.95;
/// Fewer lookups than this say nothing about the hit rate.
const ENOUGH_LOOKUPS: u64 = 20;
/// Fewer failed requests than this may be an accident.
const ENOUGH_FAILURES: u64 = 3;
/// After a refresh that is no older than this, refreshes run: cron's next one is due after six hours.
const REFRESHES_EVERY: Duration = Duration::hours(7);
/// Data older than this shows that refreshing does not work.
const TOO_OLD: Duration = Duration::hours(48);

/// Titles on the board by how good their data is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Titles {
    /// All that have an IMDb id.
    pub total: usize,
    /// Fetched within the last 24 hours.
    pub fresh: usize,
    /// Fetched earlier.
    pub stale: usize,
    /// Not fetched yet.
    pub missing: usize,
    /// Known to no source.
    pub unknown: usize,
}

/// A source and its state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceHealth {
    /// Whether it was ever asked.
    pub was_asked: bool,
    /// Its state; `down_until` only while it is down.
    pub state: SourceState,
}

/// The cause of a low hit rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// No refresh runs.
    NotRefreshed,
    /// Refreshes run, and sources failed them.
    SourcesFailed,
    /// Refreshes run, and do not take all titles.
    LeftOut,
}

/// A problem of the cache.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Problem {
    /// No source can be asked.
    NoSource,
    /// This many requests were made in the last hour, and all failed.
    AllFailed(u64),
    /// The oldest data is that old.
    OldData(Duration),
    /// Too many lookups of the last 24 hours found no fresh data: the rate, and why.
    HitRate(f64, Cause),
    /// The oldest data that only the catalogue has is that old.
    OldCatalog(Duration),
}

/// Everything that is known about the cache's health.
#[derive(Clone, Debug)]
pub struct Health {
    /// Titles on the board.
    pub titles: Titles,
    /// The oldest data of a title on the board.
    pub oldest_cached_at: Option<UtcDateTime>,
    /// The records.
    pub record: Record,
    /// The sources in their order.
    pub sources: Vec<SourceHealth>,
    /// The local catalogue, if there is one.
    pub catalog: Option<catalog::Status>,
    /// The problems. Empty if all is well.
    pub problems: Vec<Problem>,
}

/// Looks at the cache, and at the catalogue beside it, as they are at `now`.
pub fn examine(
    store: &mut Store,
    settings: &Settings,
    state: &State,
    catalog: Option<catalog::Status>,
    now: UtcDateTime,
) -> Result<Health> {
    let entries = store.cached_on_board()?;
    let mut titles = Titles { total: entries.len(), ..Titles::default() };
    for (_, cache) in &entries {
        match freshness_of(cache, now) {
            Freshness::Fresh => titles.fresh += 1,
            Freshness::Stale => titles.stale += 1,
            Freshness::Unknown => titles.unknown += 1,
            Freshness::Missing | Freshness::None => titles.missing += 1,
        }
    }
    let oldest = |is_in: fn(&CacheEntry) -> bool| {
        entries.iter().filter(|(_, cache)| is_in(cache)).filter_map(|(_, cache)| cache.cached_at).min()
    };
    let (oldest_cached_at, oldest_partial) = (oldest(|_| true), oldest(CacheEntry::is_partial));
    // Data of a title that the sources no longer know cannot get any younger.
    let oldest_known = oldest(|cache| !cache.is_partial() && cache.unknown_at < cache.cached_at);
    let states = state.source_states();
    let health = |name: &'static str| {
        let known = states.iter().find(|state| state.name == name);
        let state = known.cloned().unwrap_or_else(|| SourceState::new(name));
        let down_until = state.down_until.filter(|_| state.is_down(now));
        SourceHealth { was_asked: known.is_some(), state: SourceState { down_until, ..state } }
    };
    let sources: Vec<SourceHealth> = settings.names().map(health).collect();
    let record = state.record(now);
    // A catalogue that is kept young is a source that is always up. Requests to others may fail all the same.
    let has_catalog = catalog.as_ref().is_some_and(|catalog| now - catalog.meta.ratings.confirmed() <= PARTIAL_LASTS);
    let of_sources = problems_of_sources(&record, &sources, has_catalog);
    let of_data = problems_of_data(&record, oldest_known, oldest_partial, now);
    let problems = of_sources.into_iter().chain(of_data).collect();
    Ok(Health { titles, oldest_cached_at, record, sources, catalog, problems })
}

fn problems_of_sources(record: &Record, sources: &[SourceHealth], has_catalog: bool) -> Option<Problem> {
    if !has_catalog && !sources.is_empty() && sources.iter().all(|source| source.state.down_until.is_some()) {
        return Some(Problem::NoSource);
    }
    let failed = record.failed_last_hour;
    (failed >= ENOUGH_FAILURES && failed == record.requests_last_hour).then_some(Problem::AllFailed(failed))
}

fn problems_of_data(
    record: &Record,
    oldest: Option<UtcDateTime>,
    oldest_partial: Option<UtcDateTime>,
    now: UtcDateTime,
) -> impl Iterator<Item = Problem> {
    let older_than = |then: Option<UtcDateTime>, span| then.map(|then| now - then).filter(|age| *age > span);
    let lookups = record.lookups_last_day;
    let rate = lookups.hit_rate().filter(|rate| lookups.all >= ENOUGH_LOOKUPS && *rate < WANTED_HIT_RATE);
    let cause = match record.last_refresh_at {
        then if then.is_none_or(|then| now - then > REFRESHES_EVERY) => Cause::NotRefreshed,
        _ if record.failed_last_day > 0 => Cause::SourcesFailed,
        _ => Cause::LeftOut,
    };
    let found = [
        older_than(oldest, TOO_OLD).map(Problem::OldData),
        rate.map(|rate| Problem::HitRate(rate, cause)),
        older_than(oldest_partial, PARTIAL_LASTS).map(Problem::OldCatalog),
    ];
    found.into_iter().flatten()
}
