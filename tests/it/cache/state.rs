//! What this machine remembers.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::PathBuf;

use movienight::state::{BoardLoad, SourceState, State};
use tempfile::TempDir;
use time::macros::utc_datetime;
use time::{Duration, UtcDateTime};

const NOW: UtcDateTime = utc_datetime!(2026-11-22 20:00:00);
const LEASE: Duration = Duration::seconds(75);
/// The size in bytes above which a log loses its first half.
const MAX_BYTES: usize = 512 << 10;

#[test]
fn a_lease_has_one_holder_until_it_ends_or_expires() {
    let folder = tempfile::tempdir().unwrap();
    let state = State::new(Some(folder.path().join("state")), "here");
    let take = |now| state.take_lease(now, now + LEASE);
    assert!(take(NOW));
    assert!(!take(NOW + Duration::SECOND));
    state.end_lease();
    assert!(take(NOW));
    assert!(take(NOW + LEASE), "it runs out");
    assert!(take(NOW - Duration::HOUR), "taken by a clock that was ahead");
    let other = State::new(Some(folder.path().join("state")), "there");
    assert!(other.take_lease(NOW, NOW + LEASE), "another board has its own");
}

fn state(folder: &TempDir) -> State {
    State::new(Some(folder.path().join("state")), "here")
}

/// Returns the path of the only log in the folder.
fn log(folder: &TempDir) -> PathBuf {
    let files = std::fs::read_dir(folder.path().join("state")).unwrap().map(|file| file.unwrap().path());
    files.into_iter().find(|path| path.extension().is_some_and(|extension| extension == "log")).unwrap()
}

fn append(folder: &TempDir, lines: &str) {
    let mut file = OpenOptions::new().append(true).open(log(folder)).unwrap();
    file.write_all(lines.as_bytes()).unwrap();
}

#[test]
fn state_files_are_named_by_the_fnv1a_hash() {
    for (identity, hash) in [("", "cbf29ce484222325"), ("foobar", "85944171f73967e8")] {
        let folder = tempfile::tempdir().unwrap();
        let state = State::new(Some(folder.path().join("state")), identity);
        state.record_board_load(NOW, BoardLoad::default());
        assert_eq!(log(&folder).file_stem().unwrap(), hash);
    }
}

#[test]
fn records_are_read_back_and_unreadable_lines_skipped() {
    let folder = tempfile::tempdir().unwrap();
    let state = state(&folder);
    let load = |fresh| BoardLoad { fresh, stale: 1, missing: 0, micros: 700 };
    state.record_board_load(NOW - Duration::days(31), load(50));
    state.record_board_load(NOW - Duration::days(2), load(9));
    state.record_board_load(NOW, load(19));
    // Recorded while the clock was a year ahead.
    state.record_board_load(NOW + Duration::days(365), load(0));
    state.record_requests(&[(NOW, None), (NOW, Some("a\tb\nc".into()))]);
    append(&folder, "[1,{\"view\"\n[1795377600,{\"news\":{}}]\n\u{0}\n");
    let record = state.record(NOW);
    assert_eq!((record.lookups_last_day.fresh, record.lookups_last_day.all), (19, 20));
    assert_eq!((record.lookups.fresh, record.lookups.all), (28, 30));
    assert_eq!((record.requests, record.failed_last_day), (2, 1));
    assert_eq!(record.last_error, Some((NOW, "a\tb\nc".into())));
    assert_eq!(record.board_micros, [700, 700]);
}

#[test]
fn the_log_is_bounded_in_size() {
    let folder = tempfile::tempdir().unwrap();
    let state = state(&folder);
    state.record_board_load(NOW, BoardLoad { fresh: 1, ..BoardLoad::default() });
    let line = std::fs::read_to_string(log(&folder)).unwrap();
    append(&folder, &line.repeat(MAX_BYTES / line.len() - 1));
    for _ in 0..10 {
        state.record_board_load(NOW, BoardLoad::default());
    }
    let bytes = std::fs::metadata(log(&folder)).unwrap().len() as usize;
    assert!((MAX_BYTES / 3..MAX_BYTES / 2 + 1000).contains(&bytes), "{bytes}");
    assert!(state.record(NOW).board_micros.len() > 1000);
}

fn down(name: &str, at: UtcDateTime) -> SourceState {
    SourceState {
        down_until: Some(at + Duration::HOUR),
        failures: 3,
        unreachable_since: Some(at),
        last_error: Some("no".into()),
        ..SourceState::new(name)
    }
}

#[test]
fn the_last_source_state_counts_and_unreachable_since_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let state = State::new(Some(folder.path().to_owned()), "here");
    state.save_source_states(&[down("a", NOW), down("b", NOW)]);
    state.save_source_states(&[down("a", NOW + Duration::HOUR)]);
    let up = SourceState { is_exhausted: true, ..SourceState::new("b") };
    state.save_source_states(std::slice::from_ref(&up));
    let expected = SourceState { unreachable_since: Some(NOW), ..down("a", NOW + Duration::HOUR) };
    assert_eq!(state.source_states(), [expected, up.clone()]);
    // The state of a source is shared by all boards on this machine.
    assert_eq!(State::new(Some(folder.path().to_owned()), "there").source_states().len(), 2);
    state.save_source_states(&[down("b", NOW + Duration::DAY)]);
    assert_eq!(state.source_states()[1].unreachable_since, Some(NOW + Duration::DAY));
}

#[test]
fn a_down_until_time_too_far_ahead_is_ignored() {
    assert!(down("a", NOW).is_down(NOW));
    assert!(!down("a", NOW).is_down(NOW + Duration::HOUR));
    assert!(!down("a", NOW + Duration::days(30)).is_down(NOW));
}
