//! The health of the cache, as text.

use time::UtcDateTime;

use super::{Screen, Tone};
use crate::cache::health::{Health, HitRateCause, Problem, SourceHealth, Titles, WANTED_HIT_RATE};
use crate::catalog::DOWNLOAD_SIZE;
use crate::model::health::{Lookups, Record};
use crate::posters::store::PosterStats;
use crate::user_error::UserError;
use crate::view::format::{ago, clock, count, thousands};

/// Renders the problems with their remedies, then all numbers, one per line.
pub fn health(health: &Health, database: &str, pictures: &PosterStats, now: UtcDateTime, screen: Screen<'_>) -> String {
    let record = &health.record;
    let mut out = String::new();
    let mut line = |name: &str, tone: Tone, what: &str| out += &screen.fact(name, what, tone);
    if health.problems.is_empty() {
        line("Health", Tone::Good, "all is well");
    }
    for (at, problem) in health.problems.iter().enumerate() {
        line(if at == 0 { "Health" } else { "" }, Tone::Bad, &in_words(problem).to_string());
    }
    line("Database", Tone::Plain, database);
    line("Titles", Tone::Plain, &titles(health.titles));
    line("Hit rate", Tone::Plain, &hit_rate(record));
    line("Requests", Tone::Plain, &requests(record));
    line("Board", Tone::Plain, &board_times(record));
    let oldest = health.oldest_cached_at.map_or("no data yet".into(), |then| format!("data from {}", ago(then, now)));
    line("Oldest", Tone::Plain, &oldest);
    let refreshed = record.last_refresh_at.map_or("never".into(), |then| ago(then, now));
    line("Last refresh", Tone::Plain, &refreshed);
    for (at, source) in health.sources.iter().enumerate() {
        let (tone, words) = state(source, screen);
        line(if at == 0 { "Sources" } else { "" }, tone, &format!("{} {words}", source.state.name));
    }
    line("Catalogue", Tone::Plain, &catalogue(health, now));
    line("Posters", Tone::Plain, &posters(pictures));
    let error = record.last_error.as_ref().map(|(then, error)| format!("{}: {error}", ago(*then, now)));
    line("Last error", Tone::Plain, error.as_deref().unwrap_or("none"));
    out
}

fn catalogue(health: &Health, now: UtcDateTime) -> String {
    match &health.catalog {
        Some(status) => super::catalog::age(status, now),
        None => format!("none; movienight catalog update builds one ({DOWNLOAD_SIZE} to download)"),
    }
}

fn titles(titles: Titles) -> String {
    let parts =
        [(titles.fresh, "fresh"), (titles.stale, "stale"), (titles.missing, "missing"), (titles.unknown, "unknown")];
    let parts: Vec<String> =
        parts.iter().map(|(number, word)| format!("{} {word}", thousands(*number as u64))).collect();
    format!("{} on the board: {}", thousands(titles.total as u64), parts.join(", "))
}

fn hit_rate(record: &Record) -> String {
    if record.lookups.all == 0 {
        return "no lookups yet".to_owned();
    }
    // Rounds down, so that 94.9 % does not look like the target of 95 %.
    let percent = |lookups: Lookups| {
        lookups.hit_rate().map_or("–".to_owned(), |rate| format!("{:.0} %", (rate * 100.0).floor()))
    };
    format!(
        "{} of {} in 24 h (target {:.0} %), {} overall",
        percent(record.lookups_last_day),
        count(record.lookups_last_day.all as usize, "lookup", "lookups"),
        WANTED_HIT_RATE * 100.0,
        percent(record.lookups)
    )
}

fn requests(record: &Record) -> String {
    let failed = match record.failed_last_day {
        0 => "none failed".to_owned(),
        n => format!("{} failed", thousands(n)),
    };
    let (last_day, all) = (thousands(record.requests_last_day), thousands(record.requests));
    format!("{last_day} in the last 24 hours, {failed}; {all} in all")
}

fn board_times(record: &Record) -> String {
    let millis = |share: f64| record.board_percentile(share).map(|micros| micros as f64 / 1000.0);
    match (millis(0.5), millis(0.95), millis(1.0)) {
        (Some(median), Some(p95), Some(max)) => {
            let views = count(record.board_micros.len(), "view", "views");
            format!("median {median:.1} ms, p95 {p95:.1} ms, max {max:.1} ms ({views})")
        }
        _ => "no views on this machine yet".to_owned(),
    }
}

fn posters(posters: &PosterStats) -> String {
    let kept = match posters.pictures {
        _ if !cfg!(feature = "pictures") => "not part of this build".to_owned(),
        0 => "none yet".to_owned(),
        pictures => {
            format!("{}, {} KiB", count(pictures, "picture", "pictures"), thousands(posters.bytes.div_ceil(1024)))
        }
    };
    match &posters.last_error {
        Some(why) => {
            format!("{kept}; {} failed, not retried yet; last error: {why}", thousands(posters.failures as u64))
        }
        None => kept,
    }
}

fn state(SourceHealth { was_asked, state }: &SourceHealth, screen: Screen<'_>) -> (Tone, String) {
    let error = state.last_error.as_ref().map(|error| format!(": {error}")).unwrap_or_default();
    match state.down_until {
        Some(until) => (Tone::Bad, format!("down until {}{error}", clock(until, screen.zone))),
        None if !was_asked => (Tone::Plain, "not asked yet".to_owned()),
        None if error.is_empty() => (Tone::Good, "up".to_owned()),
        None => (Tone::Warn, format!("up, last request failed{error}")),
    }
}

/// Explains a problem, with the next step.
pub fn in_words(problem: &Problem) -> UserError {
    match problem {
        Problem::NoSource => UserError::new("no source delivers data").hint(format!(
            "check the network and the last error, then run movienight cache refresh; an up-to-date catalogue works \
             offline: movienight catalog update ({DOWNLOAD_SIZE})"
        )),
        Problem::AllFailed(requests) => UserError::new(format!("all {requests} requests of the last hour failed"))
            .hint("see the last error, and check the network and MOVIENIGHT_SOURCES"),
        Problem::OldData(age) => UserError::new(format!("the oldest data is {} hours old", age.whole_hours()))
            .hint("run movienight cache refresh to see why"),
        Problem::HitRate(rate, cause) => {
            let percent = (rate * 100.0).floor();
            let error = format!("only {percent:.0} % of the lookups of the last 24 hours found fresh data");
            UserError::new(error).hint(match cause {
                HitRateCause::NotRefreshed => "run movienight cache refresh every few hours, from cron",
                HitRateCause::SourcesFailed => "sources failed (see the last error); the next refresh catches up",
                HitRateCause::LeftOut => "run movienight cache refresh; if cron runs it with --limit, leave that out",
                HitRateCause::CaughtUp => {
                    "all titles are fresh now; to keep them so, run movienight cache refresh every few hours, from cron"
                }
            })
        }
        Problem::OldCatalog(age) => UserError::new(format!("data from the catalogue is {} days old", age.whole_days()))
            .hint("run movienight cache refresh to see why, and every day from cron"),
    }
}
