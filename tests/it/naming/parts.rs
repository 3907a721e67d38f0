//! Free forms of naming: parts of titles, searches, choices, cards.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::{Value, json};

use crate::support::server::{Reply, Server, dead_url, titles};
use crate::support::{Friends, shared};

fn found(id: &str, title: &str, year: u16) -> Value {
    json!({"id": id, "type": "movie", "primaryTitle": title, "startYear": year, "genres": ["Drama"],
           "runtimeSeconds": 6000, "rating": {"aggregateRating": 8, "voteCount": 1000},
           "plot": "People want something. ".repeat(12),
           "directors": [{"id": "nm1", "displayName": "A. Director"}, {"id": "nm2"}]})
}

fn library() -> Vec<Value> {
    let mut amelie = found("tt0211915", "Amélie", 2001);
    amelie["originalTitle"] = json!("Le fabuleux destin d'Amélie Poulain");
    vec![
        found("tt0068646", "The Godfather", 1972),
        found("tt0071562", "The Godfather Part II", 1974),
        found("tt0113277", "Heat", 1995),
        found("tt2404463", "Heat", 2013),
        found("tt1856101", "Blade Runner 2049", 2017),
        amelie,
    ]
}

/// Answers like imdbapi. The search finds every title that contains its first word.
fn respond(path: &str) -> Reply {
    if let Some(query) = path.strip_prefix("/search/titles?query=") {
        let word = query.split(['+', '&', '%']).next().unwrap().to_lowercase();
        let word = if word == "the" { "godfather".to_owned() } else { word };
        let has = |t: &Value| t["primaryTitle"].as_str().unwrap().to_lowercase().replace('é', "e").contains(&word);
        let titles: Vec<Value> = library().into_iter().filter(has).collect();
        return Reply::json(&if titles.is_empty() { json!({}) } else { json!({ "titles": titles }) });
    }
    titles(path, |id| library().into_iter().find(|title| title["id"] == json!(id)))
}

fn friends(server: &Server) -> Friends {
    let mut friends = Friends::online(&server.url());
    friends.set("MOVIENIGHT_USER", "Ana");
    friends
}

#[test]
fn a_search_shows_what_is_found_and_costs_one_request() {
    let server = Server::start(respond);
    let friends = friends(&server);
    friends.run("propose tt0113277").ok();
    let before = server.count();
    for words in ["heat", "HEAT", " Héat "] {
        let out = friends.args(&["search", words]).ok().out;
        assert_eq!(
            out,
            "IMDb       Title  Year  Type     ★\n\
             tt0113277  Heat   1995  movie  8.0  on the board\n\
             tt2404463  Heat   2013  movie  8.0\n"
        );
    }
    assert_eq!(server.count(), before + 1);
    friends.later(std::time::Duration::from_secs(86_400));
    let results = friends.run("search heat 2013 --json").json();
    assert_eq!(results["results"].as_array().unwrap().len(), 1);
    assert_eq!(results["results"][0]["imdb_id"], "tt2404463");
    assert_eq!(server.count(), before + 2);
    assert_eq!(friends.run("search blade runner 2049 --json").json()["results"][0]["title"], "Blade Runner 2049");
    assert!(friends.run("search zzz").fails().contains("no title is called \"zzz\""));
    assert!(friends.run("search heat --offline").ok().out.contains("Heat"), "what was kept needs no network");
}

#[test]
fn a_change_waits_for_a_busy_database() {
    let server = Server::start(respond);
    let friends = friends(&server);
    friends.run("propose tt0068646 tt0071562 --offline").ok();
    // Longer than a view waits.
    let locked_for = std::time::Duration::from_millis(1500);
    friends.while_locked(locked_for, || friends.run("pick --watched").ok());
    assert_eq!(friends.run("vote --json").json()["proposals"].as_array().unwrap().len(), 1);
    let ran = friends.while_locked(locked_for, || friends.run("propose heat 1995").ok());
    assert!(ran.out.contains("Proposed Heat (1995)"), "{}", ran.out);
}

#[test]
fn words_propose_the_title_that_clearly_matches() {
    let server = Server::start(respond);
    let friends = friends(&server);
    assert_eq!(
        friends.run("propose the godfather").ok().out,
        "Proposed The Godfather (1972), rated 8.0, as number 1\n"
    );
    assert_eq!(friends.run("propose AMÉLIE").ok().out, "Proposed Amélie (2001), rated 8.0, as number 2\n");
    assert_eq!(friends.run("propose heat 1995").ok().out, "Proposed Heat (1995), rated 8.0, as number 3\n");
    assert_eq!(
        friends.run("propose blade runner 2049").ok().out,
        "Proposed Blade Runner 2049 (2017), rated 8.0, as number 4\n"
    );
    let before = server.count();
    let ran = friends.args(&["propose", "Godfather", "--as", "Ben"]).ok();
    assert_eq!(ran.out, "The Godfather (1972) is on the board already; added Ben's vote\n");
    assert_eq!(server.count(), before, "what is on the board needs no search");
}

