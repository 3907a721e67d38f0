//! Health checks of the cache, with advice.

use serde::Serialize;
use time::{Duration, UtcDateTime};

use super::freshness::{PARTIAL_LASTS, freshness_of};
use crate::catalog;
use crate::model::health::Record;
use crate::model::{CacheEntry, Freshness};
use crate::sources::Settings;
use crate::state::State;
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
    /// Its name.
    pub name: &'static str,
    /// Whether it was ever asked.
    pub was_asked: bool,
    /// The time until which it is not asked, because it could not be reached. `None` if it is up.
    pub down_until: Option<UtcDateTime>,
    /// The time since which no attempt has reached it.
    pub failing_since: Option<UtcDateTime>,
    /// The last request's error.
    pub last_error: Option<String>,
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
#[derive(Clone, Debug, PartialEq)]
pub enum Problem {
    /// Too many lookups of the last 24 hours found no fresh data: the rate, and why.
    HitRate(f64, Cause),
    /// The oldest data is that old.
    OldData(Duration),
    /// The oldest data that only the catalogue has is that old.
    OldCatalog(Duration),
    /// No source can be asked.
    NoSource,
    /// This many requests were made in the last hour, and all failed.
    AllFailed(u64),
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
        let state = states.iter().find(|s| s.name == name);
        SourceHealth {
            name,
            was_asked: state.is_some(),
            down_until: state.filter(|state| state.is_down(now)).and_then(|state| state.down_until),
            failing_since: state.and_then(|state| state.unreachable_since),
            last_error: state.and_then(|state| state.last_error.clone()),
        }
    };
    let sources: Vec<SourceHealth> = settings.names().map(health).collect();
    let record = state.record(now);
    let mut problems = problems(&record, oldest_known, &sources, now);
    // A catalogue that is kept young is a source that is always up.
    if catalog.as_ref().is_some_and(|catalog| now - catalog.meta.ratings.confirmed() <= PARTIAL_LASTS) {
        problems.retain(|problem| !matches!(problem, Problem::NoSource | Problem::AllFailed(_)));
    }
    let age = oldest_partial.map(|then| now - then).filter(|age| *age > PARTIAL_LASTS);
    problems.extend(age.map(Problem::OldCatalog));
    Ok(Health { titles, oldest_cached_at, record, sources, catalog, problems })
}

fn problems(record: &Record, oldest: Option<UtcDateTime>, sources: &[SourceHealth], now: UtcDateTime) -> Vec<Problem> {
    let lookups = record.lookups_last_day;
    let rate = lookups.hit_rate().filter(|rate| lookups.all >= ENOUGH_LOOKUPS && *rate < WANTED_HIT_RATE);
    let cause = match record.last_refresh_at {
        Some(then) if now - then <= REFRESHES_EVERY && record.failed_last_day > 0 => Cause::SourcesFailed,
        Some(then) if now - then <= REFRESHES_EVERY => Cause::LeftOut,
        _ => Cause::NotRefreshed,
    };
    let age = oldest.map(|then| now - then).filter(|age| *age > TOO_OLD);
    let are_all_down = !sources.is_empty() && sources.iter().all(|source| source.down_until.is_some());
    let failed = record.failed_last_hour;
    let have_all_failed = failed >= ENOUGH_FAILURES && failed == record.requests_last_hour && !are_all_down;
    let found = [
        are_all_down.then_some(Problem::NoSource),
        have_all_failed.then_some(Problem::AllFailed(failed)),
        age.map(Problem::OldData),
        rate.map(|rate| Problem::HitRate(rate, cause)),
    ];
    found.into_iter().flatten().collect()
}
