//! The rules of the architecture: which part may use which, and how long a file may be.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The parts from top to bottom. A file may use its own part and those below.
const LAYERS: [&str; 20] = [
    "commands",
    "naming",
    "context",
    "render",
    "ui",
    "view",
    "cache",
    "catalog",
    "posters",
    "sources",
    "net",
    "store",
    "state",
    "config",
    "lists",
    "model",
    "user_error",
    "files",
    "paths",
    "env",
];

fn sources() -> BTreeMap<String, String> {
    rust_files("src")
}

/// Returns the texts of the Rust files below a folder of the project, by their paths in it.
fn rust_files(folder: &str) -> BTreeMap<String, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut files = BTreeMap::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path: PathBuf = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let name = path.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
                files.insert(name, fs::read_to_string(&path).unwrap());
            }
        }
    }
    assert!(files.len() > 60);
    files
}

/// Returns code without comments.
fn code(text: &str) -> String {
    text.lines().filter(|line| !line.trim_start().starts_with("//")).map(|line| line.to_owned() + "\n").collect()
}

#[test]
fn all_tests_are_outside_of_the_source() {
    for (name, text) in sources() {
        assert!(!text.contains("cfg(test)") && !text.contains("#[test]"), "{name} has tests");
    }
}

#[test]
fn each_dependency_is_used_in_one_place() {
    let rules: &[(&str, &[&str])] = &[
        ("rusqlite", &["store/sqlite/", "catalog/"]),
        ("refinery", &["store/migrations.rs", "store/sqlite/", "store/postgres/"]),
        ("tokio", &["store/postgres/"]),
        ("async ", &["store/postgres/connection.rs"]),
        ("rustls", &["store/postgres/", "net/"]),
        ("ureq", &["net/"]),
        ("jpeg_decoder", &["posters/decode.rs"]),
        ("csv::", &["lists/"]),
        ("rawzip", &["lists/archive.rs"]),
        ("comfy_table", &["render/table.rs"]),
        ("textwrap", &["render/cells.rs"]),
        ("toml_edit", &["config/"]),
        ("flate2", &["catalog/lines.rs", "lists/archive.rs"]),
        ("indicatif", &["ui/"]),
        ("SystemTime", &["env.rs"]),
        ("::now_utc(", &["env.rs"]),
        ("std::env::", &["env.rs"]),
        ("terminal_size", &["env.rs"]),
        ("io::stdout", &["env.rs"]),
        ("io::stderr", &["env.rs"]),
        ("io::stdin", &["env.rs", "env/input.rs"]),
        ("Instant", &["env.rs"]),
        ("clap::", &["commands/", "context/options.rs", "context/evening.rs"]),
        ("json!(", &["context/report.rs", "commands/"]),
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

/// Returns the paths that a file uses with `crate::` and `super::`, from the root: `["store", "db", "Result"]`.
fn used(name: &str, code: &str) -> BTreeSet<Vec<String>> {
    let mut own: Vec<&str> = name.trim_end_matches(".rs").split('/').collect();
    if own.last() == Some(&"mod") {
        own.pop();
    }
    let word = |c: char| c.is_alphanumeric() || c == '_';
    let mut found = BTreeSet::new();
    for (at, start) in code.match_indices("crate::").chain(code.match_indices("super::")) {
        if code[..at].ends_with(|c: char| word(c) || c == ':') {
            continue;
        }
        let mut base: Vec<String> = Vec::new();
        let mut rest = &code[at + start.len()..];
        if start == "super::" {
            let mut up = 1;
            while let Some(next) = rest.strip_prefix("super::") {
                (up, rest) = (up + 1, next);
            }
            base = own[..own.len().saturating_sub(up)].iter().map(|part| (*part).to_owned()).collect();
        }
        expand(base, rest, &mut found);
    }
    found
}

/// Adds the paths of a tree such as `a::{b, c::d}`.
fn expand(base: Vec<String>, tree: &str, found: &mut BTreeSet<Vec<String>>) {
    let end = tree.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(tree.len());
    let (word, rest) = tree.split_at(end);
    let mut path = base;
    if !word.is_empty() {
        path.push(word.to_owned());
    }
    match rest.strip_prefix("::") {
        Some(deeper) => expand(path, deeper, found),
        None if rest.starts_with('{') && word.is_empty() => {
            let mut depth = 0;
            let mut part = String::new();
            for c in rest.chars() {
                depth += i32::from(c == '{') - i32::from(c == '}');
                match c {
                    '{' if depth == 1 => {}
                    ',' if depth == 1 => expand(path.clone(), std::mem::take(&mut part).trim(), found),
                    '}' if depth == 0 => {
                        expand(path.clone(), part.trim(), found);
                        return;
                    }
                    c => part.push(c),
                }
            }
        }
        None => {
            found.insert(path);
        }
    }
}

#[test]
fn paths_are_found_in_use_trees() {
    let code = "use crate::{a::{b, c::d}, e};\nlet x = super::super::f::g();\nuse super::h;";
    let found = used("p/q/r.rs", code);
    let paths: Vec<String> = found.iter().map(|path| path.join("::")).collect();
    assert_eq!(paths, ["a::b", "a::c::d", "e", "p::f::g", "p::q::h"]);
}

#[test]
fn each_part_uses_only_parts_below_it() {
    let layer = |part: &str| LAYERS.iter().position(|known| *known == part);
    for (name, text) in sources() {
        let part = name.split(['/', '.']).next().unwrap();
        if ["main", "lib"].contains(&part) {
            continue;
        }
        let own = layer(part).unwrap_or_else(|| panic!("{name} is on no layer"));
        for path in used(&name, &code(&text)) {
            let Some(used_layer) = path.first().and_then(|first| layer(first)) else { continue };
            assert!(used_layer >= own, "{name} uses {}, which stands above it", path.join("::"));
        }
    }
}

/// Returns the file that a path leads to, following re-exports of `mod.rs` files. `None` if it leads to no file.
fn file_of<'a>(path: &[String], files: &'a BTreeMap<String, String>) -> Option<&'a str> {
    let (name, text, rest) = (1..=path.len()).rev().find_map(|length| {
        let stem = path[..length].join("/");
        let found =
            files.get_key_value(&format!("{stem}.rs")).or_else(|| files.get_key_value(&format!("{stem}/mod.rs")));
        found.map(|(name, text)| (name, text, &path[length..]))
    })?;
    let re_exports = rest.first().filter(|_| name.ends_with("/mod.rs")).and_then(|item| {
        let folder = name.trim_end_matches("/mod.rs");
        let paths = re_exports(&code(text)).into_iter().find(|path| path.last() == Some(item))?;
        let inner: Vec<String> = folder.split('/').map(str::to_owned).chain(paths).collect();
        file_of(&inner, files).filter(|other| *other != name)
    });
    Some(re_exports.unwrap_or(name))
}

