//! The sources that cannot be reached from this machine.

use serde::{Deserialize, Serialize};
use time::{Duration, UtcDateTime};

use super::State;

/// The longest pause of a source: a time further ahead was written by a wrong clock.
const LONGEST: Duration = Duration::DAY;

/// The recorded state of a source.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceState {
    /// Its name.
    pub name: String,
    /// Down until this time: only interactive lookups try it.
    pub down_until: Option<UtcDateTime>,
    /// The quota is used up: nothing tries it until `down_until`.
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
        Self { name: name.to_owned(), ..Self::default() }
    }

    /// It is not to be asked at `now`, except by a person.
    pub fn is_down(&self, now: UtcDateTime) -> bool {
        self.down_until.is_some_and(|until| now < until && until <= now + LONGEST)
    }
}

impl State {
    /// The recorded states of the sources.
    pub fn source_states(&self) -> Vec<SourceState> {
        Self::load(self.path("sources.json")).unwrap_or_default()
    }

    /// Remembers the states of sources. Since when a source has been out of reach is taken from what was remembered
    /// before, for one that still is.
    pub fn save_source_states(&self, states: &[SourceState]) {
        if states.is_empty() {
            return;
        }
        let mut known = self.source_states();
        for state in states {
            let before = known.iter().position(|known| known.name == state.name).map(|at| known.remove(at));
            let since = before.and_then(|before| before.unreachable_since);
            let since = state.unreachable_since.map(|then| since.map_or(then, |since| since.min(then)));
            known.push(SourceState { unreachable_since: since, ..state.clone() });
        }
        Self::save(self.path("sources.json"), &known);
    }
}
