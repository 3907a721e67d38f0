//! The sources that are unreachable from this machine.

use serde::{Deserialize, Serialize};
use time::{Duration, UtcDateTime};

use super::State;

/// The longest pause of a source. A time further ahead comes from a wrong clock.
const LONGEST: Duration = Duration::DAY;

/// The recorded state of a source.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceState {
    /// Its name.
    pub name: String,
    /// The time until which it is down: only interactive lookups try it.
    pub down_until: Option<UtcDateTime>,
    /// True if the quota is used up: nothing tries the source until `down_until`.
    pub is_exhausted: bool,
    /// The number of requests in a row that failed.
    pub failures: u32,
    /// The time since which no attempt has reached it.
    pub unreachable_since: Option<UtcDateTime>,
    /// The last error. `None` if the last answer was good.
    pub last_error: Option<String>,
}

impl SourceState {
    /// Returns the state of a source that was never asked.
    pub fn new(name: &str) -> Self {
        Self { name: name.to_owned(), ..Self::default() }
    }

    /// Returns true if the source is down at `now`, see `down_until`.
    pub fn is_down(&self, now: UtcDateTime) -> bool {
        self.down_until.is_some_and(|until| now < until && until <= now + LONGEST)
    }
}

impl State {
    /// Returns the recorded states of the sources.
    pub fn source_states(&self) -> Vec<SourceState> {
        Self::load(self.path("sources.json")).unwrap_or_default()
    }

    /// Saves the states of sources. A source that is still unreachable keeps the recorded time since which it has been.
    pub fn save_source_states(&self, states: &[SourceState]) {
        if states.is_empty() {
            return;
        }
        let mut known = self.source_states();
        for state in states {
            let before = known.iter().position(|known| known.name == state.name).map(|at| known.remove(at));
            let earlier = before.and_then(|before| before.unreachable_since);
            let unreachable_since = state.unreachable_since.map(|since| earlier.map_or(since, |at| at.min(since)));
            known.push(SourceState { unreachable_since, ..state.clone() });
        }
        Self::save(self.path("sources.json"), &known);
    }
}
