//! Tells cargo to look at the folders of migrations: the macro that embeds the files does not. A release build knows its
//! commit.

use std::path::Path;
use std::process::Command;

fn main() {
    println!("cargo::rerun-if-changed=migrations/sqlite");
    println!("cargo::rerun-if-changed=migrations/postgres");
    // Not while developing: each commit would compile everything again.
    if std::env::var("PROFILE").is_ok_and(|profile| profile == "release")
        && let Some(commit) = commit()
    {
        println!("cargo::rustc-env=MOVIENIGHT_COMMIT={commit}");
    }
}

/// The commit of a checkout or of a package made by cargo. A repository that only contains this folder is another's.
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
