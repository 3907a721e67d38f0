//! The board and the name that this machine remembers.

use serde::Serialize;

/// The document of `join`.
#[derive(Clone, Debug, Serialize)]
pub struct JoinView {
    /// The outcome: `joined`, `created`, or `current` if nothing was to be joined.
    pub outcome: &'static str,
    /// The place of the board, without a password.
    pub place: String,
    pub voter: Option<String>,
    pub movies: Option<usize>,
    pub people: Option<usize>,
    /// The short name under which the board before is kept, if there was one.
    pub previous: Option<String>,
    /// A line for cron that keeps the data fresh.
    pub cron: String,
}
