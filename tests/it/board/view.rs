//! The vote board: its order, its table, its JSON.

use std::time::Duration;

use serde_json::json;

use crate::support::Friends;
use crate::support::server::{Reply, Server, made_up};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

fn with_three_movies(server: &Server) -> Friends {
    let friends = Friends::online(&server.url());
    friends.run("propose tt0000012 tt0000013 tt0000014 --as Ana").ok();
    friends.run("vote tt0000013 --as Ben").ok();
    friends.run("vote tt0000013 tt0000014 --as Cleo").ok();
    friends
}

#[test]
fn a_piped_board_shows_all_columns() {
    let server = Server::imdbapi();
    let friends = with_three_movies(&server);
    let out = friends.run("vote --as Ben").ok().out;
    assert_eq!(
        out,
        "\
#  Movie              ★  Runtime  Genres         Votes  Voters          Proposed by  IMDb
2  Movie 13 (1963)  2.3   1h 33m  Drama, Comedy    ● 3  Ana, Cleo, Ben  Ana          tt0000013
3  Movie 14 (1964)  2.4   1h 34m  Drama, Comedy      2  Ana, Cleo       Ana          tt0000014
1  Movie 12 (1962)  2.2   1h 32m  Drama, Comedy      1  Ana             Ana          tt0000012
3 movies · 6 votes by 3 people · ● your votes (Ben)
"
    );
    assert_eq!(friends.run("").ok().out, friends.run("vote").ok().out, "bare is the board");
}

#[test]
fn on_a_terminal_columns_are_dropped_and_nothing_wraps() {
    let server = Server::start(|path| {
        let mut title = made_up("tt0000012");
        title["primaryTitle"] = json!("Dr. Strangelove or: How I Learned to Stop Worrying and Love the Bomb");
        title["genres"] = json!(["Comedy", "War"]);
        assert!(path.ends_with("tt0000012"));
        Reply::json(&title)
    });
    let mut friends = Friends::online(&server.url());
    friends.run("propose tt0000012 --as Ana").ok();
    for name in ["Ben", "Cleo", "Dan", "千尋", "Maximiliane"] {
        friends.args(&["vote", "1", "--as", name]).ok();
    }
    let mut board = |width: usize| {
        friends.terminal = Some(width);
        friends.run("vote --color never").ok().out
    };
    let row = |text: &str| text.lines().nth(1).unwrap().to_owned();
    let whole = board(200);
    assert!(row(&whole).ends_with("Ana          tt0000012"), "{whole}");
    assert!(board(140).contains("Genres") && !board(140).contains("IMDb"), "{}", board(140));
    assert!(board(100).contains("Voters") && !board(100).contains("Genres"), "{}", board(100));
    assert!(row(&board(60)).contains("(1962)"), "{}", board(60));
    for width in 20..200 {
        let text = board(width);
        for line in text.lines() {
            let cells = movienight::render::cells::width(line);
            assert!(cells <= width, "{cells} cells at {width}: {line}");
        }
    }
}

#[test]
fn stale_data_is_shown_and_marked_from_24_hours_on() {
    let server = Server::imdbapi();
    let friends = with_three_movies(&server);
    friends.later(DAY - Duration::from_secs(1));
    assert_eq!(friends.run("vote --json").json()["proposals"][0]["cache"], "fresh");
    friends.later(Duration::from_secs(1));
    let board = friends.run("vote --json").json();
    assert_eq!(board["proposals"][0]["cache"], "stale");
    assert_eq!(board["proposals"][0]["title"], "Movie 13");
    let out = friends.run("vote").ok().out;
    assert!(out.contains("2  Movie 13 (1963)  ~  2.3"), "{out}");
    assert!(out.ends_with("3 movies · 6 votes by 3 people · ~ 3 stale · ● your votes (Ana)\n"), "{out}");
    assert_eq!(server.count(), 1, "nobody waits for fresh data");
}

#[test]
fn missing_data_is_fetched_together_before_the_board_is_shown() {
    let server = Server::imdbapi();
    let mut friends = Friends::online(&server.url());
    friends.set("MOVIENIGHT_OFFLINE", "1");
    friends.stdin = (10..20).map(|n| format!("tt00000{n}\n")).collect();
    friends.run("propose -").ok();
    let out = friends.run("vote").ok().out;
    assert!(out.contains("1  tt0000010  …"), "{out}");
    assert!(out.contains("· … 10 without data yet · "), "{out}");
    assert_eq!(server.count(), 0, "offline opens no socket");

    friends.set("MOVIENIGHT_OFFLINE", "0");
    let out = friends.run("vote").ok().out;
    assert!(out.contains("Movie 19 (1969)"), "{out}");
    assert_eq!(server.count(), 2, "batches of five");
    friends.run("vote").ok();
    assert_eq!(server.count(), 2);
}

