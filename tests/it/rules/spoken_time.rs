//! Times, days and years as people write them.

use movienight::model::spoken_time::{Day, parse_minutes, parse_time_of_day, parse_years};
use proptest::prelude::*;
use time::macros::{date, time};

#[test]
fn times_of_day_are_parsed_as_people_write_them() {
    for (text, expected) in [
        ("20:30", Some(time!(20:30))),
        ("8:30pm", Some(time!(20:30))),
        ("8pm", Some(time!(20:00))),
        ("12am", Some(time!(0:00))),
        ("12:15 pm", Some(time!(12:15))),
        ("23", Some(time!(23:00))),
        ("23h", Some(time!(23:00))),
        ("20h15", Some(time!(20:15))),
        ("24:00", None),
        ("8:60", None),
        ("13pm", None),
        ("0pm", None),
        ("-1", None),
        ("", None),
        ("20:30:00", None),
        ("half past eight", None),
    ] {
        assert_eq!(parse_time_of_day(text), expected, "{text}");
    }
}

#[test]
fn running_times_are_parsed_as_people_write_them() {
    for (text, expected) in [
        ("2h10m", Some(130)),
        ("2h 10min", Some(130)),
        ("2h", Some(120)),
        ("130m", Some(130)),
        ("130", Some(130)),
        ("2:10", Some(130)),
        ("2h10", Some(130)),
        ("2h70", None),
        ("2", None),
        ("0", None),
        ("", None),
        ("h", None),
        ("2x", None),
        ("-5", None),
        ("99999999999h", None),
    ] {
        assert_eq!(parse_minutes(text), expected, "{text}");
    }
}

#[test]
fn days_are_parsed_as_people_write_them() {
    let today = date!(2026 - 11 - 22);
    let day = |text: &str| Day::parse(text).map(|day| day.date(today));
    assert_eq!(day("yesterday"), Some(date!(2026 - 11 - 21)));
    assert_eq!(day("Today"), Some(today));
    assert_eq!(day("2026-02-03"), Some(date!(2026 - 02 - 03)));
    for wrong in ["2026-02-30", "2026-13-01", "26-02-03", "03.02.2026", "", "tomorrow"] {
        assert_eq!(day(wrong), None, "{wrong}");
    }
}

#[test]
fn years_are_parsed_as_people_write_them() {
    assert_eq!(parse_years("1990-1999"), Some(1990..=1999));
    assert_eq!(parse_years("1990"), Some(1990..=1990));
    assert_eq!(parse_years("1990-"), Some(1990..=u16::MAX));
    assert_eq!(parse_years("–1999"), Some(0..=1999));
    for wrong in ["", "-", "90", "1999-1990", "1990-1999-2000", "199x"] {
        assert_eq!(parse_years(wrong), None, "{wrong}");
    }
}

proptest! {
    #[test]
    fn parsing_never_panics(text in any::<String>()) {
        let _ = (parse_time_of_day(&text), parse_minutes(&text), Day::parse(&text));
    }
}
