//! The program's version, and the findings about its surroundings.

use serde::Serialize;

/// The document of `--version`.
#[derive(Clone, Debug, Serialize)]
pub struct VersionView {
    pub version: &'static str,
    /// The commit that it was built from. `None` if that cannot be known.
    pub commit: Option<&'static str>,
    pub sqlite: &'static str,
    pub schema: SchemaVersions,
    pub features: Vec<&'static str>,
}

/// Versions of the tables in both stores.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct SchemaVersions {
    pub sqlite: i64,
    /// On a server. `None` in a build without PostgreSQL.
    pub postgres: Option<i64>,
}

/// The document of `doctor`.
#[derive(Clone, Debug, Serialize)]
pub struct DoctorView {
    pub findings: Vec<Finding>,
    /// Whether there is no problem among them.
    pub healthy: bool,
}

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
