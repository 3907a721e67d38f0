//! Makes cargo rebuild the program when a migration changes, which the macro that embeds migrations does not. Records
//! the commit in release builds.

use std::path::Path;
use std::process::Command;

fn main() {
    println!("cargo::rerun-if-changed=migrations/sqlite");
    println!("cargo::rerun-if-changed=migrations/postgres");
    // Only in release builds: elsewhere, each commit would compile everything again.
    if std::env::var("PROFILE").is_ok_and(|profile| profile == "release")
        && let Some(commit) = commit()
    {
        println!("cargo::rustc-env=MOVIENIGHT_COMMIT={commit}");
    }
}

/// Returns the commit of a checkout, or of a package made by cargo. A repository around this folder is ignored, because
/// it is another project's.
fn commit() -> Option<String> {
    for file in [".git/logs/HEAD", ".cargo_vcs_info.json"].into_iter().filter(|file| Path::new(file).exists()) {
        println!("cargo::rerun-if-changed={file}");
    }
    if Path::new(".git").exists() {
        let output = Command::new("git").args(["describe", "--always", "--dirty", "--abbrev=12"]).output().ok()?;
        return String::from_utf8(output.stdout)
            .ok()
            .filter(|_| output.status.success())
            .map(|text| text.trim().to_owned());
    }
    let info = std::fs::read_to_string(".cargo_vcs_info.json").ok()?;
    let (_, rest) = info.split_once("\"sha1\": \"")?;
    rest.get(..12).map(str::to_owned)
}
