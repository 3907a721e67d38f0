//! docs/json.md describes every name in the JSON documents of all commands.

use std::collections::BTreeSet;

use serde_json::Value;

use super::readme::{document, serve};
use crate::support::datasets::Datasets;
use crate::support::server::Server;
use crate::support::{Friends, postgres};

/// Command lines, each after the heading in docs/json.md that describes its document: the first cell of a row, the
/// first word of a paragraph, or a section. `FOLDER` is a temporary folder, and the text after `<` is standard input.
const COMMANDS: [(&str, &str); 56] = [
    ("join", "join FOLDER/movienight.db --as Ana"),
    ("join", "join"),
    ("propose", "propose tt0068646 tt0211915 tt0113277 --as Ana"),
    ("propose", "propose - --skip-unknown --as Ana < tt0245429\nno such title\n"),
    ("vote MOVIE", "vote 1 --as Ben"),
    ("vote MOVIE", "vote --favorite 2 --as Ben"),
    ("vote MOVIE", "unvote 1 --as Ben"),
    ("vote", "vote --max 2h"),
    ("vote --missing", "vote --missing"),
    ("seen", "seen 3 --as Ben"),
    ("ballot", "ballot Cleo < 2 3♥\n"),
    ("ballot", "ballot --chat --yes < Cleo: 2\nDan: perhaps\n"),
    ("pick", "pick --here Ana"),
    ("pick", "pick --random"),
    ("hide", "hide"),
    ("vote MOVIE", "vote 1 --as Ben"),
    ("vote", "vote"),
    ("hide", "reveal"),
    ("A movie", "show 1"),
    ("A movie", "show tt0111161"),
    ("search", "search heat"),
    ("open", "open 1"),
    ("import", "import - --as Ana < tt0111161\nno such title\n"),
    ("overlap", "overlap Ana --propose 1"),
    ("watched", "watched 1 --here Ana"),
    ("history", "history"),
    ("page", "page"),
    ("page", "page --max 1m --ballot"),
    ("page", "page --out FOLDER/page.html"),
    ("withdraw", "withdraw 3"),
    ("undo", "undo"),
    ("undo", "redo"),
    ("undo --list", "undo --list"),
    ("voters", "voters"),
    ("voters rename", "voters rename Ben Benno"),
    ("voters rename", "voters merge Benno Cleo"),
    ("voters rename", "voters remove Cleo"),
    ("export --out", "export --out FOLDER/board.json"),
    ("import", "import FOLDER/board.json"),
    ("board copy", "board copy FOLDER/movienight.db FOLDER/copy.db"),
    ("catalog update", "catalog update"),
    ("catalog status", "catalog status"),
    ("cache refresh", "cache refresh --all"),
    ("cache stats", "cache stats"),
    ("catalog remove", "catalog remove"),
    ("catalog status", "catalog status"),
    ("config", "config"),
    ("config get", "config get board"),
    ("config get", "config set color never"),
    ("config get", "config unset color"),
    ("config path", "config path"),
    ("doctor", "doctor"),
    ("--version", "--version"),
    ("board create", "board create friends --db SERVER"),
    ("board list", "board list --db SERVER"),
    ("Errors", "vote nothing"),
];

/// Returns the part of the file that describes a command: the row of a table, a paragraph, or a section.
fn part<'a>(documented: &'a str, heading: &str) -> &'a str {
    let row = documented.lines().find(|line| {
        let cell = line.strip_prefix("| ").and_then(|line| line.split(" | ").next()).unwrap_or_default();
        cell.split(", ").any(|name| name.trim_matches('`') == heading)
    });
    let words = format!("`{heading}`");
    let paragraph = documented.split("\n\n").find(|paragraph| paragraph.starts_with(&words));
    let section = || documented.split("\n## ").find(|section| section.starts_with(heading));
    let row = row.filter(|row| !row.contains("| below |"));
    row.or(paragraph).or_else(section).unwrap_or_else(|| panic!("docs/json.md does not describe {heading}"))
}

/// Collects all names in a document, at any depth.
fn names(document: &Value, into: &mut BTreeSet<String>) {
    match document {
        Value::Object(fields) => {
            for (name, value) in fields {
                into.insert(name.clone());
                names(value, into);
            }
        }
        Value::Array(values) => values.iter().for_each(|value| names(value, into)),
        _ => {}
    }
}

#[test]
fn every_name_in_a_document_is_documented() {
    let (server, datasets, postgres) = (Server::start(serve), Datasets::start(), postgres::server());
    let mut friends = Friends::online(&server.url()).in_file();
    friends.set("MOVIENIGHT_DATASETS_URL", datasets.url());
    let folder = friends.folder.path().to_str().unwrap().to_owned();
    let address = postgres.map(|postgres| postgres.address("owner", &postgres::new_board()));
    let (documented, mut missing) = (document("docs/json.md"), Vec::new());
    for (heading, line) in COMMANDS {
        let (words, input) = line.split_once(" < ").unwrap_or((line, ""));
        friends.stdin = input.to_owned();
        let Some(address) = address.as_deref().or(Some("")).filter(|a| !a.is_empty() || !line.contains("SERVER"))
        else {
            continue;
        };
        let ran = friends.run(&format!("{words} --json").replace("FOLDER", &folder).replace("SERVER", address));
        let output = if heading == "Errors" { ran.fails() } else { ran.out };
        let part = part(&documented, heading);
        for output in output.lines() {
            let document: Value = serde_json::from_str(output).unwrap_or_else(|_| panic!("{line}: {output}"));
            let mut all = BTreeSet::new();
            names(&document, &mut all);
            missing.extend(
                all.iter()
                    .filter(|name| !documented.contains(&format!("`{name}`")))
                    .map(|name| format!("{line}: {name}")),
            );
            let own = document.as_object().unwrap().keys().filter(|name| *name != "warnings" && *name != "new_voter");
            missing.extend(
                own.filter(|name| !part.contains(&format!("`{name}`")))
                    .map(|name| format!("{heading}, {line}: {name}")),
            );
        }
        assert!(!output.is_empty(), "{line}");
    }
    assert!(missing.is_empty(), "not in docs/json.md: {missing:#?}");
}

#[test]
fn names_that_are_absent_or_null_are_documented() {
    let server = Server::start(serve);
    let friends = Friends::online(&server.url()).in_file();
    friends.args(&["propose", "tt0113277", "--note", "long", "--as", "Ana"]).ok();
    let documented = document("docs/json.md");
    for heading in ["vote", "pick"] {
        assert!(part(&documented, heading).contains("`as_of`"), "{heading}");
    }
    let shown = friends.run("show tt0111161 --json").json();
    let (first, last) = (documented.find("| `imdb_id` |").unwrap(), documented.find("| `votes`, `voters` |").unwrap());
    let of_title = |name: &&String| documented[first..last].contains(&format!("`{name}`")) || *name == "warnings";
    assert!(shown.as_object().unwrap().keys().all(|name| of_title(&name)), "{shown}");
    assert!(documented.contains("has only the names from `imdb_id` to `source`"));
    let page = friends.run("page --hide-names --json").json();
    let movie = &page["movies"][0];
    for name in ["no_of", "voters", "proposed_by"] {
        assert!(movie[name].is_null(), "{name}");
    }
    assert!(movie["notes"][0]["voter"].is_null());
    let hidden = "With `--hide-names`, `no_of`,\n`voters`, `proposed_by` and the `voter` of a note are `null`";
    assert!(documented.contains(hidden));
}