#[test]
fn without_a_terminal_ambiguous_words_are_refused_with_candidates() {
    let server = Server::start(respond);
    let mut friends = friends(&server);
    let error = friends.run("propose heat").fails();
    assert!(error.contains("tt0113277  Heat   1995") && error.contains("tt2404463"), "{error}");
    assert!(
        error.ends_with("error: 2 titles match \"heat\": propose one of them by its id, or add the year\n"),
        "{error}"
    );
    let many: Vec<Value> = (1..=12).map(|n| found(&format!("tt000000{n:02}"), "The Thing", 1950 + n)).collect();
    let many = Server::start(move |_| Reply::json(&json!({ "titles": many })));
    friends.set("MOVIENIGHT_IMDBAPI_URL", many.url());
    let error = friends.run("propose the thing").fails();
    assert!(error.contains("\n… 3 more: movienight search 'the thing'\n"), "{error}");
    assert!(error.contains("error: more than 9 titles match \"the thing\": "), "{error}");
    friends.set("MOVIENIGHT_IMDBAPI_URL", server.url());
    assert!(friends.run("propose zzz").fails().contains("no title is called \"zzz\""));
    assert!(friends.run("propose yyyy --offline").fails().contains("cannot search for \"yyyy\" (offline)"));
    friends.set("MOVIENIGHT_IMDBAPI_URL", dead_url());
    let error = friends.run("propose yyy").fails();
    assert!(error.contains("cannot search for \"yyy\" (127.0.0.1 refused the connection)"), "{error}");
    assert!(friends.run("vote 1").fails().contains("there is no board"));
}

#[test]
fn on_a_terminal_the_person_chooses() {
    let server = Server::start(respond);
    let mut friends = friends(&server);
    friends.asks = true;
    friends.set("NO_COLOR", "1");
    for (answer, out) in [("\n", ""), ("", ""), ("7\nx\n2\n", "Proposed Heat (2013), rated 8.0, as number 1\n")] {
        friends.stdin = answer.into();
        let ran = friends.run("propose heat").ok();
        assert_eq!(ran.out, out, "{answer:?}");
        assert!(
            ran.err.contains("1  tt0113277  Heat") && ran.err.contains("Which one? [number, Enter: none] "),
            "{}",
            ran.err
        );
    }
    friends.stdin = "x\nx\nx\n".into();
    assert!(friends.run("propose heat 1995").ok().out.contains("Heat (1995)"), "clear enough: nobody is asked");
}

#[test]
fn search_results_of_all_sources_are_merged() {
    let imdbapi = Server::start(respond);
    let cinemeta = Server::start(|path| {
        let meta = |id: &str, name: &str, kind: &str| json!({"id": id, "type": kind, "name": name, "releaseInfo": "2001-2003"});
        Reply::json(&json!({"metas": match path {
            "/catalog/movie/top/search=heat%20wave.json" => vec![meta("tt0113277", "Heat (again)", "movie")],
            "/catalog/series/top/search=heat%20wave.json" => vec![meta("tt0000077", "Heat Wave", "series")],
            _ => vec![],
        }}))
    });
    let mut friends = Friends::with_two_sources(&imdbapi.url(), &cinemeta.url()).in_file();
    let found = friends.run("search heat wave --json").json();
    let titles: Vec<&Value> = found["results"].as_array().unwrap().iter().map(|r| &r["title"]).collect();
    assert_eq!(titles, ["Heat", "Heat", "Heat Wave"]);
    assert_eq!(found["results"][2]["year"], 2001);
    friends.set("MOVIENIGHT_IMDBAPI_URL", dead_url());
    assert!(friends.run("search heat waves --json").fails().contains("\"code\":\"network\""));
    assert_eq!(friends.run("search heat wave --json").json()["results"].as_array().unwrap().len(), 2);
}

