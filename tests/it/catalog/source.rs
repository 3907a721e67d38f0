//! The catalogue as a source of data: before all others, without a request, and never a cause of alarm.

use std::time::Duration;

use serde_json::Value;

use crate::support::Friends;
use crate::support::datasets::{Datasets, Fault, rows};
use crate::support::server::{Reply, Server, dead_url, made_up, titles};

const HOUR: Duration = Duration::from_secs(3600);

fn board(friends: &Friends) -> Vec<Value> {
    friends.run("vote --json").json()["proposals"].as_array().unwrap().clone()
}

#[test]
fn a_first_evening_without_a_network_shows_a_complete_board() {
    let datasets = Datasets::start();
    let mut friends = Friends::with_catalog(&datasets);
    friends.set("MOVIENIGHT_OFFLINE", "1");
    let ran = friends.run("propose the godfather").ok();
    assert_eq!((ran.out.as_str(), ran.err.as_str()), ("Proposed The Godfather (1972), rated 9.2, as number 1\n", ""));
    assert_eq!(friends.run("propose AMÉLIE").ok().out, "Proposed Amélie (2001), rated 8.3, as number 2\n");
    assert!(friends.run("propose le fabuleux destin d'amélie poulain").ok().out.contains("on the board already"));
    friends.run("propose tt0306414").ok();
    let board = board(&friends);
    let godfather = &board[0];
    for (name, value) in [
        ("title", Value::from("The Godfather")),
        ("year", 1972.into()),
        ("runtime_minutes", 175.into()),
        ("genres", vec!["Crime", "Drama"].into()),
        ("rating", 9.2.into()),
        ("rating_count", 2_000_000.into()),
        ("cache", "fresh".into()),
        ("cached_at", "2026-11-22T20:00:00Z".into()),
        ("source", "imdb-datasets".into()),
    ] {
        assert_eq!(godfather[name], value, "{name}");
    }
    friends.terminal = Some(100);
    friends.asks = true;
    let ran = friends.run("vote").ok();
    assert!(!ran.out.contains(" … ") && !ran.out.contains('~') && ran.err.is_empty(), "{ran:?}");
    for _ in 0..10 {
        friends.run("vote").ok();
    }
    friends.set("MOVIENIGHT_OFFLINE", "0");
    friends.terminal = None;
    let ran = friends.run("cache stats --check");
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{ran:?}");
    let stats = friends.run("cache stats --json").json();
    assert_eq!(stats["hit_rate"]["last_24h"], 1.0);
    assert_eq!(stats["catalog"]["titles"], 3006);
    assert!(friends.run("cache stats").ok().out.contains("Catalogue    titles just now, ratings just now"));
}

#[test]
fn known_titles_need_no_request_and_a_refresh_adds_details() {
    let datasets = Datasets::start();
    let server = Server::imdbapi();
    let mut friends = Friends::with_catalog(&datasets);
    friends.set("MOVIENIGHT_IMDBAPI_URL", server.url());
    friends.run("propose the godfather").ok();
    friends.run("propose heat").ok();
    assert!(board(&friends).iter().all(|movie| movie["source"] == "imdb-datasets" && movie["cache"] == "fresh"));
    assert_eq!(server.count(), 0);
    friends.run("cache refresh").ok();
    let board = board(&friends);
    assert_eq!(board[0]["source"], "imdb-datasets+imdbapi");
    assert_eq!(board[0]["plot"], made_up("tt0068646")["plot"]);
    // For a day, nothing is left to refresh.
    let requests = server.count();
    friends.run("cache refresh").ok();
    assert_eq!(server.count(), requests);
}

#[test]
fn a_background_refresh_adds_details_and_downloads_no_dataset() {
    let datasets = Datasets::start();
    let server = Server::imdbapi();
    let mut friends = Friends::online(&server.url());
    friends.set("MOVIENIGHT_DATASETS_URL", datasets.url());
    // The real binary has the real clock.
    let run = |args: &[&str]| {
        let output = friends.command().args(args).output().unwrap();
        assert!(output.status.success(), "{output:?}");
    };
    run(&["catalog", "update"]);
    run(&["--offline", "propose", "the", "godfather"]);
    let old = "UPDATE meta SET facts =
               json_set(facts, '$.ratings.confirmed_at', facts ->> '$.ratings.confirmed_at' - 90000)";
    rusqlite::Connection::open(friends.catalog()).unwrap().execute_batch(old).unwrap();
    datasets.requests();
    run(&["cache", "refresh", "--background"]);
    assert_eq!(datasets.requests().len(), 0);
    assert_eq!(friends.sql::<String>("SELECT source FROM imdb_cache"), "imdb-datasets+imdbapi");
    run(&["cache", "refresh"]);
    assert_eq!(datasets.requests().len(), 1);
}

