//! The rules of the cache: the 24 hours, and when a failed fetch is tried again.

use time::{Duration, UtcDateTime};

use crate::model::{CacheEntry, Freshness, Proposal};

/// Data younger than this is fresh.
pub const FRESH_FOR: Duration = Duration::hours(24);
/// The catalogue's ratings are brought up to date from this age on: a daily run that is a little early takes them, too.
pub const RATINGS_DUE: Duration = Duration::hours(20);
/// Data that only the local catalogue has is left alone for longer: new ratings come with a download a day, and a machine
/// may be off for a week.
pub const PARTIAL_LASTS: Duration = Duration::days(8);
/// After one failure a title is left alone for twice as long as this, after two for four times …
const FIRST_BACK_OFF: Duration = Duration::minutes(1);
/// … but never longer than this.
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

/// New data is wanted: what there is is stale or partial, or there is none.
pub fn is_due(cache: &CacheEntry, now: UtcDateTime) -> bool {
    cache.is_partial() || !is_recent(cache.cached_at, now, FRESH_FOR)
}

/// Data of the catalogue's that is young enough although the web sources have nothing newer.
pub fn is_tolerably_partial(cache: &CacheEntry, now: UtcDateTime) -> bool {
    cache.is_partial() && is_recent(cache.cached_at, now, PARTIAL_LASTS)
}

/// A stale or missing title may be fetched at `now` without anyone asking for it: nobody else is fetching it, it did not
/// fail a moment ago, and it was not found to be unknown today.
pub fn is_worth_a_try(cache: &CacheEntry, now: UtcDateTime) -> bool {
    let is_claimed = cache.is_claimed(now, CLAIM_LASTS);
    let in_back_off = cache.failures > 0 && is_recent(cache.attempted_at, now, back_off(cache.failures));
    !is_claimed && !in_back_off && !is_recent(cache.unknown_at, now, FRESH_FOR)
}

/// The time for which a title is left alone after so many failures in a row.
fn back_off(failures: u32) -> Duration {
    let doubled = FIRST_BACK_OFF * 2i32.pow(failures.min(16));
    doubled.min(MAX_BACK_OFF)
}

/// Less than `span` ago. A time less than that ahead was stamped before the clock was set back a little, and counts; one
/// further ahead was stamped by a clock that was wrong, and does not.
fn is_recent(then: Option<UtcDateTime>, now: UtcDateTime, span: Duration) -> bool {
    then.is_some_and(|then| (now - then).abs() < span)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ImdbId, ProposalNumber};
    use time::macros::utc_datetime;

    const NOW: UtcDateTime = utc_datetime!(2026-11-22 20:00:00);
    const SECOND: Duration = Duration::SECOND;

    fn cached(age: Duration) -> Proposal {
        Proposal {
            number: ProposalNumber(1),
            imdb_id: ImdbId::parse("tt0111161"),
            own_title: None,
            note: None,
            proposed_by: 0,
            proposed_at: NOW,
            withdrawn_at: None,
            watched_at: None,
            votes: Vec::new(),
            cache: CacheEntry { cached_at: Some(NOW - age), ..CacheEntry::default() },
        }
    }

    #[test]
    fn data_is_fresh_for_24_hours_and_stale_from_then_on() {
        for (age, expected) in [
            (Duration::ZERO, Freshness::Fresh),
            (FRESH_FOR - SECOND, Freshness::Fresh),
            (FRESH_FOR, Freshness::Stale),
            (FRESH_FOR + SECOND, Freshness::Stale),
            // The clock was set back by an hour: no reason to fetch it all again.
            (-Duration::HOUR, Freshness::Fresh),
            // Stamped by a clock that was a year ahead: not fresh for a year.
            (-Duration::days(365), Freshness::Stale),
        ] {
            assert_eq!(freshness(&cached(age), NOW), expected, "{age}");
            assert_eq!(is_due(&cached(age).cache, NOW), expected == Freshness::Stale, "{age}");
        }
    }

    #[test]
    fn without_data_a_title_is_missing_or_unknown_for_a_day() {
        let mut proposal = cached(Duration::ZERO);
        proposal.cache = CacheEntry::default();
        assert_eq!(freshness(&proposal, NOW), Freshness::Missing);
        proposal.cache.unknown_at = Some(NOW - FRESH_FOR + SECOND);
        assert_eq!(freshness(&proposal, NOW), Freshness::Unknown);
        assert!(!is_worth_a_try(&proposal.cache, NOW));
        proposal.cache.unknown_at = Some(NOW - FRESH_FOR);
        assert_eq!(freshness(&proposal, NOW), Freshness::Missing);
        assert!(is_worth_a_try(&proposal.cache, NOW));
        proposal.imdb_id = None;
        assert_eq!(freshness(&proposal, NOW), Freshness::None);
    }

    #[test]
    fn failures_are_left_alone_for_ever_longer() {
        for (failures, minutes) in [(1, 2), (2, 4), (3, 8), (8, 256), (9, 360), (1_000_000, 360)] {
            let failed = |ago| CacheEntry { failures, attempted_at: Some(NOW - ago), ..CacheEntry::default() };
            let wait = Duration::minutes(minutes);
            assert!(!is_worth_a_try(&failed(wait - SECOND), NOW), "{failures}");
            assert!(is_worth_a_try(&failed(wait), NOW), "{failures}");
        }
    }

    #[test]
    fn a_claim_runs_out_by_itself() {
        let claimed = |until| CacheEntry { claimed_until: Some(until), ..CacheEntry::default() };
        assert!(!is_worth_a_try(&claimed(NOW + SECOND), NOW));
        assert!(is_worth_a_try(&claimed(NOW), NOW));
        // Made before the clock was set back by more than any claim lasts.
        assert!(is_worth_a_try(&claimed(NOW + Duration::HOUR), NOW));
    }
}
