//! Whatever JSON a source sends is read without a panic, and nothing unsafe is shown.

use std::cell::RefCell;
use std::sync::{Arc, Mutex};

use movienight::model::text::is_unsafe;
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};

use crate::support::Friends;
use crate::support::server::{Reply, Server};

/// Generates any JSON. The keys that parsers look for are more frequent than by chance.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(|f| json!(f)),
        any::<String>().prop_map(Value::from),
        prop_oneof!["tt[0-9]{6,11}", "[0-9]{1,5} ?min", "[0-9]{4}[–-]?", "N/A", "[\\x00-\\x1f\u{202e}\u{200b}]{1,9}"]
            .prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 64, 8, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..8).prop_map(Value::from),
            btree_map(key(), inner, 0..16).prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

fn key() -> impl Strategy<Value = String> {
    let known = "id imdb_id imdbID primaryTitle name Title originalTitle startYear year Year releaseInfo type Type rating \
        aggregateRating voteCount imdbRating imdbVotes runtimeSeconds runtime Runtime genres genre Genre directors \
        director stars cast displayName plot description Plot primaryImage url poster Poster";
    let known = proptest::sample::select(known.split_whitespace().collect::<Vec<_>>());
    prop_oneof![4 => known.prop_map(str::to_owned), 1 => any::<String>()]
}

/// Generates an object, which every parser expects at the top level.
fn any_title() -> impl Strategy<Value = Value> {
    btree_map(key(), any_json(), 0..24).prop_map(|map| Value::Object(map.into_iter().collect()))
}

/// Returns the texts in a document.
fn texts(value: &Value) -> Vec<&str> {
    match value {
        Value::String(text) => vec![text],
        Value::Array(values) => values.iter().flat_map(texts).collect(),
        Value::Object(values) => values.values().flat_map(texts).collect(),
        _ => Vec::new(),
    }
}

#[test]
fn any_json_is_parsed_and_sanitized() {
    let sent = Arc::new(Mutex::new(Value::Null));
    let answer = Arc::clone(&sent);
    let server = Server::start(move |_| Reply::json(&answer.lock().unwrap()));
    let mut friends = Friends::online(&server.url()).in_file();
    friends.set("MOVIENIGHT_CINEMETA_URL", server.url());
    friends.set("MOVIENIGHT_OMDB_URL", server.url());
    friends.set("MOVIENIGHT_OMDB_KEY", "0123abcd");
    // A file in the place of the state folder, so that no source is remembered as down.
    let file = friends.folder.path().join("file");
    std::fs::write(&file, "").unwrap();
    friends.set("XDG_STATE_HOME", file);
    let friends = RefCell::new(friends);
    let mut runner = TestRunner::new(ProptestConfig::with_cases(64));
    let ran = runner.run(&prop_oneof![any_title(), any_json()], |value| {
        // The requested id, without which the rest is not read.
        let mut title = value.clone();
        for id in ["id", "imdb_id", "imdbID"] {
            title.as_object_mut().map(|title| title.insert(id.to_owned(), json!("tt0000012")));
        }
        for (source, body) in [
            ("imdbapi", json!({"titles": [title]})),
            ("imdbapi", value.clone()),
            ("cinemeta", json!({"meta": title})),
            ("omdb", title.clone()),
            ("omdb", value.clone()),
        ] {
            friends.borrow_mut().set("MOVIENIGHT_SOURCES", source);
            *sent.lock().unwrap() = body;
            let ran = friends.borrow().run("show tt0000012 --json");
            let Ok(shown) = serde_json::from_str::<Value>(&ran.out) else { continue };
            for text in texts(&shown) {
                prop_assert!(text.chars().all(|c| !is_unsafe(c) || c == '\u{200d}'), "{text:?}");
                prop_assert!(text.chars().count() <= 3000);
            }
        }
        Ok(())
    });
    ran.unwrap();
}
