//! The numbers that say whether the cache is healthy.

use time::UtcDateTime;

/// Titles that were looked up, and how many of them were fresh.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lookups {
    /// Fresh, stale and missing ones.
    pub all: u64,
    /// Fresh ones.
    pub fresh: u64,
}

impl Lookups {
    /// Adds those of one view.
    pub fn add(&mut self, fresh: u64, all: u64) {
        self.fresh += fresh;
        self.all += all;
    }

    /// The share of fresh ones in all, 0 to 1. `None` if nothing was looked up.
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
    /// The times that the board took, in microseconds, shortest first.
    pub board_micros: Vec<u64>,
    /// Requests of the last 24 hours.
    pub requests_last_day: u64,
    /// Those of them that failed.
    pub failed_last_day: u64,
    /// Requests of the last hour.
    pub requests_last_hour: u64,
    /// Those of them that failed.
    pub failed_last_hour: u64,
    /// Requests of all recorded time.
    pub requests: u64,
    /// The end of the last refresh.
    pub last_refresh_at: Option<UtcDateTime>,
    /// The last request that failed: its time, and why.
    pub last_error: Option<(UtcDateTime, String)>,
}

impl Record {
    /// The time, in microseconds, within which that share (0 to 1) of the boards was shown.
    pub fn board_percentile(&self, share: f64) -> Option<u64> {
        // The nearest rank: a value that was really measured.
        let rank = (self.board_micros.len() as f64 * share).ceil() as usize;
        self.board_micros.get(rank.saturating_sub(1)).copied()
    }
}
