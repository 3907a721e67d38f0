//! The 24-hour rule, on both sides of its edges.

use movienight::cache::freshness::{CLAIM_LASTS, FRESH_FOR, REFRESH_FROM, freshness, is_due, is_worth_a_try};
use movienight::model::{CacheEntry, Freshness, ImdbId, Proposal, ProposalNumber};
use time::macros::utc_datetime;
use time::{Duration, UtcDateTime};

const NOW: UtcDateTime = utc_datetime!(2026-11-22 20:00:00);
const SECOND: Duration = Duration::SECOND;

fn cached(age: Duration) -> Proposal {
    Proposal {
        imdb_id: ImdbId::parse("tt0111161"),
        cache: CacheEntry { cached_at: Some(NOW - age), ..CacheEntry::default() },
        ..Proposal::new(ProposalNumber(1), NOW)
    }
}

#[test]
fn data_is_fresh_for_24_hours_and_due_from_16_hours_on() {
    for (age, expected, is_selected) in [
        (Duration::ZERO, Freshness::Fresh, false),
        (REFRESH_FROM - SECOND, Freshness::Fresh, false),
        (REFRESH_FROM, Freshness::Fresh, true),
        (FRESH_FOR - SECOND, Freshness::Fresh, true),
        (FRESH_FOR, Freshness::Stale, true),
        (FRESH_FOR + SECOND, Freshness::Stale, true),
        // The clock was set back by an hour, which is no reason to fetch everything again.
        (-Duration::HOUR, Freshness::Fresh, false),
        // Stamped by a clock a year ahead: it must not stay fresh for a year.
        (-Duration::days(365), Freshness::Stale, true),
    ] {
        assert_eq!(freshness(&cached(age), NOW), expected, "{age}");
        assert_eq!(is_due(&cached(age).cache, NOW), is_selected, "{age}");
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
fn the_retry_pause_doubles_up_to_six_hours() {
    for (failures, minutes) in [(1, 2), (2, 4), (3, 8), (8, 256), (9, 360), (1_000_000, 360)] {
        let failed = |ago| CacheEntry { failures, attempted_at: Some(NOW - ago), ..CacheEntry::default() };
        let wait = Duration::minutes(minutes);
        assert!(!is_worth_a_try(&failed(wait - SECOND), NOW), "{failures}");
        assert!(is_worth_a_try(&failed(wait), NOW), "{failures}");
    }
}

#[test]
fn a_claim_expires_by_itself() {
    let claimed = |until| CacheEntry { claimed_until: Some(until), ..CacheEntry::default() };
    assert!(!is_worth_a_try(&claimed(NOW + SECOND), NOW));
    assert!(is_worth_a_try(&claimed(NOW), NOW));
    // Claimed after this process had read the clock, and before it could write.
    assert!(!is_worth_a_try(&claimed(NOW + CLAIM_LASTS + SECOND), NOW));
    // Claimed before the clock was set back by more than a claim lasts.
    assert!(is_worth_a_try(&claimed(NOW + Duration::HOUR), NOW));
}
