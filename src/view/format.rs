//! Formats numbers, times and lists as words.

use time::{Duration, UtcDateTime};

use crate::env::Zone;

/// Formats a number of things: `1 movie`, `3 movies`, `9,742 movies`.
pub fn count(number: usize, one: &str, many: &str) -> String {
    format!("{} {}", thousands(number as u64), if number == 1 { one } else { many })
}

/// Formats votes, and noes if there are any: `3 votes`, `5 votes and 1 no`.
pub fn votes_and_noes(votes: usize, noes: usize) -> String {
    with_noes(votes, "and", noes)
}

/// Formats votes, and noes if there are any, with a word between them: `5 votes minus 1 no`.
pub fn with_noes(votes: usize, joined_by: &str, noes: usize) -> String {
    let votes = count(votes, "vote", "votes");
    if noes == 0 { votes } else { format!("{votes} {joined_by} {}", count(noes, "no", "noes")) }
}

/// Formats a number with commas between groups of three digits.
pub fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let groups: Vec<_> = digits.as_bytes().rchunks(3).rev().map(String::from_utf8_lossy).collect();
    groups.join(",")
}

/// Abbreviates a large number: `950`, `12K`, `3.1M`.
pub fn compact(number: u64) -> String {
    match number {
        0..1_000 => number.to_string(),
        1_000..999_500 => format!("{}K", (number + 500) / 1_000),
        _ => {
            let tenths = number.saturating_add(50_000) / 100_000;
            match tenths % 10 {
                0 => format!("{}M", tenths / 10),
                tenth => format!("{}.{tenth}M", tenths / 10),
            }
        }
    }
}

/// Formats a running time: `2h 55m`, `47m`.
pub fn runtime(minutes: u32) -> String {
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes}m"),
        (hours, minutes) => format!("{hours}h {minutes}m"),
    }
}

/// Formats a time in the past: `3 hours ago`. From two days on, it counts days.
pub fn ago(then: UtcDateTime, now: UtcDateTime) -> String {
    let span = now - then;
    let (number, unit) = match span {
        s if s < Duration::MINUTE => return "just now".into(),
        s if s < Duration::HOUR => (s.whole_minutes(), "minute"),
        s if s < Duration::DAY * 2 => (s.whole_hours(), "hour"),
        s => (s.whole_days(), "day"),
    };
    format!("{number} {unit}{} ago", if number == 1 { "" } else { "s" })
}

/// Formats the local date, by the UTC offset of that time of the year: `2026-11-22`.
pub fn date(moment: UtcDateTime, zone: &Zone) -> String {
    zone.local(moment).date().to_string()
}

/// Returns the everyday word for a kind of title. A kind that is not listed stays as it is.
pub fn kind(kind: &str) -> &str {
    match kind {
        "tvSeries" => "series",
        "tvMiniSeries" => "mini-series",
        "tvMovie" => "TV movie",
        "tvSpecial" => "TV special",
        "tvShort" => "TV short",
        "tvEpisode" => "episode",
        "videoGame" => "game",
        "musicVideo" => "music video",
        "podcastSeries" => "podcast",
        other => other,
    }
}

/// Formats the local time of day, by the UTC offset of that time of the year: `21:15`.
pub fn clock(moment: UtcDateTime, zone: &Zone) -> String {
    let local = zone.local(moment);
    format!("{:02}:{:02}", local.hour(), local.minute())
}

/// Formats the local time of day, with the date unless it is today.
pub fn clock_or_date(moment: UtcDateTime, now: UtcDateTime, zone: &Zone) -> String {
    let (day, time) = (date(moment, zone), clock(moment, zone));
    if day == date(now, zone) { time } else { format!("{day} {time}") }
}

/// Joins names: `Ana`, `Ana and Ben`, `Ana, Ben and Cleo`.
pub fn and<S: AsRef<str>>(names: &[S]) -> String {
    let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
    match &names[..] {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}
