//! The health of the cache, for a person and for scripts.

use serde_json::{Value, json};
use time::{UtcDateTime, UtcOffset};

use super::Screen;
use super::facts::fact;
use super::format::{ago, clock, count, rfc3339, thousands};
use super::style::Tone;
use crate::cache::health::{Health, SourceCondition, WANTED_HIT_RATE};
use crate::model::health::Lookups;

/// Cells of the column of names.
const NAMES: usize = 11;

/// All numbers, one to a line, and what to do.
pub fn text(health: &Health, now: UtcDateTime, offset: UtcOffset, screen: Screen) -> String {
    let record = &health.record;
    let mut out = String::new();
    let mut line = |name: &str, tone: Tone, what: &str| out += &fact(name, NAMES, what, tone, screen);
    line("Titles", Tone::Plain, &titles(health));
    line("Hit rate", Tone::Plain, &hit_rate(record.lookups_last_day, record.lookups));
    line("Requests", Tone::Plain, &requests(health));
    line("Board", Tone::Plain, &board_times(health));
    let oldest = health.oldest_cached_at.map_or("no data yet".into(), |then| format!("data of {}", ago(then, now)));
    line("Oldest", Tone::Plain, &oldest);
    let refreshed = record.last_refresh_at.map_or("never".into(), |then| ago(then, now));
    line("Refreshed", Tone::Plain, &refreshed);
    for (at, source) in health.sources.iter().enumerate() {
        let name = if at == 0 { "Sources" } else { "" };
        let error = source.last_error.as_ref().map(|e| format!(": {e}")).unwrap_or_default();
        let (tone, state) = match source.condition {
            SourceCondition::Up if error.is_empty() => (Tone::Good, "up".to_owned()),
            SourceCondition::Up => (Tone::Warn, format!("up, last time with an error{error}")),
            SourceCondition::Unused => (Tone::Plain, "not asked yet".to_owned()),
            SourceCondition::Down(until) => (Tone::Bad, format!("down until {}{error}", clock(until, offset))),
        };
        line(name, tone, &format!("{} {state}", source.name));
    }
    let error = record.last_error.as_ref().map(|(then, error)| format!("{}: {error}", ago(*then, now)));
    line("Last error", Tone::Plain, error.as_deref().unwrap_or("none"));
    for (at, problem) in health.problems.iter().enumerate() {
        line(if at == 0 { "To do" } else { "" }, Tone::Bad, &problem.to_string());
    }
    if health.problems.is_empty() {
        line("", Tone::Good, "all is well");
    }
    out
}

fn titles(health: &Health) -> String {
    let titles = health.titles;
    let parts =
        [(titles.fresh, "fresh"), (titles.stale, "stale"), (titles.missing, "missing"), (titles.unknown, "unknown")];
    let parts: Vec<String> =
        parts.iter().map(|(number, word)| format!("{} {word}", thousands(*number as u64))).collect();
    format!("{} on the board: {}", thousands(titles.total as u64), parts.join(", "))
}

fn hit_rate(day: Lookups, all: Lookups) -> String {
    // Rounded down, so that 94.9 % does not look like the 95 that are wanted.
    let percent = |l: Lookups| l.hit_rate().map_or("–".to_owned(), |r| format!("{:.0} %", (r * 100.0).floor()));
    format!(
        "{} of the {} in the last 24 hours, {} in all; {:.0} % is the mark",
        percent(day),
        count(day.all as usize, "lookup", "lookups"),
        percent(all),
        WANTED_HIT_RATE * 100.0
    )
}

fn requests(health: &Health) -> String {
    let record = &health.record;
    let failed = match record.failed_last_day {
        0 => "none failed".to_owned(),
        n => format!("{} failed", thousands(n)),
    };
    format!(
        "{} in the last 24 hours, {failed}; {} in all",
        thousands(record.requests_last_day),
        thousands(record.requests)
    )
}

fn board_times(health: &Health) -> String {
    let record = &health.record;
    let time = |share: f64| record.board_percentile(share).map(|micros| format!("{:.1} ms", millis(micros)));
    match (time(0.5), time(0.95), time(1.0)) {
        (Some(median), Some(p95), Some(max)) => {
            let looks = count(record.board_micros.len(), "look", "looks");
            format!("median {median}, 95 % within {p95}, slowest {max}, in {looks}")
        }
        _ => "not looked at yet".to_owned(),
    }
}

fn millis(micros: u64) -> f64 {
    (micros as f64 / 100.0).round() / 10.0
}

/// The document of `cache stats --json`.
pub fn json(health: &Health) -> Value {
    let record = &health.record;
    let titles = health.titles;
    let rate = |lookups: Lookups| lookups.hit_rate().map(|r| (r * 10_000.0).round() / 10_000.0);
    let time = |share: f64| record.board_percentile(share).map(millis);
    let sources = health.sources.iter().map(|source| {
        let (state, down_until) = match source.condition {
            SourceCondition::Up => ("up", None),
            SourceCondition::Unused => ("unused", None),
            SourceCondition::Down(until) => ("down", Some(rfc3339(until))),
        };
        json!({ "name": source.name, "state": state, "down_until": down_until, "last_error": source.last_error })
    });
    json!({
        "titles": {
            "total": titles.total, "fresh": titles.fresh, "stale": titles.stale,
            "missing": titles.missing, "unknown": titles.unknown,
        },
        "hit_rate": { "last_24h": rate(record.lookups_last_day), "all": rate(record.lookups) },
        "api_requests": {
            "last_24h": record.requests_last_day, "failed_last_24h": record.failed_last_day, "all": record.requests,
        },
        "board_ms": {
            "count": record.board_micros.len(), "median": time(0.5), "p95": time(0.95), "max": time(1.0),
        },
        "oldest_cached_at": health.oldest_cached_at.map(rfc3339),
        "last_refresh_at": record.last_refresh_at.map(rfc3339),
        "last_error": record.last_error.as_ref().map(|(_, error)| error),
        "sources": sources.collect::<Vec<_>>(),
        "healthy": health.problems.is_empty(),
        "problems": health.problems.iter().map(ToString::to_string).collect::<Vec<_>>(),
    })
}
