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
/// The number of lookups below which the hit rate says nothing.
const ENOUGH_LOOKUPS: u64 = 20;
/// The number of failed requests below which they may be an accident.
const ENOUGH_FAILURES: u64 = 3;
/// The age up to which the last refresh shows that refreshes run: cron's next one is due after six hours.
const REFRESHES_EVERY: Duration = Duration::hours(7);
/// The age of data beyond which it is clear that refreshing does not work.
const TOO_OLD: Duration = Duration::hours(48);

/// The numbers of titles on the board by the state of their data.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Titles {
    /// All titles with an IMDb id.
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
    /// True if the source was ever asked.
    pub was_asked: bool,
    /// The state of the source. `down_until` is set only while it is down.
    pub state: SourceState,
}

/// The cause of a low hit rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HitRateCause {
    /// Refreshes do not run often enough.
    NotRefreshed,
    /// Refreshes run, but sources failed.
    SourcesFailed,
    /// Refreshes run, but some titles have no fresh data: they are new, or left out by a limit.
    LeftOut,
    /// All titles have fresh data again.
    CaughtUp,
}

/// A problem of the cache.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Problem {
    /// No source can be asked.
    NoSource,
    /// All requests of the last hour failed. There were this many.
    AllFailed(u64),
    /// The oldest data is this old.
    OldData(Duration),
    /// Too few lookups of the last 24 hours found fresh data: the hit rate, and the cause.
    HitRate(f64, HitRateCause),
    /// The oldest data that only the catalogue has is this old.
    OldCatalog(Duration),
}

/// The health of the cache.
#[derive(Clone, Debug)]
pub struct Health {
    /// Titles on the board.
    pub titles: Titles,
    /// The time of the oldest data of a title on the board.
    pub oldest_cached_at: Option<UtcDateTime>,
    /// The records of requests, lookups and refreshes.
    pub record: Record,
    /// The sources in their order.
    pub sources: Vec<SourceHealth>,
    /// The local catalogue. `None` if there is none.
    pub catalog: Option<catalog::Status>,
    /// The problems. Empty if all is well.
    pub problems: Vec<Problem>,
}

/// Checks the cache, and the catalogue beside it, as they are at `now`.
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
    // Data of a title that the sources no longer know cannot become newer.
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
    // An up-to-date catalogue counts as a source that is always available. Requests to the others may still fail.
    let has_catalog = catalog.as_ref().is_some_and(|catalog| now - catalog.meta.ratings.confirmed() <= PARTIAL_LASTS);
    let of_sources = problems_of_sources(&record, &sources, has_catalog);
    let of_data = problems_of_data(&record, titles, oldest_known, oldest_partial, now);
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
    titles: Titles,
    oldest: Option<UtcDateTime>,
    oldest_partial: Option<UtcDateTime>,
    now: UtcDateTime,
) -> impl Iterator<Item = Problem> {
    let older_than = |then: Option<UtcDateTime>, span| then.map(|then| now - then).filter(|age| *age > span);
    let lookups = record.lookups_last_day;
    let rate = lookups.hit_rate().filter(|rate| lookups.all >= ENOUGH_LOOKUPS && *rate < WANTED_HIT_RATE);
    let cause = match record.last_refresh_at {
        then if then.is_none_or(|then| now - then > REFRESHES_EVERY) => HitRateCause::NotRefreshed,
        _ if titles.stale + titles.missing == 0 => HitRateCause::CaughtUp,
        _ if record.failed_last_day >= ENOUGH_FAILURES => HitRateCause::SourcesFailed,
        _ => HitRateCause::LeftOut,
    };
    let found = [
        older_than(oldest, TOO_OLD).map(Problem::OldData),
        rate.map(|rate| Problem::HitRate(rate, cause)),
        older_than(oldest_partial, PARTIAL_LASTS).map(Problem::OldCatalog),
    ];
    found.into_iter().flatten()
}
