//! The people.

use serde::Serialize;

use super::Timestamp;

/// A person.
#[derive(Clone, Debug, Serialize)]
pub struct VoterView {
    pub name: String,
    /// Votes for movies on the board; null while votes are hidden.
    pub votes: Option<i64>,
    pub last_seen_at: Option<Timestamp>,
}

/// The document of `voters rename`, `voters merge` and `voters remove`.
#[derive(Clone, Debug, Serialize)]
pub struct VoterChangeView<'a> {
    /// The outcome: `renamed`, `merged` or `removed`.
    pub outcome: &'static str,
    pub name: &'a str,
    /// The new name. `None` if the person was removed.
    pub into: Option<&'a str>,
}
