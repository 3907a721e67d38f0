//! The program's version, and the findings about its surroundings.

use serde::Serialize;

/// The document of `--version`.
#[derive(Clone, Debug, Serialize)]
pub struct VersionView {
    /// The version of this program.
    pub version: &'static str,
    /// The commit that it was built from. `None` if that cannot be known.
    pub commit: Option<&'static str>,
    /// The version of SQLite.
    pub sqlite: &'static str,
    /// The versions of the tables that this program makes.
    pub schema: SchemaVersions,
    /// The cargo features that it was built with.
    pub features: Vec<&'static str>,
}

/// Versions of the tables in both stores.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct SchemaVersions {
    /// In a file.
    pub sqlite: i64,
    /// On a server. `None` in a build without PostgreSQL.
    pub postgres: Option<i64>,
}

/// The document of `doctor`.
#[derive(Clone, Debug, Serialize)]
pub struct DoctorView {
    /// The findings, part by part.
    pub findings: Vec<Finding>,
    /// None of them is a problem.
    pub healthy: bool,
}

/// A finding.
#[derive(Clone, Debug, Serialize)]
pub struct Finding {
    /// The part that was looked at.
    pub part: &'static str,
    /// Its state.
    pub state: FindingState,
    /// What was found.
    pub text: String,
    /// The next step, if there is one.
    pub remedy: Option<String>,
}

/// The state of a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum FindingState {
    /// All is well.
    Ok,
    /// Something that could be better.
    Note,
    /// Something that does not work.
    Problem,
}
