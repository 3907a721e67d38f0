//! The health of the cache, for a person.

use time::UtcDateTime;

use super::Screen;
use super::facts::fact;
use super::style::Tone;
use crate::cache::health::WANTED_HIT_RATE;
use crate::catalog::DOWNLOAD_SIZE;
use crate::posters::store::Stats;
use crate::view::format::{ago, clock, count, thousands};
use crate::view::health::{HealthView, SourceView};

/// Cells of the column of names.
const LABEL_WIDTH: usize = 11;

/// All numbers, one to a line, and what to do.
pub fn health(view: &HealthView<'_>, now: UtcDateTime, screen: Screen<'_>) -> String {
    let mut out = String::new();
    let mut line = |name: &str, tone: Tone, what: &str| out += &fact(name, LABEL_WIDTH, what, tone, screen);
    if view.healthy {
        line("Health", Tone::Good, "all is well");
    }
    for (at, problem) in view.problems.iter().enumerate() {
        line(if at == 0 { "Health" } else { "" }, Tone::Bad, problem);
    }
    line("Database", Tone::Plain, &view.database);
    line("Titles", Tone::Plain, &titles(view));
    line("Hit rate", Tone::Plain, &hit_rate(view));
    line("Requests", Tone::Plain, &requests(view));
    line("Board", Tone::Plain, &board_times(view));
    let oldest = view.oldest_cached_at.map_or("no data yet".into(), |then| format!("data of {}", ago(then.0, now)));
    line("Oldest", Tone::Plain, &oldest);
    let refreshed = view.last_refresh_at.map_or("never".into(), |then| ago(then.0, now));
    line("Refreshed", Tone::Plain, &refreshed);
    for (at, source) in view.sources.iter().enumerate() {
        let (tone, state) = state(source, screen);
        line(if at == 0 { "Sources" } else { "" }, tone, &format!("{} {state}", source.name));
    }
    line("Catalogue", Tone::Plain, &catalogue(view, now));
    line("Posters", Tone::Plain, &posters(&view.posters));
    let error = view.last_error_at.zip(view.last_error).map(|(then, error)| format!("{}: {error}", ago(then.0, now)));
    line("Last error", Tone::Plain, error.as_deref().unwrap_or("none"));
    out
}

fn catalogue(view: &HealthView<'_>, now: UtcDateTime) -> String {
    match &view.catalog {
        Some(catalog) => super::catalog::age(catalog, now),
        None => format!("none; movienight catalog update builds one ({DOWNLOAD_SIZE} to download)"),
    }
}

fn titles(view: &HealthView<'_>) -> String {
    let titles = view.titles;
    let parts =
        [(titles.fresh, "fresh"), (titles.stale, "stale"), (titles.missing, "missing"), (titles.unknown, "unknown")];
    let parts: Vec<String> =
        parts.iter().map(|(number, word)| format!("{} {word}", thousands(*number as u64))).collect();
    format!("{} on the board: {}", thousands(titles.total as u64), parts.join(", "))
}

fn hit_rate(view: &HealthView<'_>) -> String {
    // Rounded down, so that 94.9 % does not look like the 95 that are wanted.
    let percent = |rate: Option<f64>| rate.map_or("–".to_owned(), |rate| format!("{:.0} %", (rate * 100.0).floor()));
    format!(
        "{} of {} in 24 h (target {:.0} %), {} overall",
        percent(view.hit_rate.last_24h),
        count(view.lookups_last_day as usize, "lookup", "lookups"),
        WANTED_HIT_RATE * 100.0,
        percent(view.hit_rate.all)
    )
}

fn requests(view: &HealthView<'_>) -> String {
    let requests = view.api_requests;
    let failed = match requests.failed_last_24h {
        0 => "none failed".to_owned(),
        n => format!("{} failed", thousands(n)),
    };
    format!("{} in the last 24 hours, {failed}; {} in all", thousands(requests.last_24h), thousands(requests.all))
}

fn board_times(view: &HealthView<'_>) -> String {
    let times = view.board_ms;
    match (times.median, times.p95, times.max) {
        (Some(median), Some(p95), Some(max)) => {
            let views = count(times.count, "view", "views");
            format!("median {median:.1} ms, p95 {p95:.1} ms, max {max:.1} ms ({views})")
        }
        _ => "no views on this machine yet".to_owned(),
    }
}

fn posters(posters: &Stats) -> String {
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

fn state(source: &SourceView<'_>, screen: Screen<'_>) -> (Tone, String) {
    let error = source.last_error.map(|error| format!(": {error}")).unwrap_or_default();
    match (source.state, source.down_until) {
        ("unused", _) => (Tone::Plain, "not asked yet".to_owned()),
        (_, Some(until)) => (Tone::Bad, format!("down until {}{error}", clock(until.0, screen.zone))),
        _ if error.is_empty() => (Tone::Good, "up".to_owned()),
        _ => (Tone::Warn, format!("up, last request failed{error}")),
    }
}
