//! OMDb: asked first when there is a key, and the key is never shown.

use std::time::Duration;

use serde_json::{Value, json};

use crate::support::server::{Reply, Server, ids};
use crate::support::{Friends, shared};

const KEY: &str = "s3cr3tk3y";

fn with_key(omdb: &Server, imdbapi: &Server) -> Friends {
    let mut friends = Friends::online(&imdbapi.url());
    friends.set("MOVIENIGHT_OMDB_KEY", KEY);
    friends.set("MOVIENIGHT_OMDB_URL", omdb.url());
    friends
}

fn title(path: &str) -> Reply {
    Reply::json(&json!({
        "Title": "Tom &amp; Jerry", "Year": "2008–2013", "Released": "N/A", "Runtime": "34S min",
        "Genre": "Comedy, Family", "Director": "N/A", "Actors": "A. One, B. Two", "Plot": "N/A", "Poster": "N/A",
        "imdbRating": "7.5", "imdbVotes": "1,234,567", "imdbID": ids(path)[0], "Type": "series", "Response": "True"
    }))
}

#[test]
fn omdb_is_asked_first_and_missing_values_stay_unknown() {
    let (omdb, imdbapi) = (Server::start(title), Server::imdbapi());
    let friends = with_key(&omdb, &imdbapi);
    assert_eq!(friends.run("propose tt0000012").ok().out, "Proposed Tom & Jerry (2008), rated 7.5, as number 1\n");
    assert_eq!(omdb.requests(), [format!("/?apikey={KEY}&i=tt0000012")]);
    assert_eq!(imdbapi.count(), 0);
    let movie = friends.run("vote --json").json()["proposals"][0].clone();
    assert_eq!(movie["rating_count"], 1_234_567);
    assert_eq!(movie["genres"], json!(["Comedy", "Family"]));
    assert_eq!(movie["type"], "tvSeries");
    for unknown in ["runtime_minutes", "plot", "poster_url"] {
        assert_eq!(movie[unknown], Value::Null, "{unknown}");
    }
}

#[test]
fn the_meanings_of_401_are_distinguished_and_the_key_never_shown() {
    for (text, state, error) in [
        ("Request limit reached!", "2026-11-23T00:00:00Z", "the key's requests for today are used up"),
        ("Invalid API key!", "2026-11-22T21:00:00Z", "check MOVIENIGHT_OMDB_KEY"),
        ("No API key provided.", "2026-11-22T21:00:00Z", "check MOVIENIGHT_OMDB_KEY"),
        ("s3cr3tk3y is a funny key", "", "refused the request (status 401)"),
        ("%733cr3tk3y is a funny key", "", "refused the request (status 401)"),
        ("%25733cr3tk3y, &#115;3cr3tk3y, S3CR3TK3Y", "", "refused the request (status 401)"),
    ] {
        let omdb = Server::start(move |_| Reply::status(401, &json!({"Response": "False", "Error": text})));
        let imdbapi = Server::imdbapi();
        let friends = with_key(&omdb, &imdbapi).in_file();
        let mut seen = String::new();
        for line in ["propose tt0000012", "vote", "cache stats", "cache stats --json", "propose tt0000013"] {
            let ran = friends.run(line).ok();
            seen += &(ran.out + &ran.err);
        }
        assert!(seen.contains("Movie 12") && seen.contains(error), "{seen}");
        let stats = friends.run("cache stats --json").json();
        assert_eq!(stats["sources"][0]["down_until"], if state.is_empty() { Value::Null } else { json!(state) });
        // A person's request is tried again, unless it cannot succeed before midnight.
        assert_eq!(omdb.count(), if text.starts_with("Request limit") { 1 } else { 2 }, "{text}");
        assert!(!seen.to_lowercase().contains("3cr3tk3y"), "{seen}");
        let file = std::fs::read(friends.db()).unwrap();
        assert!(!file.windows(KEY.len()).any(|bytes| bytes == KEY.as_bytes()));
    }
}

#[test]
fn after_the_daily_limit_omdb_is_not_asked_until_midnight_utc() {
    let omdb = Server::start(|_| Reply::status(401, &json!({"Response": "False", "Error": "Request limit reached!"})));
    let imdbapi = Server::imdbapi();
    let friends = with_key(&omdb, &imdbapi);
    friends.run("propose tt0000012").ok();
    friends.later(Duration::from_secs(4 * 3600 - 1));
    for line in ["propose tt0000013", "cache refresh --all", "search heat", "vote"] {
        friends.run(line);
        assert_eq!(omdb.count(), 1, "{line}");
    }
    friends.later(Duration::from_secs(1));
    friends.run("propose tt0000014").ok();
    assert_eq!(omdb.count(), 2);
}