#[test]
fn part_of_a_title_is_enough() {
    let server = Server::start(respond);
    let friends = friends(&server);
    friends.run("propose tt0068646 tt0071562 tt0113277 tt0211915").ok();
    for (line, out) in [
        ("vote amel --as Ben", "Ben voted for Amélie (2001)\n"),
        ("vote the godfather --as Ben", "Ben voted for The Godfather (1972)\n"),
        ("vote godfather part ii --as Ben", "Ben voted for The Godfather Part II (1974)\n"),
        ("vote heat 1995 --as Ben", "Ben voted for Heat (1995)\n"),
        (
            "unvote 3 tt0211915 --as Ben",
            "Ben took back the vote for Heat (1995)\nBen took back the vote for Amélie (2001)\n",
        ),
        ("withdraw godfather part", "Withdrew The Godfather Part II (1974); its 2 votes are kept\n"),
    ] {
        assert_eq!(friends.run(line).ok().out, out, "{line}");
    }
    friends.run("propose tt0071562").ok();
    let error = friends.run("vote fath").fails();
    assert!(
        error
            .ends_with("\"fath\" may mean The Godfather (1972) or The Godfather Part II (1974): movienight vote 1 or movienight vote 2\n"),
        "{error}"
    );
    for (word, near) in [("heaz", "Heat (1995)"), ("amlie", "Amélie (2001)"), ("godfathre", "The Godfather (1972)")] {
        let error = friends.run(&format!("vote {word}")).fails();
        assert!(error.contains(&format!("did you mean {near}?")), "{error}");
    }
}

#[test]
fn the_card_shows_all_known_facts() {
    let server = Server::start(respond);
    let mut friends = friends(&server);
    friends.args(&["propose", "tt0211915", "--note", "for Cleo"]).ok();
    friends.run("vote 1 --as Ben").ok();
    friends.later(std::time::Duration::from_secs(7200));
    friends.terminal = Some(60);
    let card = friends.run("show amelie --color never").ok().out;
    assert_eq!(
        card,
        "Amélie (2001)
Le fabuleux destin d'Amélie Poulain
movie · 1h 40m · ★ 8.0 (1,000 votes)

People want something. People want something. People want
something. People want something. People want something.
People want something. People want something. People want
something. People want something. People want something.
People want something. People want something.

Genres       Drama
Directed by  A. Director
Number       1
Proposed by  Ana, 2 hours ago (2026-11-22)
Note         for Cleo (Ana)
Votes        2: Ana, Ben
Link         https://www.imdb.com/title/tt0211915/
Data         fresh: from imdbapi, 2 hours ago
"
    );
    assert_eq!(friends.run("show 1 --json").json()["original_title"], "Le fabuleux destin d'Amélie Poulain");
    let preview = friends.run("show tt0113277 --color never").ok().out;
    assert!(preview.starts_with("Heat (1995)\n") && !preview.contains("Votes "), "{preview}");
    assert!(friends.run("show tt0999999").fails().contains("tt0999999 is unknown to IMDb"));
    friends.run("withdraw 1").ok();
    assert!(friends.run("show amelie").ok().out.contains("Le fabuleux"));
    assert_eq!(friends.sql::<i64>("SELECT count(*) FROM proposals"), 1);
}

#[test]
fn recorded_searches_are_understood() {
    let Some(folder) = shared("imdbapi/search") else { return };
    let (all, empty) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicBool::new(false)));
    let (saw, none) = (Arc::clone(&all), Arc::clone(&empty));
    let server = Server::start(move |path| {
        let name = path.split("query=").nth(1).unwrap().split('&').next().unwrap().replace('+', "-");
        match std::fs::read(folder.join(format!("{name}.json"))) {
            Ok(body) => {
                saw.store(true, Ordering::SeqCst);
                Reply::Answer(200, vec![], body)
            }
            Err(_) => {
                none.store(true, Ordering::SeqCst);
                Reply::json(&json!({}))
            }
        }
    });
    let friends = friends(&server).in_file();
    let results = friends.run("search dune --json").json();
    assert!(results["results"].as_array().unwrap().iter().any(|r| r["imdb_id"] == "tt15239678"));
    assert!(friends.run("search no such film at all").fails().contains("no title is called"));
    assert!(all.load(Ordering::SeqCst) && empty.load(Ordering::SeqCst));
}

#[test]
fn an_empty_group_is_welcomed_with_the_first_command() {
    let friends = Friends::offline().in_file();
    let out = friends.run("").ok().out;
    assert_eq!(out.lines().count(), 3);
    assert_eq!(out.lines().nth(2), Some("  movienight propose the godfather"), "{out}");
    friends.run("propose tt0111161").ok();
    friends.run("withdraw 1").ok();
    assert_eq!(friends.run("").ok().out, "The board is empty: movienight propose MOVIE puts one on it\n");
}
