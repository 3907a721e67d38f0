//! The README's sessions are run. With `MOVIENIGHT_BLESS=1` the README is
//! rewritten to what the program does.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use serde_json::{Value, json};

use crate::support::Friends;
use crate::support::datasets::Datasets;
use crate::support::server::{Reply, Server, titles};

/// The movies of the README, as facts about them.
fn movie(id: &str) -> Option<Value> {
    let plot = match id {
        "tt0068646" => Some("The head of a crime family hands his business to the son who never wanted it."),
        _ => None,
    };
    let (title, year, rating, minutes, genres) = match id {
        "tt0068646" => ("The Godfather", 1972, 9.2, 175, ["Crime", "Drama"]),
        "tt0211915" => ("Amélie", 2001, 8.3, 122, ["Comedy", "Romance"]),
        "tt0113277" => ("Heat", 1995, 8.3, 170, ["Crime", "Drama"]),
        "tt0245429" => ("Spirited Away", 2001, 8.6, 125, ["Animation", "Adventure"]),
        "tt0111161" => ("The Shawshank Redemption", 1994, 9.3, 142, ["Drama", "Crime"]),
        _ => return None,
    };
    Some(json!({
        "id": id, "type": "movie", "primaryTitle": title, "startYear": year, "runtimeSeconds": minutes * 60,
        "genres": genres, "plot": plot, "rating": {"aggregateRating": rating, "voteCount": 1_000_000},
    }))
}

fn serve(path: &str) -> Reply {
    if let Some(query) = path.strip_prefix("/search/titles?query=") {
        let word = query.split(['+', '&']).next().unwrap();
        let all = ["tt0068646", "tt0211915", "tt0113277", "tt0245429", "tt0111161"].map(|id| movie(id).unwrap());
        let has = |t: &Value| t["primaryTitle"].as_str().unwrap().to_lowercase().contains(word);
        return Reply::json(&json!({ "titles": all.into_iter().filter(has).collect::<Vec<_>>() }));
    }
    titles(path, movie)
}

/// Words of a command line as a shell splits them, as far as the README needs it.
fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quote = None;
    for c in line.chars() {
        match (quote, c) {
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), _) if open == c => quote = None,
            (None, ' ') => words.push(String::new()),
            _ => words.last_mut().unwrap().push(c),
        }
    }
    words
}

/// Text without the times that a machine takes, which differ from run to run.
fn untimed(text: &str) -> String {
    let timed = ["Board      median", "Database ", "the catalogue has"];
    let untimed = |line| timed.iter().copied().find(|start| str::starts_with(line, start)).unwrap_or(line);
    text.lines().map(untimed).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_readmes_sessions_are_true() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = std::fs::read_to_string(&path).unwrap();
    let server = Server::start(serve);
    let mut friends = Friends::online(&server.url());
    let datasets = Datasets::start();
    friends.set("MOVIENIGHT_DATASETS_URL", datasets.url());
    friends.terminal = Some(80);
    friends.set("NO_COLOR", "1");
    friends.set("LOGNAME", "Ana");
    let mut actual = String::new();
    let (mut in_session, mut ran) = (false, 0);
    for line in readme.lines() {
        if line.starts_with("```") {
            in_session = line == "```console";
        }
        match line.strip_prefix("$ movienight").filter(|_| in_session) {
            Some(command) => {
                writeln!(actual, "{line}").unwrap();
                let args = words(command.trim_start());
                let args: Vec<&str> = args.iter().map(String::as_str).filter(|a| !a.is_empty()).collect();
                let ended = friends.args(&args);
                friends.later(std::time::Duration::from_secs(60));
                actual.push_str(&ended.out);
                actual.push_str(&ended.err);
                ran += 1;
            }
            None if in_session && line != "```console" => {}
            None => writeln!(actual, "{line}").unwrap(),
        }
    }
    assert!(ran > 5, "the README shows sessions");
    if std::env::var_os("MOVIENIGHT_BLESS").is_some() {
        std::fs::write(&path, &actual).unwrap();
    } else {
        assert!(
            untimed(&readme) == untimed(&actual),
            "the README differs from the program (MOVIENIGHT_BLESS=1 rewrites it):\n{actual}"
        );
    }
}

#[test]
fn the_readmes_pictures_are_there_and_small() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = std::fs::read_to_string(root.join("README.md")).unwrap();
    let names: Vec<&str> = readme.split('"').filter(|part| part.starts_with("docs/pictures/")).collect();
    assert_eq!(names.len(), 6);
    for name in names {
        let bytes = std::fs::metadata(root.join(name)).unwrap_or_else(|_| panic!("{name} is absent")).len();
        assert!((1_000..60 << 10).contains(&bytes), "{name} has {bytes} bytes");
    }
}

/// All names in a document, at any depth.
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
    let server = Server::start(serve);
    let friends = Friends::online(&server.url());
    let documented = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/json.md")).unwrap();
    let mut found = BTreeSet::new();
    for line in [
        "propose tt0068646 tt0211915 tt0113277 --as Ana",
        "vote 1 --as Ben",
        "vote --favorite 2 --as Ben",
        "unvote 1 --as Ben",
        "vote --max 2h",
        "pick --here Ana",
        "pick --random --seed 7",
        "show 1",
        "show tt0245429",
        "search heat",
        "open 1",
        "watched 1 --here Ana",
        "history",
        "page",
        "page --max 1m",
        "withdraw 3",
        "undo",
        "redo",
        "undo --list",
        "voters",
        "voters rename Ben Benno",
        "cache refresh --all",
        "catalog status",
        "catalog remove",
        "cache stats",
    ] {
        let ran = friends.run(&format!("{line} --json"));
        assert_eq!(ran.code, 0, "{line}: {ran:?}");
        names(&serde_json::from_str(&ran.out).unwrap(), &mut found);
    }
    let error = friends.run("vote nothing --json").fails();
    names(&serde_json::from_str(&error).unwrap(), &mut found);
    assert!(found.len() > 60, "{found:?}");
    let missing: Vec<&String> = found.iter().filter(|name| !documented.contains(&format!("`{name}`"))).collect();
    assert!(missing.is_empty(), "not in docs/json.md: {missing:?}");
}
