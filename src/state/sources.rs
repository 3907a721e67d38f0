//! Which sources cannot be reached from this machine.

use time::{Duration, UtcDateTime};

use super::{State, log};
use crate::files;

/// No source is left alone for longer than this: a time further ahead was written by a clock that was wrong.
const LONGEST: Duration = Duration::DAY;
/// One line a source is enough: a file that has grown beyond this is written anew.
const MAX_BYTES: u64 = 16 << 10;

/// The recorded state of a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceState {
    /// Its name.
    pub name: String,
    /// Until this time only a person's wish is tried, because it is down.
    pub down_until: Option<UtcDateTime>,
    /// Its allowance is used up: until then not even that.
    pub is_exhausted: bool,
    /// Requests in a row that failed.
    pub failures: u32,
    /// Since this time no attempt has reached it.
    pub unreachable_since: Option<UtcDateTime>,
    /// The last error. `None` if the last answer was good.
    pub last_error: Option<String>,
}

impl SourceState {
    /// A source that was never asked.
    pub fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            down_until: None,
            is_exhausted: false,
            failures: 0,
            unreachable_since: None,
            last_error: None,
        }
    }

    /// It is not to be asked at `now`, except by a person.
    pub fn is_down(&self, now: UtcDateTime) -> bool {
        self.down_until.is_some_and(|until| now < until && until <= now + LONGEST)
    }

    /// It has not been reached for so long at `now`.
    pub fn is_unreachable_for(&self, span: Duration, now: UtcDateTime) -> bool {
        self.unreachable_since.is_some_and(|since| since <= now - span)
    }
}

impl State {
    /// The recorded states of the sources, by name.
    pub fn source_states(&self) -> Vec<SourceState> {
        let mut states: Vec<SourceState> = Vec::new();
        let Some(path) = self.path("sources.log") else { return states };
        for state in log::read(&path).lines().filter_map(parse) {
            // The last line of a name counts.
            match states.iter_mut().find(|known| known.name == state.name) {
                Some(known) => *known = state,
                None => states.push(state),
            }
        }
        states
    }

    /// Remembers the states of sources. Since when a source has been out of reach is taken from what was remembered
    /// before, for one that still is.
    pub fn save_source_states(&self, states: &[SourceState]) {
        let Some(path) = self.path("sources.log").filter(|_| !states.is_empty()) else { return };
        let known = self.source_states();
        let line_of = |state: &SourceState| {
            let before = known.iter().find(|known| known.name == state.name).and_then(|known| known.unreachable_since);
            let since = state.unreachable_since.map(|since| before.map_or(since, |before| before.min(since)));
            line(&SourceState { unreachable_since: since, ..state.clone() })
        };
        let lines: String = states.iter().map(line_of).collect();
        if log::append(&path, &lines).is_ok_and(|bytes| bytes > MAX_BYTES) {
            let latest: String = self.source_states().iter().map(line).collect();
            let _ = files::replace_text(&path, &latest);
        }
    }
}

fn line(state: &SourceState) -> String {
    let SourceState { name, down_until, is_exhausted, failures, unreachable_since, last_error } = state;
    let time = |time: &Option<UtcDateTime>| time.map_or("-".to_owned(), |t| t.unix_timestamp().to_string());
    let error = log::field(last_error.as_deref().unwrap_or_default());
    let (name, down_until, since) = (log::field(name), time(down_until), time(unreachable_since));
    format!("{name}\t{down_until}\t{}\t{failures}\t{since}\t{error}\n", u8::from(*is_exhausted))
}

fn parse(line: &str) -> Option<SourceState> {
    let fields: Vec<&str> = line.splitn(6, '\t').collect();
    let [name, down_until, is_exhausted, failures, since, error] = fields[..] else { return None };
    let time = |field: &str| match field {
        "-" => Some(None),
        seconds => Some(Some(UtcDateTime::from_unix_timestamp(seconds.parse().ok()?).ok()?)),
    };
    Some(SourceState {
        name: name.to_owned(),
        down_until: time(down_until)?,
        is_exhausted: is_exhausted == "1",
        failures: failures.parse().ok()?,
        unreachable_since: time(since)?,
        last_error: Some(error).filter(|error| !error.is_empty()).map(str::to_owned),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::utc_datetime;

    const NOW: UtcDateTime = utc_datetime!(2026-11-22 20:00:00);

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
    fn the_last_state_counts_and_since_when_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        let state = State::new(Some(folder.path().to_owned()), "here");
        state.save_source_states(&[down("a", NOW), down("b", NOW)]);
        state.save_source_states(&[down("a", NOW + Duration::HOUR)]);
        let up = SourceState { is_exhausted: true, ..SourceState::new("b") };
        state.save_source_states(std::slice::from_ref(&up));
        let expected = SourceState { unreachable_since: Some(NOW), ..down("a", NOW + Duration::HOUR) };
        assert_eq!(state.source_states(), [expected, up.clone()]);
        // Another board of this machine's knows the same.
        assert_eq!(State::new(Some(folder.path().to_owned()), "there").source_states().len(), 2);
        state.save_source_states(&[down("b", NOW + Duration::DAY)]);
        assert_eq!(state.source_states()[1].unreachable_since, Some(NOW + Duration::DAY));
    }

    #[test]
    fn the_file_is_bounded_although_all_lines_are_the_same() {
        let folder = tempfile::tempdir().unwrap();
        let state = State::new(Some(folder.path().to_owned()), "here");
        state.save_source_states(&[down("a", NOW)]);
        let up = SourceState { is_exhausted: true, ..SourceState::new("b") };
        for _ in 0..5_000 {
            state.save_source_states(std::slice::from_ref(&up));
        }
        let bytes = std::fs::metadata(folder.path().join("sources.log")).unwrap().len();
        assert!(bytes <= MAX_BYTES + 100, "{bytes}");
        assert_eq!(state.source_states(), [down("a", NOW), up]);
    }

    #[test]
    fn a_time_too_far_ahead_is_a_wrong_clocks() {
        assert!(down("a", NOW).is_down(NOW));
        assert!(!down("a", NOW).is_down(NOW + Duration::HOUR));
        assert!(!down("a", NOW + Duration::days(30)).is_down(NOW));
    }
}
