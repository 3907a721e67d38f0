//! `movienight --version`: prints what a bug report should say about this build.

use anyhow::Result;
use serde_json::json;

use crate::context::Context;
use crate::store;

const VERSION: &str = env!("CARGO_PKG_VERSION");
/// The commit that it was built from. `None` if unknown.
const COMMIT: Option<&str> = option_env!("MOVIENIGHT_COMMIT");

fn features() -> Vec<&'static str> {
    let features = [("pictures", cfg!(feature = "pictures")), ("postgres", cfg!(feature = "postgres"))];
    features.iter().filter(|(_, is_on)| *is_on).map(|(name, _)| *name).collect()
}

/// Returns the versions as lines, movienight's own first.
pub fn lines() -> Vec<String> {
    let (sqlite, postgres) = store::SCHEMA_VERSIONS;
    let postgres = postgres.map(|schema| format!(", PostgreSQL (schema {schema})")).unwrap_or_default();
    let features = if features().is_empty() { "none".to_owned() } else { features().join(", ") };
    let stores = format!("SQLite {} (schema {sqlite}){postgres}", store::sqlite_version());
    let mut lines = vec![format!("movienight {VERSION}")];
    lines.extend(COMMIT.map(|commit| format!("commit {commit}")));
    lines.extend([stores, format!("features: {features}")]);
    lines
}

pub fn run(context: &mut Context<'_>) -> Result<()> {
    let (sqlite, postgres) = store::SCHEMA_VERSIONS;
    let document = json!({
        "version": VERSION,
        "commit": COMMIT,
        "sqlite": store::sqlite_version(),
        "schema": { "sqlite": sqlite, "postgres": postgres },
        "features": features(),
    });
    context.show(&document, |_| lines().join("\n") + "\n")
}
