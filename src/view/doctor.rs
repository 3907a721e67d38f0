//! The findings about the program's surroundings.

use serde::Serialize;

/// A finding.
#[derive(Clone, Debug, Serialize)]
pub struct Finding {
    pub part: &'static str,
    pub state: FindingState,
    pub text: String,
    /// The next step, if there is one.
    pub remedy: Option<String>,
}

/// The state of a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum FindingState {
    Ok,
    Note,
    Problem,
}