#[test]
fn the_catalogue_fills_in_what_web_sources_lack() {
    let datasets = Datasets::start();
    let server = Server::cinemeta();
    let mut friends = Friends::with_catalog(&datasets);
    friends.set("MOVIENIGHT_SOURCES", "cinemeta");
    friends.set("MOVIENIGHT_CINEMETA_URL", server.url());
    friends.run("propose tt0068646").ok();
    friends.run("cache refresh").ok();
    let movie = &board(&friends)[0];
    assert_eq!(movie["source"], "imdb-datasets+cinemeta");
    // A rating is taken only together with its count, which this source lacks.
    assert_eq!((&movie["rating"], &movie["rating_count"]), (&9.2.into(), &2_000_000.into()));
    assert_eq!(movie["plot"], "It happens.");
    // Ratings from a later download replace older ones.
    friends.later(15 * HOUR);
    let (_, ratings) = rows(3000);
    datasets.set_ratings(&ratings.replace("tt0068646\t9.2\t2000000", "tt0068646\t9.4\t2000007"), "2");
    let cached_at = movie["cached_at"].clone();
    friends.run("catalog update --ratings").ok();
    friends.run("cache refresh").ok();
    let movie = &board(&friends)[0];
    assert_eq!((&movie["rating"], &movie["rating_count"]), (&9.4.into(), &2_000_007.into()));
    assert_eq!((&movie["cached_at"], &movie["plot"]), (&cached_at, &"It happens.".into()));
}

#[test]
fn a_view_uses_the_catalogue_before_the_network() {
    let datasets = Datasets::start();
    let server = Server::imdbapi();
    let mut friends = Friends::online(&server.url());
    friends.set("MOVIENIGHT_DATASETS_URL", datasets.url());
    friends.run("propose tt0068646 tt0211915 --offline").ok();
    friends.run("catalog update").ok();
    assert!(board(&friends).iter().all(|movie| movie["source"] == "imdb-datasets" && movie["cache"] == "fresh"));
    assert_eq!(server.count(), 0);
    let stats = friends.run("cache stats --json").json();
    assert_eq!((&stats["titles"]["missing"], &stats["hit_rate"]["last_24h"]), (&0.into(), &1.0.into()), "{stats}");
    assert!(friends.run("show godfather --offline").ok().out.contains("from imdb-datasets"));
    // Titles that the catalogue does not know are asked of the other sources.
    friends.run("propose tt0000012").ok();
    assert_eq!(board(&friends)[2]["source"], "imdbapi");
    let out = friends.run("show tt0306414").ok().out;
    assert!(out.contains("imdb-datasets+imdbapi"), "{out}");
    let out = friends.run("show tt0306414 --offline").ok().out;
    assert!(out.contains("The Wire") && out.contains("from imdb-datasets"), "{out}");
}

#[test]
fn a_refresh_updates_the_ratings_and_a_failure_is_only_a_note() {
    let datasets = Datasets::start();
    let friends = Friends::with_catalog(&datasets);
    friends.run("propose the godfather").ok();
    datasets.requests();
    friends.later(19 * HOUR);
    let ran = friends.run("cache refresh").ok();
    assert_eq!(datasets.requests().len(), 0, "too early");
    assert!(ran.err.contains("1 title has catalogue data only"), "{ran:?}");
    friends.later(5 * HOUR);
    assert_eq!(board(&friends)[0]["cache"], "stale");
    let (basics, ratings) = rows(3000);
    datasets.set(&basics, &ratings.replace("tt0068646\t9.2", "tt0068646\t9.3"), "2");
    let ran = friends.run("cache refresh --json").ok();
    let summary: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!((&summary["refreshed"], &summary["failed"]), (&1.into(), &0.into()), "{summary}");
    let asked = datasets.requests();
    assert!(asked.len() == 1 && asked[0].0.contains("ratings"), "{asked:?}");
    let movie = &board(&friends)[0];
    assert_eq!((&movie["cache"], &movie["rating"]), (&"fresh".into(), &9.3.into()));
    // Views between two downloads do not lower the hit rate, and nothing raises an alarm.
    friends.later(30 * HOUR);
    for _ in 0..25 {
        friends.run("vote").ok();
    }
    let ran = friends.run("cache stats --check");
    assert_eq!(ran.code, 0, "{ran:?}");
    datasets.set_fault(Some(Fault::Status(503)));
    let ran = friends.run("cache refresh");
    assert!(
        ran.err.contains("Could not update the catalogue's ratings: cannot download title.ratings.tsv.gz"),
        "{ran:?}"
    );
    datasets.set_fault(None);
    // The limit is eight days.
    friends.later(200 * HOUR);
    let ran = friends.run("cache stats --check");
    assert!(ran.code == 1 && ran.err.contains("data from the catalogue is 9 days old"), "{ran:?}");
}

