//! The rules of the cache: the 24 hours, and when a failed fetch is retried.

use time::{Duration, UtcDateTime};

use crate::model::{CacheEntry, Freshness, ImdbId, Proposal};
use crate::sources::DOWN_FOR;

/// The age below which data is fresh.
pub const FRESH_FOR: Duration = Duration::hours(24);
/// The age from which a refresh takes data, so that cron keeps it from turning stale: data that one run of a six-hour
/// cron fetched is 17:59 hours old at the third run after it. Any limit between 12 and 18 hours would refresh it there.
/// This one leaves two hours for jitter and slow servers.
pub const REFRESH_FROM: Duration = Duration::hours(16);
/// The age from which the catalogue's ratings are updated, so that a daily run that is a little early takes them, too.
pub const RATINGS_DUE: Duration = Duration::hours(20);
/// The age below which data that only the local catalogue has is good enough: its ratings come with a daily download,
/// and a machine may be off for a week.
pub const PARTIAL_LASTS: Duration = Duration::days(8);
/// The base of the pause before a title is retried. It doubles with each failure in a row: two minutes after the first.
const BASE_BACK_OFF: Duration = Duration::minutes(1);
/// The longest pause before a title is retried.
const MAX_BACK_OFF: Duration = Duration::hours(6);
/// The duration of a claim, which is longer than a round of fetches may take.
pub const CLAIM_LASTS: Duration = Duration::seconds(60);

/// Returns the freshness of a proposal's cached data at `now`.
pub fn freshness(proposal: &Proposal, now: UtcDateTime) -> Freshness {
    match proposal.imdb_id {
        Some(_) => freshness_of(&proposal.cache, now),
        None => Freshness::None,
    }
}

/// Returns the freshness of a title's cached data at `now`.
pub fn freshness_of(cache: &CacheEntry, now: UtcDateTime) -> Freshness {
    if is_recent(cache.cached_at, now, FRESH_FOR) {
        Freshness::Fresh
    } else if cache.cached_at.is_some() {
        Freshness::Stale
    } else if is_recent(cache.unknown_at, now, FRESH_FOR) {
        Freshness::Unknown
    } else {
        Freshness::Missing
    }
}

/// Returns true if a title is due for a refresh: its data is missing, old enough or partial, the last fetch failed, or
/// the data is from a source that stood in for a better one.
pub fn is_due(cache: &CacheEntry, now: UtcDateTime) -> bool {
    cache.is_partial() || cache.failures > 0 || !is_recent(cache.cached_at, now, REFRESH_FROM)
}

/// Returns true if a refresh takes a title at `now`. A refresh by hand also takes titles that failed a moment ago.
pub fn is_selected(entry: &CacheEntry, by_hand: bool, now: UtcDateTime) -> bool {
    let is_known = freshness_of(entry, now) != Freshness::Unknown;
    is_known && is_due(entry, now) && (by_hand || is_worth_a_try(entry, now))
}

/// Sorts titles in the order in which a refresh takes them: missing ones, then those with the oldest data.
pub fn in_order<'e>(entries: impl Iterator<Item = (ImdbId, &'e CacheEntry)>) -> Vec<ImdbId> {
    let mut entries: Vec<_> = entries.map(|(id, entry)| (id, entry.cached_at)).collect();
    // No data sorts before all data, and the sort is stable, so that older proposals stay first.
    entries.sort_by_key(|(_, cached_at)| *cached_at);
    entries.into_iter().map(|(id, _)| id).collect()
}

/// Returns true if the data is the catalogue's and recent enough, although the web sources have nothing newer.
pub fn is_tolerably_partial(cache: &CacheEntry, now: UtcDateTime) -> bool {
    cache.is_partial() && is_recent(cache.cached_at, now, PARTIAL_LASTS)
}

/// Returns true if a title may be fetched at `now` without a person naming it: nobody else is fetching it, it did not
/// fail a moment ago, and it was not found to be unknown within the last 24 hours.
pub fn is_worth_a_try(cache: &CacheEntry, now: UtcDateTime) -> bool {
    let is_claimed = cache.is_claimed(now, CLAIM_LASTS);
    // With usable data, a retry waits at least as long as for a source that is down.
    let least = if is_recent(cache.cached_at, now, REFRESH_FROM) { DOWN_FOR } else { Duration::ZERO };
    let in_back_off = cache.failures > 0 && is_recent(cache.attempted_at, now, back_off(cache.failures).max(least));
    !is_claimed && !in_back_off && !is_recent(cache.unknown_at, now, FRESH_FOR)
}

/// Returns the pause before a title is retried after this many failures in a row.
fn back_off(failures: u32) -> Duration {
    let doubled = BASE_BACK_OFF * 2i32.pow(failures.min(16));
    doubled.min(MAX_BACK_OFF)
}

/// Returns true if a time is less than `span` before `now`, or less than that ahead, because the clock may have been
/// set back a little. A time further ahead came from a wrong clock.
fn is_recent(then: Option<UtcDateTime>, now: UtcDateTime, span: Duration) -> bool {
    then.is_some_and(|then| (now - then).abs() < span)
}
