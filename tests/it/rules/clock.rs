//! Local time, and signals.

use std::sync::Arc;

use movienight::env::{Interrupt, Zone};
use time::UtcDateTime;
use time::macros::{datetime, offset, utc_datetime};

/// Returns the zone of Central Europe in 2026: summer time from 29 March, 1:00 UTC, to 25 October, 1:00 UTC.
fn berlin() -> Zone {
    Zone::from_fn(|moment| {
        let summer = utc_datetime!(2026-03-29 01:00)..utc_datetime!(2026-10-25 01:00);
        if summer.contains(&moment) { offset!(+2) } else { offset!(+1) }
    })
}

#[test]
fn all_callers_share_the_signal_flag() {
    let flag = || Interrupt::Signals.run_interruptible(Arc::clone);
    assert!(Arc::ptr_eq(&flag(), &flag()));
}

#[test]
fn local_time_uses_the_offset_of_its_date() {
    let zone = berlin();
    for (wall, moment) in [
        (datetime!(2026-07-02 00:30), utc_datetime!(2026-07-01 22:30)),
        (datetime!(2026-01-02 00:30), utc_datetime!(2026-01-01 23:30)),
        (datetime!(2026-03-29 01:59), utc_datetime!(2026-03-29 00:59)),
        (datetime!(2026-03-29 03:00), utc_datetime!(2026-03-29 01:00)),
        (datetime!(2026-10-25 03:00), utc_datetime!(2026-10-25 02:00)),
        // 02:30 does not exist in that night; the offset from before is used.
        (datetime!(2026-03-29 02:30), utc_datetime!(2026-03-29 01:30)),
        // 02:30 comes twice; the first one is meant.
        (datetime!(2026-10-25 02:30), utc_datetime!(2026-10-25 00:30)),
    ] {
        assert_eq!(zone.to_utc(wall), moment, "{wall}");
    }
    assert_eq!(zone.local(utc_datetime!(2026-07-01 22:30)).date().day(), 2);
    let end = UtcDateTime::MAX;
    assert_eq!(zone.local(end).to_utc(), end);
}
