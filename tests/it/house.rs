//! The rules of the house: who may use what, and how long a file may be.

use std::fs;
use std::path::{Path, PathBuf};

fn sources() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path: PathBuf = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
                if !name.ends_with(".rs") {
                    continue;
                }
                files.push((name, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    assert!(files.len() > 20);
    files
}

/// Code without its tests and comments.
fn code(text: &str) -> String {
    let text = text.split("#[cfg(test)]").next().unwrap();
    text.lines().filter(|l| !l.trim_start().starts_with("//")).map(|l| format!("{l}\n")).collect()
}

#[test]
fn each_outside_thing_is_known_in_one_place() {
    let rules: &[(&str, &[&str])] = &[
        ("rusqlite", &["store/"]),
        ("refinery", &["store/"]),
        ("ureq", &["net/http.rs"]),
        ("indicatif", &["ui/"]),
        ("SystemTime", &["env.rs"]),
        ("::now_utc(", &["env.rs"]),
        ("std::env::", &["env.rs"]),
        ("terminal_size", &["env.rs"]),
        ("io::stdout", &["env.rs"]),
        ("io::stderr", &["env.rs"]),
        ("io::stdin", &["env.rs"]),
        ("Instant::now", &["env.rs", "sources/rate_limiter.rs"]),
        ("clap::", &["cli/", "main.rs", "commands/completions/", "commands/man.rs"]),
    ];
    for (name, text) in sources() {
        let code = code(&text);
        for (thing, homes) in rules {
            let allowed = homes.iter().any(|home| name.starts_with(home));
            assert!(allowed || !code.contains(thing), "{name} uses {thing}");
        }
        for macro_name in ["println!(", "eprintln!(", "print!("] {
            assert!(!code.contains(macro_name), "{name} prints by itself");
        }
    }
}

#[test]
fn a_file_uses_only_what_stands_below_it() {
    // The types of the command line have no logic and stand beside the floors.
    let order = ["commands", "session", "render", "ui", "cache", "sources", "net", "store", "model", "env"];
    let floor = |part: &str| order.iter().position(|p| *p == part);
    for (name, text) in sources() {
        let part = name.split(['/', '.']).next().unwrap();
        if ["main", "lib", "cli"].contains(&part) {
            continue;
        }
        let own = floor(part).unwrap_or_else(|| panic!("{name} is on no floor"));
        for used in code(&text).split("crate::").skip(1) {
            let used = used.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap();
            if let Some(used_floor) = floor(used) {
                assert!(used_floor >= own, "{name} uses {used}, which stands above it");
            }
        }
    }
}

#[test]
fn a_file_is_read_in_one_sitting() {
    for (name, text) in sources() {
        let lines = text.lines().count();
        assert!(lines <= 400, "{name} has {lines} lines");
    }
}
