//! The rules of the cache: the 24 hours, and when a failed fetch is tried again.

use time::{Duration, UtcDateTime};

use crate::model::{CacheEntry, Freshness, ImdbId, Proposal};
use crate::sources::DOWN_FOR;

/// Data younger than this is fresh.
pub const FRESH_FOR: Duration = Duration::hours(24);
/// A refresh takes data from this age on, so that what cron keeps is never stale: data that one run of a six-hour cron
/// fetched is 17:59 hours old at the third. Any limit between 12 and 18 hours would refresh it there; this one leaves two
/// hours for jitter and slow servers.
pub const REFRESH_FROM: Duration = Duration::hours(16);
/// The catalogue's ratings are brought up to date from this age on: a daily run that is a little early takes them, too.
pub const RATINGS_DUE: Duration = Duration::hours(20);
/// Data that only the local catalogue has stays fresh for longer: new ratings come with a daily download, and a machine
/// may be off for a week.
pub const PARTIAL_LASTS: Duration = Duration::days(8);
/// The pause before a title is tried again is this doubled for each failure in a row …
const FIRST_BACK_OFF: Duration = Duration::minutes(1);
/// … and at most this.
const MAX_BACK_OFF: Duration = Duration::hours(6);
/// A claim outlives the longest that a round of fetches may take.
pub const CLAIM_LASTS: Duration = Duration::seconds(60);

/// The freshness of what the cache holds of a proposal at `now`.
pub fn freshness(proposal: &Proposal, now: UtcDateTime) -> Freshness {
    match proposal.imdb_id {
        Some(_) => freshness_of(&proposal.cache, now),
        None => Freshness::None,
    }
}

/// The freshness of what the cache holds of a title at `now`.
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

/// Returns true for a title that a refresh takes: its data is missing, old enough, partial, or from a source that stood in
/// for a better one.
pub fn is_due(cache: &CacheEntry, now: UtcDateTime) -> bool {
    cache.is_partial() || cache.failures > 0 || !is_recent(cache.cached_at, now, REFRESH_FROM)
}

/// Returns true for a title that a refresh takes at `now`. A refresh by hand also takes one that failed a moment ago.
pub fn is_taken(entry: &CacheEntry, by_hand: bool, now: UtcDateTime) -> bool {
    let is_known = freshness_of(entry, now) != Freshness::Unknown;
    is_known && is_due(entry, now) && (by_hand || is_worth_a_try(entry, now))
}

/// Titles in the order in which a refresh takes them: missing ones, then those with the oldest data.
pub fn in_order<'e>(entries: impl Iterator<Item = (ImdbId, &'e CacheEntry)>) -> Vec<ImdbId> {
    let mut entries: Vec<_> = entries.map(|(id, entry)| (id, entry.cached_at)).collect();
    // No data sorts before all data, and the sort keeps the older proposal first.
    entries.sort_by_key(|(_, cached_at)| *cached_at);
    entries.into_iter().map(|(id, _)| id).collect()
}

/// Data of the catalogue's that is young enough although the web sources have nothing newer.
pub fn is_tolerably_partial(cache: &CacheEntry, now: UtcDateTime) -> bool {
    cache.is_partial() && is_recent(cache.cached_at, now, PARTIAL_LASTS)
}

/// Returns true for a title that may be fetched in the background at `now`: nobody else is fetching it, it did not fail a
/// moment ago, and it was not found to be unknown today.
pub fn is_worth_a_try(cache: &CacheEntry, now: UtcDateTime) -> bool {
    let is_claimed = cache.is_claimed(now, CLAIM_LASTS);
    // Usable data waits as long as the pause of a source that is down.
    let least = if is_recent(cache.cached_at, now, REFRESH_FROM) { DOWN_FOR } else { Duration::ZERO };
    let in_back_off = cache.failures > 0 && is_recent(cache.attempted_at, now, back_off(cache.failures).max(least));
    !is_claimed && !in_back_off && !is_recent(cache.unknown_at, now, FRESH_FOR)
}

/// The pause before a title is tried again after this many failures in a row.
fn back_off(failures: u32) -> Duration {
    let doubled = FIRST_BACK_OFF * 2i32.pow(failures.min(16));
    doubled.min(MAX_BACK_OFF)
}

/// Returns true for a time less than `span` before `now`, or, because the clock may have been set back a little, less than
/// that ahead. A time further ahead came from a wrong clock.
fn is_recent(then: Option<UtcDateTime>, now: UtcDateTime, span: Duration) -> bool {
    then.is_some_and(|then| (now - then).abs() < span)
}
