//! The 24-hour cache: what is fresh, what is worth a fetch, and fetching it.

pub mod background;
pub mod catalog;
pub mod foreground;
pub mod freshness;
pub mod health;
pub mod refresh;
pub mod search;

pub use freshness::{freshness, is_worth_a_try};

use crate::sources::Sources;
use crate::state::State;

/// Remembers what was learned of sources while asking them, and returns how many requests were made.
pub fn keep_log(sources: &Sources, state: &State) -> usize {
    let (requests, states) = sources.take_log();
    state.record_requests(&requests);
    state.save_source_states(&states);
    requests.len()
}
