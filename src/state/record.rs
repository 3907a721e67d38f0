//! The record of looks, requests and refreshes of one board on this machine.

use time::{Duration, UtcDateTime};

use super::{State, log};
use crate::model::health::Record;

/// Older records do not count, and are removed when the file is pruned.
const KEPT_FOR: Duration = Duration::days(30);

/// One load of the board.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BoardLoad {
    /// Titles whose data was fresh.
    pub fresh: u32,
    /// Titles whose data was stale.
    pub stale: u32,
    /// Titles without data.
    pub missing: u32,
    /// Time it took, in microseconds.
    pub micros: u64,
}

/// One request to a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestRecord {
    /// Name of the source.
    pub source: &'static str,
    /// The time at which it began.
    pub at: UtcDateTime,
    /// Time it took, in milliseconds.
    pub millis: u32,
    /// The error. `None` if it was answered.
    pub error: Option<String>,
}

/// The outcome of a refresh, in titles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RefreshCounts {
    /// With new data.
    pub refreshed: usize,
    /// That no source knows.
    pub unknown: usize,
    /// That could not be had.
    pub failed: usize,
}

impl State {
    /// Records a load of the board.
    pub fn record_board_load(&self, at: UtcDateTime, load: BoardLoad) {
        let BoardLoad { fresh, stale, missing, micros } = load;
        self.append(at, &format!("look\t{}\t{fresh}\t{stale}\t{missing}\t{micros}\n", at.unix_timestamp()));
    }

    /// Records requests.
    pub fn record_requests(&self, requests: &[RequestRecord]) {
        let Some(last) = requests.last() else { return };
        let line = |RequestRecord { source, at, millis, error }: &RequestRecord| {
            let error = log::field(error.as_deref().unwrap_or_default());
            format!("request\t{}\t{source}\t{millis}\t{error}\n", at.unix_timestamp())
        };
        self.append(last.at, &requests.iter().map(line).collect::<String>());
    }

    /// Records a refresh, and prunes what is too old.
    pub fn record_refresh(&self, at: UtcDateTime, counts: RefreshCounts) {
        let RefreshCounts { refreshed, unknown, failed } = counts;
        self.append(at, &format!("refresh\t{}\t{refreshed}\t{unknown}\t{failed}\n", at.unix_timestamp()));
        self.prune(at);
    }

    fn append(&self, at: UtcDateTime, lines: &str) {
        let Some(path) = self.board_path("log") else { return };
        if log::append(&path, lines).is_ok_and(|bytes| bytes > log::MAX_BYTES) {
            self.prune(at);
        }
    }

    fn prune(&self, now: UtcDateTime) {
        let Some(path) = self.board_path("log") else { return };
        let text = log::read(&path);
        let is_current = |line: &str| time_of(line).is_some_and(|at| counts(at, now));
        if text.len() as u64 > log::MAX_BYTES || !text.lines().all(is_current) {
            let _ = log::prune(&path, is_current);
        }
    }

    /// Everything that was recorded and counts at `now`.
    pub fn record(&self, now: UtcDateTime) -> Record {
        let mut record = Record::default();
        let Some(path) = self.board_path("log") else { return record };
        for line in log::read(&path).lines() {
            let Some(at) = time_of(line).filter(|at| counts(*at, now)) else { continue };
            // A line of another shape was cut short, or written by a later version.
            let _ = add(&mut record, line, at, now - at);
        }
        record.board_micros.sort_unstable();
        record
    }
}

/// Times in the future were recorded while the clock was wrong.
fn counts(at: UtcDateTime, now: UtcDateTime) -> bool {
    at <= now && now - at < KEPT_FOR
}

fn time_of(line: &str) -> Option<UtcDateTime> {
    let seconds = line.split('\t').nth(1)?.parse().ok()?;
    UtcDateTime::from_unix_timestamp(seconds).ok()
}

