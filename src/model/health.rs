//! The numbers that say whether the cache is healthy.

use time::UtcDateTime;

/// Titles that were looked up, and how many of them were fresh.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lookups {
    /// Fresh, stale and missing titles.
    pub all: u64,
    /// Fresh titles.
    pub fresh: u64,
}

impl Lookups {
    /// Adds the titles of one view.
    pub fn add(&mut self, fresh: u64, all: u64) {
        self.fresh += fresh;
        self.all += all;
    }

    /// Returns the cache hit rate: the share of fresh titles, 0 to 1. `None` if nothing was looked up.
    pub fn hit_rate(self) -> Option<f64> {
        (self.all > 0).then(|| self.fresh as f64 / self.all as f64)
    }
}

/// The views and requests that this machine has recorded.
#[derive(Clone, Debug, Default)]
pub struct Record {
    /// Lookups of the last 24 hours.
    pub lookups_last_day: Lookups,
    /// Lookups of all recorded time.
    pub lookups: Lookups,
    /// The load times of the board in microseconds, shortest first.
    pub board_micros: Vec<u64>,
    /// Requests of the last 24 hours.
    pub requests_last_day: u64,
    /// Failed requests of the last 24 hours.
    pub failed_last_day: u64,
    /// Requests of the last hour.
    pub requests_last_hour: u64,
    /// Failed requests of the last hour.
    pub failed_last_hour: u64,
    /// Requests of all recorded time.
    pub requests: u64,
    /// The end of the last refresh.
    pub last_refresh_at: Option<UtcDateTime>,
    /// The time and the error of the last request that failed.
    pub last_error: Option<(UtcDateTime, String)>,
}

impl Record {
    /// Returns a percentile of the load times in microseconds, for a share from 0 to 1. `None` if none were recorded.
    pub fn board_percentile(&self, share: f64) -> Option<u64> {
        // The nearest-rank method gives a value that was really measured.
        let rank = (self.board_micros.len() as f64 * share).ceil() as usize;
        self.board_micros.get(rank.saturating_sub(1)).copied()
    }
}
