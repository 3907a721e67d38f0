//! The record of views, requests and refreshes of one board on this machine.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};
use time::{Duration, UtcDateTime};

use super::State;
use crate::files::{make_folder_of, replace_text};
use crate::model::health::Record;

/// The age from which a record no longer counts.
const COUNTS_FOR: Duration = Duration::days(30);

/// The largest size of the file, in bytes. The append that exceeds it removes the older half of the lines.
const MAX_BYTES: u64 = 512 << 10;

/// One load of the board.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoardLoad {
    /// Titles whose data was fresh.
    pub fresh: u32,
    /// Titles whose data was stale.
    pub stale: u32,
    /// Titles without data.
    pub missing: u32,
    /// The duration in microseconds.
    pub micros: u64,
}

/// A request to a source: the time at which it began, and the error if it failed.
pub type RequestRecord = (UtcDateTime, Option<String>);

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Event {
    View(BoardLoad),
    Request { error: Option<String> },
    Refresh,
}

impl State {
    /// Records a load of the board.
    pub fn record_board_load(&self, at: UtcDateTime, load: BoardLoad) {
        self.append([(at, Event::View(load))]);
    }

    /// Records requests.
    pub fn record_requests(&self, requests: &[RequestRecord]) {
        self.append(requests.iter().map(|(at, error)| (*at, Event::Request { error: error.clone() })));
    }

    /// Records a refresh.
    pub fn record_refresh(&self, at: UtcDateTime) {
        self.append([(at, Event::Refresh)]);
    }

    fn append(&self, events: impl IntoIterator<Item = (UtcDateTime, Event)>) {
        let Some(path) = self.board_path("log") else { return };
        let line = |(at, event): (UtcDateTime, Event)| serde_json::to_string(&(at.unix_timestamp(), event)).ok();
        let new: String = events.into_iter().filter_map(line).map(|line| line + "\n").collect();
        if !new.is_empty() && append(&path, &new).is_ok_and(|bytes| bytes > MAX_BYTES) {
            // A line that another process appends meanwhile is lost.
            let all = lines(&path);
            let recent: String = all.split_inclusive('\n').skip(all.lines().count() / 2).collect();
            let _ = replace_text(&path, &recent);
        }
    }

    /// Returns everything that was recorded and counts at `now`.
    pub fn record(&self, now: UtcDateTime) -> Record {
        let mut record = Record::default();
        let Some(path) = self.board_path("log") else { return record };
        for (at, event) in lines(&path).lines().filter_map(|line| read(line, now)) {
            add(&mut record, at, event, now - at);
        }
        record.board_micros.sort_unstable();
        record
    }
}

/// Appends lines in one write, so that processes need no lock. Returns the size of the file.
fn append(path: &Path, lines: &str) -> io::Result<u64> {
    let open = || OpenOptions::new().append(true).create(true).open(path);
    let mut file = open().or_else(|_| make_folder_of(path).and_then(|()| open()))?;
    file.write_all(lines.as_bytes())?;
    Ok(file.metadata()?.len())
}

/// Returns the whole file, with replacement characters for invalid UTF-8.
fn lines(path: &Path) -> String {
    fs::read(path).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default()
}

/// Parses a line. `None` if it is too old, from the future because of a wrong clock, cut short, or of a later version.
fn read(line: &str, now: UtcDateTime) -> Option<(UtcDateTime, Event)> {
    let (seconds, event): (i64, Event) = serde_json::from_str(line).ok()?;
    let at = UtcDateTime::from_unix_timestamp(seconds).ok()?;
    (at <= now && now - at < COUNTS_FOR).then_some((at, event))
}

fn add(record: &mut Record, at: UtcDateTime, event: Event, age: Duration) {
    let is_recent = age < Duration::DAY;
    match event {
        Event::View(BoardLoad { fresh, stale, missing, micros }) => {
            let (fresh, all) = (fresh.into(), u64::from(fresh) + u64::from(stale) + u64::from(missing));
            record.lookups.add(fresh, all);
            if is_recent {
                record.lookups_last_day.add(fresh, all);
            }
            record.board_micros.push(micros);
        }
        Event::Request { error } => {
            let is_of_hour = age < Duration::HOUR;
            record.requests += 1;
            record.requests_last_day += u64::from(is_recent);
            record.failed_last_day += u64::from(is_recent && error.is_some());
            record.requests_last_hour += u64::from(is_of_hour);
            record.failed_last_hour += u64::from(is_of_hour && error.is_some());
            if record.last_error.as_ref().is_none_or(|(then, _)| *then <= at) {
                record.last_error = error.map(|error| (at, error)).or(record.last_error.take());
            }
        }
        Event::Refresh => record.last_refresh_at = record.last_refresh_at.max(Some(at)),
    }
}