/// Returns the paths that `pub use` re-exports.
fn re_exports(code: &str) -> BTreeSet<Vec<String>> {
    let mut found = BTreeSet::new();
    for tree in code.split("pub use ").skip(1).filter_map(|rest| rest.split_once(';')).map(|(tree, _)| tree) {
        expand(Vec::new(), tree.trim_start_matches("self::"), &mut found);
    }
    found
}

/// Returns code without its re-exports.
fn own_code(code: &str) -> String {
    let mut parts = code.split("pub use ");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |out, part| out + part.split_once(';').map_or("", |(_, rest)| rest))
}

#[test]
fn files_do_not_use_each_other_in_cycles() {
    let files = sources();
    let is_part = |name: &str| !["main.rs", "lib.rs"].contains(&name);
    let uses: BTreeMap<&str, BTreeSet<&str>> = files
        .iter()
        .filter(|(name, _)| is_part(name))
        .map(|(name, text)| {
            let paths = used(name, &own_code(&code(text)));
            let others = paths.iter().filter_map(|path| file_of(path, &files)).filter(|other| is_part(other));
            (name.as_str(), others.filter(|other| other != name).collect())
        })
        .collect();
    let mut circles = Vec::new();
    for start in uses.keys() {
        let (mut reached, mut next) = (BTreeSet::new(), vec![*start]);
        while let Some(name) = next.pop() {
            for other in uses.get(name).into_iter().flatten() {
                if other == start {
                    circles.push(format!("{start} uses {name}, which uses {start}"));
                }
                if reached.insert(*other) {
                    next.push(other);
                }
            }
        }
    }
    assert!(circles.is_empty(), "{circles:#?}");
}

#[test]
fn no_file_has_more_than_400_lines() {
    for (name, text) in ["src", "tests"].into_iter().flat_map(rust_files) {
        let lines = text.lines().count();
        assert!(lines <= 400, "{name} has {lines} lines");
    }
}

#[test]
fn no_profile_aborts_on_panic() {
    let manifest = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml")).unwrap();
    assert!(!manifest.contains("panic = \"abort\""));
}
