//! The health of the cache.

use serde::Serialize;

use super::Timestamp;
use super::catalog::CatalogView;
use crate::cache::health::{Cause, Health, Problem, SourceHealth, Titles};
use crate::catalog::DOWNLOAD_SIZE;
use crate::model::health::Lookups;
use crate::posters::store::Stats;
use crate::user_error::UserError;

/// The document of `cache stats`.
#[derive(Clone, Debug, Serialize)]
pub struct HealthView<'a> {
    pub database: String,
    pub titles: Titles,
    /// Fresh titles in those that were looked up, 0 to 1.
    pub hit_rate: HitRate,
    pub api_requests: Requests,
    pub board_ms: BoardTimes,
    pub oldest_cached_at: Option<Timestamp>,
    pub last_refresh_at: Option<Timestamp>,
    pub last_error: Option<&'a str>,
    pub sources: Vec<SourceView<'a>>,
    pub posters: Stats,
    /// The local catalogue; null: there is none.
    pub catalog: Option<CatalogView>,
    pub healthy: bool,
    pub problems: Vec<String>,
    #[serde(skip)]
    pub lookups_last_day: u64,
    #[serde(skip)]
    pub last_error_at: Option<Timestamp>,
}

/// Hit rates, 0 to 1.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct HitRate {
    pub last_24h: Option<f64>,
    pub all: Option<f64>,
}

/// Numbers of requests.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Requests {
    pub last_24h: u64,
    pub failed_last_24h: u64,
    pub all: u64,
}

/// Times in milliseconds.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct BoardTimes {
    pub count: usize,
    /// Half of them took at most this.
    pub median: Option<f64>,
    /// 95 in 100 took at most this.
    pub p95: Option<f64>,
    pub max: Option<f64>,
}

/// A source and its state.
#[derive(Clone, Debug, Serialize)]
pub struct SourceView<'a> {
    pub name: &'static str,
    /// `up`, `down` or `unused`.
    pub state: &'static str,
    /// The time until which it is not asked by itself.
    pub down_until: Option<Timestamp>,
    pub last_error: Option<&'a str>,
}

impl<'a> From<&'a SourceHealth> for SourceView<'a> {
    fn from(source: &'a SourceHealth) -> Self {
        let state = match source.down_until {
            Some(_) => "down",
            None if source.was_asked => "up",
            None => "unused",
        };
        let down_until = source.down_until.map(Timestamp);
        Self { name: source.name, state, down_until, last_error: source.last_error.as_deref() }
    }
}

impl<'a> From<&'a Health> for HealthView<'a> {
    fn from(health: &'a Health) -> Self {
        let record = &health.record;
        let rate = |lookups: Lookups| lookups.hit_rate().map(|rate| (rate * 10_000.0).round() / 10_000.0);
        let millis = |share: f64| record.board_percentile(share).map(|micros| (micros as f64 / 100.0).round() / 10.0);
        Self {
            database: String::new(),
            titles: health.titles,
            hit_rate: HitRate { last_24h: rate(record.lookups_last_day), all: rate(record.lookups) },
            api_requests: Requests {
                last_24h: record.requests_last_day,
                failed_last_24h: record.failed_last_day,
                all: record.requests,
            },
            board_ms: BoardTimes {
                count: record.board_micros.len(),
                median: millis(0.5),
                p95: millis(0.95),
                max: millis(1.0),
            },
            oldest_cached_at: health.oldest_cached_at.map(Timestamp),
            last_refresh_at: record.last_refresh_at.map(Timestamp),
            last_error: record.last_error.as_ref().map(|(_, error)| error.as_str()),
            sources: health.sources.iter().map(SourceView::from).collect(),
            posters: Stats::default(),
            catalog: health.catalog.as_ref().map(|status| CatalogView::of(Some(status), &status.path)),
            healthy: health.problems.is_empty(),
            problems: health.problems.iter().map(|problem| in_words(problem).to_string()).collect(),
            lookups_last_day: record.lookups_last_day.all,
            last_error_at: record.last_error.as_ref().map(|(at, _)| Timestamp(*at)),
        }
    }
}

/// A problem, with what to do about it.
pub fn in_words(problem: &Problem) -> UserError {
    match problem {
        Problem::HitRate(rate, cause) => {
            let percent = (rate * 100.0).floor();
            let remedy = match cause {
                Cause::NotRefreshed => "run movienight cache refresh every few hours, from cron",
                Cause::SourcesFailed => "sources failed (see the last error); the next refresh catches up",
                Cause::LeftOut => "refreshes run, but not for all titles: raise --limit, or leave it out",
            };
            UserError::new(format!("only {percent:.0} % of the lookups of the last 24 hours found fresh data"))
                .hint(remedy)
        }
        Problem::AllFailed(requests) => UserError::new(format!("all {requests} requests of the last hour failed"))
            .hint("see the last error, and check the network and MOVIENIGHT_SOURCES"),
        Problem::OldData(age) => UserError::new(format!("the oldest data is {} hours old", age.whole_hours()))
            .hint("run movienight cache refresh to see why"),
        Problem::OldCatalog(age) => UserError::new(format!("data from the catalogue is {} days old", age.whole_days()))
            .hint("run movienight cache refresh every day from cron"),
        Problem::NoSource => UserError::new("no source can be reached").hint(format!(
            "check the network, then run movienight cache refresh; movienight catalog update ({DOWNLOAD_SIZE}) does without them"
        )),
    }
}
