//! Local time in the nights when clocks change.

use std::sync::atomic::Ordering;

use movienight::env::Zone;
use time::macros::datetime;
use time::{PrimitiveDateTime, UtcOffset};

use crate::support::Friends;
use crate::voting::evening::{friends, library};

/// Sets Central European Time: an hour ahead of UTC, and two from 29 March to 25 October 2026, at 01:00 UTC each.
fn with_summer_time(friends: &mut Friends) {
    friends.zone = Zone::from_fn(|moment| {
        let summer = datetime!(2026-03-29 01:00)..datetime!(2026-10-25 01:00);
        let hours = if summer.contains(&PrimitiveDateTime::new(moment.date(), moment.time())) { 2 } else { 1 };
        UtcOffset::from_hms(hours, 0, 0).unwrap()
    });
}

fn set_clock(friends: &Friends, moment: PrimitiveDateTime) {
    friends.clock.store(moment.assume_utc().unix_timestamp(), Ordering::SeqCst);
}

#[test]
fn an_evening_keeps_its_day_when_the_clocks_have_changed() {
    let server = library();
    let mut friends = friends(&server);
    with_summer_time(&mut friends);
    // Half past midnight on 2 July, in summer time: the evening of 1 July.
    set_clock(&friends, datetime!(2026-07-01 22:30));
    friends.run("watched one").ok();
    friends.run("watched two --on 2026-06-30").ok();
    let summer = friends.run("history").ok().out;
    assert!(summer.contains("2026-07-01  One") && summer.contains("2026-06-30  Two"), "{summer}");
    set_clock(&friends, datetime!(2026-12-24 20:00));
    assert_eq!(friends.run("history").ok().out, summer);
}

#[test]
fn end_times_are_local_on_the_night_when_the_clocks_change() {
    let server = library();
    let mut friends = friends(&server);
    with_summer_time(&mut friends);
    // 02:30 in summer time; half an hour later it is 02:00 again.
    set_clock(&friends, datetime!(2026-10-25 00:30));
    let minutes = friends.run("show one --json").json()["runtime_minutes"].as_i64().unwrap();
    assert_eq!(minutes, 100);
    let out = friends.run("vote --by 04:00").ok().out;
    assert!(out.contains("03:10"), "{out}");
    // In March an hour is skipped: at 01:30 it is 90 minutes to 04:00, not 150.
    set_clock(&friends, datetime!(2026-03-29 00:30));
    let out = friends.run("vote --by 04:00").ok().out;
    assert!(out.contains("04:10"), "{out}");
}
