//! The findings of `doctor` about the program's environment.

use serde::Serialize;

#[derive(Clone, Debug, Serialize)]
pub struct Finding {
    pub part: &'static str,
    pub state: FindingState,
    pub text: String,
    /// The next step, if there is one. For an `Ok` finding, a line to copy.
    pub remedy: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum FindingState {
    Ok,
    Note,
    Problem,
}