#[test]
fn the_web_is_searched_only_when_the_catalogue_finds_nothing_good() {
    let datasets = Datasets::start();
    let server = Server::start(|path| match path.starts_with("/search/") {
        true => Reply::json(&serde_json::json!({"titles": [made_up("tt0000012")]})),
        false => titles(path, |id| Some(made_up(id))),
    });
    let mut friends = Friends::with_catalog(&datasets);
    friends.set("MOVIENIGHT_IMDBAPI_URL", server.url());
    for (words, id) in [("godfahter", "tt0068646"), ("heat 2013", "tt2395247"), ("the godfather 2", "tt0071562")] {
        let found = friends.args(&["search", words, "--json"]).json();
        assert_eq!(found["results"][0]["imdb_id"], id, "{found}");
    }
    assert_eq!(server.count(), 0);
    let found = friends.run("search zxqv --json").json();
    assert_eq!((&found["results"][0]["imdb_id"], server.count()), (&"tt0000012".into(), 1), "{found}");
    // Of several titles with this name, the best known is meant, or another one by its year.
    assert!(friends.run("propose heat").ok().out.contains("Heat (1995)"));
    assert!(friends.run("propose heat 2013").ok().out.contains("Heat (2013)"));
    // No title matches completely, and there is no terminal for a question.
    let err = friends.run("propose godfahter").fails();
    assert!(err.contains("tt0068646") && err.contains("no title is called \"godfahter\""), "{err}");
    let err = friends.run("vote the wrie").fails();
    assert!(err.contains("did you mean The Wire (2002)?"), "{err}");
}

#[test]
fn without_a_catalogue_an_outage_says_how_to_get_one() {
    let mut friends = Friends::online(&dead_url());
    friends.make_board();
    for line in ["search heat", "propose heat", "propose tt0000012"] {
        let ran = friends.run(line);
        assert!(ran.err.contains("movienight catalog update (222 MiB)"), "{line}: {ran:?}");
    }
    let server = Server::start(|_| Reply::json(&serde_json::json!({"titles": []})));
    friends.set("MOVIENIGHT_IMDBAPI_URL", server.url());
    assert!(friends.run("search heat").fails().contains("movienight catalog update (222 MiB)"));
}

#[test]
fn the_catalogue_completes_titles() {
    let datasets = Datasets::start();
    let friends = Friends::with_catalog(&datasets);
    let complete = |args: &[&str]| -> Vec<String> {
        let out = friends.args(&[&["complete", "propose", "--"], args].concat()).ok().out;
        out.lines().map(|line| line.split('\t').next().unwrap().to_owned()).collect()
    };
    assert_eq!(complete(&["godf"]), ["The Godfather", "The Godfather Part II"]);
    assert_eq!(complete(&["The Godfather p"]), ["The Godfather Part II"]);
    assert_eq!(complete(&["godf", "the"]), ["Godfather", "Godfather Part II"]);
    assert_eq!(complete(&["godf", "--as", "Ben", "the"]), ["Godfather", "Godfather Part II"]);
    assert_eq!(complete(&["godf", "movienight", "--offline", "propose", "the"]), ["Godfather", "Godfather Part II"]);
    assert_eq!(complete(&["HEA"]), ["Heat", "Heat 2013"]);
    assert_eq!(complete(&["amel"]), ["Amélie"]);
    // Bash breaks words at colons.
    assert_eq!(complete(&["p", "the", "godfather", ":"]), ["Part II"]);
    assert_eq!(complete(&["zxqv"]), [""; 0]);
    let out = friends.run("complete propose wire").ok().out;
    assert_eq!(out, "The Wire\t2002, series, ★ 9.3\n");
    assert_eq!(Friends::offline().run("complete propose wire").ok().out, "");
}