fn add(record: &mut Record, line: &str, at: UtcDateTime, age: Duration) -> Option<()> {
    let is_recent = age < Duration::DAY;
    let mut fields = line.split('\t');
    let kind = fields.next()?;
    fields.next()?;
    let mut number = || fields.next()?.parse::<u64>().ok();
    match kind {
        "look" => {
            let (fresh, stale, missing, micros) = (number()?, number()?, number()?, number()?);
            record.lookups.add(fresh, fresh + stale + missing);
            if is_recent {
                record.lookups_last_day.add(fresh, fresh + stale + missing);
            }
            record.board_micros.push(micros);
        }
        "request" => {
            let error = line.splitn(5, '\t').nth(4)?;
            let (is_of_hour, has_failed) = (age < Duration::HOUR, !error.is_empty());
            record.requests += 1;
            record.requests_last_day += u64::from(is_recent);
            record.failed_last_day += u64::from(is_recent && has_failed);
            record.requests_last_hour += u64::from(is_of_hour);
            record.failed_last_hour += u64::from(is_of_hour && has_failed);
            if has_failed && record.last_error.as_ref().is_none_or(|(then, _)| *then <= at) {
                record.last_error = Some((at, error.to_owned()));
            }
        }
        "refresh" => record.last_refresh_at = record.last_refresh_at.max(Some(at)),
        _ => {}
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::utc_datetime;

    const NOW: UtcDateTime = utc_datetime!(2026-11-22 20:00:00);

    fn state(folder: &tempfile::TempDir) -> State {
        State::new(Some(folder.path().join("state")), "here")
    }

    #[test]
    fn what_was_recorded_is_read_back_and_the_rest_passed_over() {
        let folder = tempfile::tempdir().unwrap();
        let state = state(&folder);
        let load = |fresh| BoardLoad { fresh, stale: 1, missing: 0, micros: 700 };
        state.record_board_load(NOW - Duration::days(31), load(50));
        state.record_board_load(NOW - Duration::days(2), load(9));
        state.record_board_load(NOW, load(19));
        // Recorded while the clock was a year ahead.
        state.record_board_load(NOW + Duration::days(365), load(0));
        let failed = RequestRecord { source: "imdbapi", at: NOW, millis: 7, error: Some("a\tb\nc".into()) };
        state.record_requests(&[RequestRecord { error: None, ..failed.clone() }, failed]);
        let path = state.board_path("log").unwrap();
        log::append(&path, "look\t1\nlook\tx\t1\t1\t1\t1\nnews\t1795377600\t1\n\u{0}\n").unwrap();
        let record = state.record(NOW);
        assert_eq!((record.lookups_last_day.fresh, record.lookups_last_day.all), (19, 20));
        assert_eq!((record.lookups.fresh, record.lookups.all), (28, 30));
        assert_eq!((record.requests, record.failed_last_day), (2, 1));
        assert_eq!(record.last_error, Some((NOW, "a b c".into())));
        assert_eq!(record.board_micros, [700, 700]);
    }

    #[test]
    fn the_file_is_bounded() {
        let folder = tempfile::tempdir().unwrap();
        let state = state(&folder);
        let path = state.board_path("log").unwrap();
        let line = format!("look\t{}\t1\t0\t0\t700\n", NOW.unix_timestamp());
        log::append(&path, &line.repeat(usize::try_from(log::MAX_BYTES).unwrap() / line.len())).unwrap();
        for _ in 0..10 {
            state.record_board_load(NOW, BoardLoad::default());
        }
        let bytes = std::fs::metadata(&path).unwrap().len();
        assert!((log::MAX_BYTES / 3..log::MAX_BYTES / 2 + 1000).contains(&bytes), "{bytes}");
        assert!(state.record(NOW).board_micros.len() > 1000);
    }

    #[test]
    fn without_a_folder_nothing_is_remembered() {
        let state = State::new(None, "here");
        state.record_board_load(NOW, BoardLoad::default());
        assert!(state.record(NOW).board_micros.is_empty());
    }
}