#[test]
fn the_board_json_has_exactly_these_fields() {
    let server = Server::imdbapi();
    let friends = Friends::online(&server.url());
    friends.run("propose tt0000012 --as Ana --note why").ok();
    let mut board = friends.run("vote --json").json();
    // With these names, the macro below would exceed the recursion limit.
    for (name, value) in [
        ("listed_by", json!([])),
        ("age_rating", json!(null)),
        ("languages", json!([])),
        ("countries", json!([])),
        ("metacritic", json!(null)),
        ("rotten_tomatoes", json!(null)),
    ] {
        assert_eq!(board["proposals"][0].as_object_mut().unwrap().remove(name), Some(value), "{name}");
    }
    assert_eq!(
        board,
        json!({
            "proposals": [{
                "number": 1, "rank": 1, "imdb_id": "tt0000012", "title": "Movie 12", "original_title": null,
                "year": 1962, "type": "movie", "rating": 2.2, "rating_count": 1012,
                "runtime_minutes": 92, "genres": ["Drama", "Comedy"],
                "plot": "Something happens, and then something else.", "poster_url": null, "trailer_url": null,
                "directors": [], "stars": [],
                "on_board": true, "votes": 1, "voters": ["Ana"], "favorites": 0, "score": 1, "noes": 0, "no_of": [],
                "proposed_by": "Ana",
                "proposed_at": "2026-11-22T20:00:00Z", "note": "why",
                "notes": [{"voter": "Ana", "text": "why"}], "seen_by": [],
                "favorite_of": [], "ends_at": "2026-11-22T21:32:00Z", "fits": true, "misfit": null,
                "withdrawn_at": null, "watched_at": null, "watched_on": null, "cache": "fresh",
                "cached_at": "2026-11-22T20:00:00Z", "source": "imdbapi"
            }],
            "voters": ["Ana"],
            "warnings": []
        })
    );
}

#[test]
fn colours_follow_the_option_the_variables_and_the_terminal() {
    let mut friends = Friends::offline();
    friends.run("propose tt0000012").ok();
    let colored = |ran: crate::support::Ran| ran.ok().out.contains('\u{1b}');
    assert!(!colored(friends.run("vote")));
    assert!(colored(friends.run("vote --color always")));
    friends.terminal = Some(80);
    assert!(colored(friends.run("vote")));
    assert!(!colored(friends.run("vote --color never")));
    friends.set("NO_COLOR", "");
    assert!(colored(friends.run("vote")), "counts when set and not empty");
    friends.set("NO_COLOR", "1");
    assert!(!colored(friends.run("vote")));
    assert!(colored(friends.run("vote --color always")));
    friends.terminal = None;
    friends.set("NO_COLOR", "");
    friends.set("CLICOLOR_FORCE", "1");
    assert!(colored(friends.run("vote")));
}

#[test]
fn the_columns_variable_applies_only_to_terminals() {
    let mut friends = Friends::offline();
    friends.run("propose tt0000012").ok();
    friends.set("COLUMNS", "40");
    assert!(friends.run("vote").ok().out.contains("IMDb"), "piped, nothing is cut");
    friends.terminal = Some(200);
    assert!(!friends.run("vote").ok().out.contains("IMDb"));
    assert_eq!(friends.run("vote -q").ok().out.lines().count(), 2, "quiet leaves the last line out");
    friends.asks = true;
    let error = friends.run("vote nothing --color never").fails();
    assert!(error.lines().all(|line| line.chars().count() <= 40), "errors, too: {error}");
}

#[test]
fn a_claim_far_in_the_future_does_not_count_as_a_fetch() {
    let server = Server::imdbapi();
    let friends = with_three_movies(&server);
    let claim = |seconds: i64| {
        friends.execute(&format!("UPDATE imdb_cache SET claimed_until = {}", crate::support::EVENING + seconds));
        friends.run("vote --offline").ok().out
    };
    let board = claim(30);
    assert!(board.contains("fetching new data"), "{board}");
    let board = claim(365 * 24 * 60 * 60);
    assert!(!board.contains("fetching new data"), "{board}");
}