#[test]
fn an_unreachable_host_is_named_without_the_key() {
    let imdbapi = Server::imdbapi();
    let mut friends = with_key(&imdbapi, &imdbapi);
    friends.set("MOVIENIGHT_OMDB_URL", crate::support::server::dead_url());
    friends.set("MOVIENIGHT_SOURCES", "omdb");
    let ran = friends.run("propose tt0000012").ok();
    assert!(ran.err.contains("127.0.0.1 refused the connection") && !ran.err.contains(KEY), "{}", ran.err);
    friends.vars.remove("MOVIENIGHT_OMDB_KEY");
    let error = friends.run("vote").fails();
    assert!(error.contains("MOVIENIGHT_SOURCES includes omdb, which requires MOVIENIGHT_OMDB_KEY"), "{error}");
}

#[test]
fn recorded_answers_are_understood() {
    let Some(folder) = shared("omdb") else { return };
    let titles: Vec<String> = std::fs::read_dir(folder.join("titles"))
        .unwrap()
        .filter_map(|f| f.unwrap().file_name().into_string().unwrap().strip_suffix(".json").map(str::to_owned))
        .collect();
    let known = titles.clone();
    let errors = ["200_movie-not-found", "200_incorrect-imdb-id", "200_error-getting-data"];
    let omdb = Server::start(move |path| {
        let id = &ids(path)[0];
        let file = match known.contains(id) {
            true => format!("titles/{id}.json"),
            false => format!("errors/{}.json", errors[id[2..].parse::<usize>().unwrap() % 3]),
        };
        Reply::Answer(200, vec![], std::fs::read(folder.join(file)).unwrap())
    });
    let mut friends = with_key(&omdb, &omdb);
    friends.set("MOVIENIGHT_SOURCES", "omdb");
    friends.stdin = titles.join("\n");
    friends.run("propose - --offline").ok();
    let summary = friends.run("cache refresh --json --jobs 8").json();
    assert_eq!(summary["refreshed"], titles.len());
    let board = friends.run("vote --json").json();
    for movie in board["proposals"].as_array().unwrap() {
        for field in ["title", "plot", "type", "poster_url"] {
            assert_ne!(movie[field], "N/A", "{movie}");
        }
        assert_ne!(movie["year"], Value::Null, "{movie}");
    }
    assert!(friends.run("propose tt0000003").fails().contains("tt0000003 is unknown to IMDb"));
    assert!(friends.run("propose tt0000004").fails().contains("tt0000004 is unknown to IMDb"));
    let ran = friends.run("propose tt0000005").ok();
    assert!(ran.err.contains("Error getting data."), "{}", ran.err);
}

#[test]
fn age_ratings_and_critics_scores_are_stored_and_shown() {
    let omdb = Server::start(|path| {
        let age = match ids(path)[0].as_str() {
            "tt0000001" => "PG-13",
            "tt0000002" => "TV-MA",
            _ => "Not Rated",
        };
        Reply::json(&json!({
            "Response": "True", "imdbID": ids(path)[0], "Title": format!("Rated {age}"), "Year": "2001", "Rated": age,
            "Language": "English, French", "Country": "United Kingdom", "Metascore": "81",
            "Ratings": [{"Source": "Rotten Tomatoes", "Value": "96%"}, {"Source": "Metacritic", "Value": "81/100"}],
        }))
    });
    let mut friends = with_key(&omdb, &omdb);
    friends.set("MOVIENIGHT_SOURCES", "omdb");
    friends.run("propose tt0000001 tt0000002 tt0000003 --as Ana").ok();
    let card = friends.run("show 1").ok().out;
    for line in [
        "Age rating   PG-13\n",
        "Languages    English, French\n",
        "Countries    United Kingdom\n",
        "Critics      81/100 at Metacritic, 96 % at Rotten Tomatoes\n",
    ] {
        assert!(card.contains(line), "{card}");
    }
    let movie = friends.run("show 2 --json").json();
    assert_eq!((&movie["age_rating"], &movie["countries"]), (&json!("TV-MA"), &json!(["United Kingdom"])));
    assert_eq!((&movie["metacritic"], &movie["rotten_tomatoes"]), (&json!(81), &json!(96)));
    let board = friends.run("vote --age 13 --json").json();
    let fits: Vec<&Value> = board["proposals"].as_array().unwrap().iter().map(|movie| &movie["fits"]).collect();
    assert_eq!(fits, [&json!(true), &json!(null), &json!(false)]);
    assert_eq!(board["proposals"][2]["misfit"], "age");
    assert!(friends.run("vote --age 12").ok().out.contains("age rating: PG-13"));
}
