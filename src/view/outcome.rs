//! Outcomes of commands that change something. docs/json.md lists their words.

use serde::Serialize;

use super::movie::ShortMovie;
use crate::model::Rating;
use crate::model::change::Proposed;
use crate::user_error::UserError;

/// A movie, and what became of it.
#[derive(Clone, Debug, Serialize)]
pub struct Outcome {
    #[serde(flatten)]
    pub movie: ShortMovie,
    pub outcome: &'static str,
}

/// The document of `propose`.
#[derive(Clone, Debug, Serialize)]
pub struct Proposals {
    pub proposed: Vec<ProposedMovie>,
    /// Each line of a list that was left out.
    pub skipped: Vec<UserError>,
}

/// A movie that was proposed.
#[derive(Clone, Debug, Serialize)]
pub struct ProposedMovie {
    #[serde(flatten)]
    pub movie: ShortMovie,
    pub rating: Option<Rating>,
    pub outcome: Proposed,
}
