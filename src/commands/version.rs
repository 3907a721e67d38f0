//! `movienight --version`: what a report of a fault should say about this build.

use anyhow::Result;

use crate::context::Context;
use crate::store;
use crate::view::doctor::{SchemaVersions, VersionView};

/// The version of this build, and what it was built with.
pub fn version() -> VersionView {
    let features = [("pictures", cfg!(feature = "pictures")), ("postgres", cfg!(feature = "postgres"))];
    let (sqlite, postgres) = store::SCHEMA_VERSIONS;
    VersionView {
        version: env!("CARGO_PKG_VERSION"),
        commit: option_env!("MOVIENIGHT_COMMIT"),
        sqlite: store::sqlite_version(),
        schema: SchemaVersions { sqlite, postgres },
        features: features.iter().filter(|(_, is_on)| *is_on).map(|(name, _)| *name).collect(),
    }
}

/// The version in lines, the program's own first.
pub fn lines(view: &VersionView) -> Vec<String> {
    let postgres = view.schema.postgres.map(|schema| format!(", PostgreSQL (schema {schema})")).unwrap_or_default();
    let features = if view.features.is_empty() { "none".to_owned() } else { view.features.join(", ") };
    let commit = view.commit.map(|commit| format!("commit {commit}"));
    let stores = format!("SQLite {} (schema {}){postgres}", view.sqlite, view.schema.sqlite);
    let first = format!("movienight {}", view.version);
    [Some(first), commit, Some(stores), Some(format!("features: {features}"))].into_iter().flatten().collect()
}

pub fn run(context: &mut Context<'_>) -> Result<()> {
    let view = version();
    context.show(&view, |_| lines(&view).join("\n") + "\n")
}
