//! Values in answers: a bad one does not affect others, and each is read in all its spellings.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::json;

use crate::support::Friends;
use crate::support::server::{Reply, Server, dead_url, imdbapi};

/// Starts a server that answers like imdbapi, with the text of one title changed.
fn with_bad_title(id: &'static str, change: impl Fn(String) -> String + Send + Sync + 'static) -> Server {
    Server::start(move |path| match imdbapi(path) {
        Reply::Answer(status, headers, body) if path.contains(id) => {
            Reply::Answer(status, headers, change(String::from_utf8(body).unwrap()).into_bytes())
        }
        reply => reply,
    })
}

/// Proposes five movies, refreshes them, and returns how many have data.
fn fresh_of_five(friends: &mut Friends) -> i64 {
    friends.stdin = (1..=5).map(|n| format!("tt{n:07}\n")).collect();
    friends.run("propose - --offline").ok();
    friends.run("cache refresh");
    friends.sql("SELECT count(*) FROM imdb_cache WHERE cached_at IS NOT NULL")
}

#[test]
fn a_title_that_breaks_its_batch_does_not_affect_the_others() {
    let long = with_bad_title("tt0000003", |body| body.replacen("Something", &"x".repeat(1_100_000), 1));
    let torn = with_bad_title("tt0000003", |body| body.replacen("Something", "\"\"", 1));
    let half = with_bad_title("tt0000003", |body| body.replacen("Something", "\\ud83d", 1));
    for server in [long, torn, half] {
        let mut friends = Friends::online(&server.url());
        assert_eq!(fresh_of_five(&mut friends), 4);
        assert_eq!(server.count(), 6, "the batch, and each of its titles");
    }
}

#[test]
fn html_entities_and_all_spellings_of_a_runtime_are_read() {
    let runtime = Arc::new(Mutex::new(json!("142 min")));
    let written = Arc::clone(&runtime);
    let server = Server::start(move |_| {
        Reply::json(&json!({"meta": {
            "id": "tt0000012", "type": "movie", "name": "Tom &amp; Jerry", "runtime": *written.lock().unwrap(),
            "genres": ["Action &amp; Adventure"], "cast": ["Sin&eacute;ad"], "director": ["A. O&#39;Hara"]
        }}))
    });
    let mut friends = Friends::with_two_sources(&dead_url(), &server.url());
    friends.set("MOVIENIGHT_SOURCES", "cinemeta");
    friends.run("propose tt0000012").ok();
    for form in [json!("142 min"), json!(142), json!("2h 22min"), json!("142"), json!(142.0)] {
        *runtime.lock().unwrap() = form.clone();
        friends.later(Duration::from_secs(1));
        friends.run("cache refresh --all").ok();
        assert_eq!(friends.run("show 1 --json").json()["runtime_minutes"], 142, "{form}");
    }
    let movie = friends.run("show 1 --json").json();
    assert_eq!(movie["genres"], json!(["Action & Adventure"]));
    let shown = friends.run("show 1").ok().out;
    assert!(shown.contains("Sinéad") && shown.contains("A. O'Hara"), "{shown}");
}

/// Returns what `show` prints about a title with this answer of cinemeta, without a board.
fn shown_by_cinemeta(friends: &mut Friends, body: &str) -> serde_json::Value {
    let body = body.to_owned();
    let server = Server::start(move |_| Reply::Answer(200, Vec::new(), body.clone().into_bytes()));
    friends.set("MOVIENIGHT_CINEMETA_URL", server.url());
    friends.run("show tt0000012 --json").json()
}

#[test]
fn runtimes_and_years_are_parsed_in_all_spellings() {
    let mut friends = Friends::with_two_sources(&dead_url(), &dead_url()).in_file();
    friends.set("MOVIENIGHT_SOURCES", "cinemeta");
    let mut shown = |name: &str, written: &str| {
        let text = format!(r#"{{"meta": {{"id": "tt0000012", "name": "Heat", "{name}": {written}}}}}"#);
        shown_by_cinemeta(&mut friends, &text)
    };
    for (written, minutes) in [
        ("\"142 min\"", json!(142)),
        ("\"2h 22min\"", json!(142)),
        ("\"1h\"", json!(60)),
        ("\"90\"", json!(90)),
        ("\"1 h 5 min\"", json!(65)),
        ("142.0", json!(142)),
        ("\"34S min\"", json!(null)),
        ("\"N/A\"", json!(null)),
        ("\"\"", json!(null)),
        ("\"0 min\"", json!(null)),
    ] {
        assert_eq!(shown("runtime", written)["runtime_minutes"], minutes, "{written}");
    }
    for (written, year) in [
        ("\"1994\"", json!(1994)),
        ("\"2008–2013\"", json!(2008)),
        ("\"2024-\"", json!(2024)),
        ("1994", json!(1994)),
        ("\"N/A\"", json!(null)),
        ("null", json!(null)),
        ("\"20é4\"", json!(null)),
    ] {
        assert_eq!(shown("year", written)["year"], year, "{written}");
    }
}
