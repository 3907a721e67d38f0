//! The metadata services: failover, faults, recorded answers.

use std::sync::Mutex;
use std::time::Duration;

use movienight::env::TimeLimits;
use serde_json::{Value, json};

use crate::support::server::{Reply, Server, cinemeta, dead_url, imdbapi, made_up};
use crate::support::{Friends, wait_until};

fn first(friends: &Friends) -> Value {
    friends.run("vote --json").json()["proposals"][0].clone()
}

#[test]
fn cinemeta_is_asked_for_a_film_first_and_then_for_a_series() {
    let server = Server::cinemeta();
    let friends = Friends::with_two_sources(&dead_url(), &server.url());
    let ran = friends.run("propose tt0000013").ok();
    assert_eq!(ran.out, "Proposed Movie 13 & more (2008), rated 7.5, as number 1\n");
    assert_eq!(server.requests(), ["/meta/movie/tt0000013.json", "/meta/series/tt0000013.json"]);
    let movie = first(&friends);
    assert_eq!(movie["type"], "tvSeries");
    assert_eq!(movie["runtime_minutes"], 100);
    assert_eq!(movie["rating_count"], Value::Null);
}

#[test]
fn a_title_unknown_to_one_source_is_asked_of_the_next() {
    let empty = Server::start(|_| Reply::status(404, &json!({})));
    let server = Server::cinemeta();
    let friends = Friends::with_two_sources(&empty.url(), &server.url());
    friends.run("propose tt0000012").ok();
    assert_eq!(first(&friends)["source"], "cinemeta");
    let error = friends.run("propose tt9000001").fails();
    assert!(error.contains("tt9000001 is unknown to IMDb"), "{error}");
}

#[test]
fn redirects_are_followed_within_the_loopback_host_and_nowhere_else() {
    let server = Server::start(|path| match path.strip_prefix("/elsewhere") {
        None => Reply::redirect(307, format!("/elsewhere{path}")),
        Some(path) => cinemeta(path),
    });
    let friends = Friends::with_two_sources(&dead_url(), &server.url());
    assert_eq!(friends.run("propose tt0000012").ok().out, "Proposed Movie 12 & more (1999), rated 7.5, as number 1\n");

    for target in ["http://localhost:1/", "http://127.0.0.2:1/", "file:///etc/passwd", "ftp://127.0.0.1/", "//"] {
        let server = Server::start(move |_| Reply::redirect(302, target));
        let friends = Friends::online(&server.url());
        let ran = friends.run("propose tt0000012").ok();
        assert!(ran.err.contains("127.0.0.1 redirects to"), "{target}: {}", ran.err);
        assert_eq!(server.count(), 1, "{target}");
    }
    let circle = Server::start(|path| Reply::redirect(308, path));
    let ran = Friends::online(&circle.url()).run("propose tt0000012").ok();
    assert!(ran.err.contains("redirects more than five times"), "{}", ran.err);
}

type FaultyReply = Box<dyn Fn() -> Reply + Send + Sync>;

/// Returns faults that any server may have, each with a part of its message.
fn faults() -> Vec<(&'static str, FaultyReply)> {
    vec![
        ("sent a web page instead of JSON", Box::new(Reply::html)),
        ("not JSON", Box::new(|| Reply::Answer(200, vec![], b"{\"id\":\"tt00".to_vec()))),
        ("not JSON", Box::new(|| Reply::Answer(200, vec![], Vec::new()))),
        ("not JSON", Box::new(|| Reply::Answer(200, vec![], b"\xff\xfe\x00".to_vec()))),
        ("not JSON", Box::new(|| Reply::Answer(200, vec![], "[".repeat(100_000).into_bytes()))),
        ("unknown format", Box::new(|| Reply::json(&json!([1, 2, 3])))),
        ("rate limit reached (status 429)", Box::new(|| Reply::status(429, &json!({})))),
        (
            "service unavailable (status 503)",
            Box::new(|| Reply::Answer(503, vec![("retry-after", "20".into())], vec![])),
        ),
        ("broke", Box::new(|| Reply::Close)),
        ("broke", Box::new(|| Reply::Raw(b"HTTP/1.1 200 OK\r\ncontent-length: 999\r\n\r\n{".to_vec()))),
        ("HTTP", Box::new(|| Reply::Raw(b"SSH-2.0-OpenSSH_9.2\r\n\r\n".to_vec()))),
        ("more than the size limit", Box::new(|| Reply::Endless)),
        ("too long to answer", Box::new(|| Reply::Drip(made_up("tt0000012").to_string().into_bytes()))),
        ("too long to answer", Box::new(|| Reply::Hang)),
    ]
}

/// Returns limits that are long enough even on a busy machine, except the one for pauses that a service asks for.
fn generous_limits() -> TimeLimits {
    let minute = Duration::from_secs(60);
    let pause = Duration::from_secs(1);
    TimeLimits { person: minute, request: minute, connect: minute, retry_after: pause, ..TimeLimits::default() }
}

/// Proposes a movie with `source`, which has this fault, as the only source. Returns the message.
fn message_for(source: &str, limits: TimeLimits, fault: FaultyReply) -> String {
    let server = Server::start(move |_| fault());
    let mut friends = Friends::with_two_sources(&server.url(), &server.url());
    friends.set("MOVIENIGHT_SOURCES", source);
    friends.limits = limits;
    let ran = friends.run("propose tt0000012").ok();
    assert!(!ran.err.contains('\u{1b}') && ran.err.lines().count() == 1, "{}", ran.err);
    assert_eq!(first(&friends)["cache"], "missing", "{}", ran.err);
    ran.err
}

#[test]
fn every_fault_is_survived_and_named() {
    let mut cases: Vec<(&str, String, FaultyReply)> = Vec::new();
    for source in ["imdbapi", "cinemeta"] {
        cases.extend(faults().into_iter().map(|(expected, fault)| (source, expected.to_owned(), fault)));
        for status in (401..=431).chain(500..=504).filter(|s| ![404, 429].contains(s)) {
            let fault = move || Reply::status(status, &json!({"message": "No\u{1b}[31m"}));
            cases.push((source, format!("status {status}"), Box::new(fault)));
        }
    }
    let cases = Mutex::new(cases);
    std::thread::scope(|scope| {
        for _ in 0..12 {
            scope.spawn(|| {
                loop {
                    let next = cases.lock().unwrap().pop();
                    let Some((source, expected, fault)) = next else { return };
                    // Only faults that hang may time out.
                    let limits =
                        if expected == "too long to answer" { TimeLimits::default() } else { generous_limits() };
                    let said = message_for(source, limits, fault);
                    assert!(said.contains(&expected), "{source}, {expected}: {said}");
                }
            });
        }
    });
}

#[test]
fn answers_without_a_usable_title_or_id_are_refused() {
    let with = |change: fn(&mut Value)| {
        let mut title = made_up("tt0000012");
        change(&mut title);
        title
    };
    for (expected, title) in [
        ("without a title", with(|t| t["primaryTitle"] = json!("\u{202e}\u{200b}"))),
        ("unknown format", with(|t| t["id"] = Value::Null)),
        ("unknown format", with(|t| t["id"] = json!(["tt0000012"]))),
    ] {
        let said = message_for("imdbapi", generous_limits(), Box::new(move || Reply::json(&title)));
        assert!(said.contains(expected), "{said}");
    }
}

#[test]
fn a_merged_title_is_named_and_does_not_fail_the_refresh() {
    let imdbapi = Server::start(|_| Reply::json(&made_up("tt0000099")));
    let cinemeta = Server::start(|_| Reply::json(&json!({"meta": {"id": "tt0000099", "name": "Another"}})));
    for (source, server) in [("imdbapi", &imdbapi), ("cinemeta", &cinemeta)] {
        let mut friends = Friends::offline();
        friends.run("propose tt0000012").ok();
        friends.set("MOVIENIGHT_OFFLINE", "0");
        friends.set("MOVIENIGHT_SOURCES", source);
        friends.set(&format!("MOVIENIGHT_{}_URL", source.to_uppercase()), server.url());
        let ran = friends.run("cache refresh").ok();
        assert!(
            ran.err.contains(
                "IMDb has merged tt0000012 into tt0000099: movienight withdraw tt0000012, then movienight propose tt0000099"
            ),
            "{ran:?}"
        );
        assert_eq!(friends.run("cache refresh").ok().err, "", "it is left alone for a day");
        assert_eq!(first(&friends)["cache"], "unknown");
        for line in ["propose tt0000013", "show tt0000013"] {
            let error = friends.run(line).fails();
            assert!(error.contains("IMDb has merged tt0000013 into tt0000099: movienight "), "{error}");
            assert!(error.contains(&line.replace("13", "99")), "{error}");
        }
    }
}

#[test]
fn transient_failures_are_retried() {
    let count = std::sync::atomic::AtomicUsize::new(0);
    let server = Server::start(move |path| match count.fetch_add(1, std::sync::atomic::Ordering::SeqCst) {
        0 => Reply::status(502, &json!({})),
        1 => Reply::Close,
        _ => imdbapi(path),
    });
    let friends = Friends::online(&server.url());
    friends.run("propose tt0000012").ok();
    assert_eq!(first(&friends)["title"], "Movie 12");
    assert_eq!(server.count(), 3);
}

#[test]
fn hostile_text_is_sanitized_before_it_is_stored() {
    let server = Server::start(|_| {
        let mut title = made_up("tt0000012");
        title["primaryTitle"] = json!(format!("\u{1b}]0;owned\u{7}Evil\u{202e} \n\tTitle{}", "x".repeat(10_000)));
        title["genres"] = json!(["\u{1b}[31mDrama", "", 7, null, "Drama", "Drama"]);
        title["startYear"] = json!("nineteen");
        title["runtimeSeconds"] = json!(1e300);
        title["rating"] = json!({"aggregateRating": 99, "voteCount": -5});
        title["plot"] = json!("y".repeat(100_000));
        Reply::json(&title)
    });
    let friends = Friends::online(&server.url());
    let out = friends.run("propose tt0000012").ok().out;
    assert!(out.starts_with("Proposed ]0;ownedEvil Titlexxx") && out.len() < 400, "{out}");
    let movie = first(&friends);
    assert_eq!(movie["genres"], json!(["[31mDrama", "Drama"]));
    for unknown in ["year", "runtime_minutes", "rating", "rating_count"] {
        assert_eq!(movie[unknown], Value::Null, "{unknown}");
    }
    assert_eq!(movie["plot"].as_str().unwrap().chars().count(), 3000);
}

#[test]
fn wrong_source_settings_are_named_in_the_error() {
    let mut friends = Friends::with_two_sources(&dead_url(), &dead_url());
    friends.run("propose tt0000012 --offline").ok();
    friends.set("MOVIENIGHT_SOURCES", "imdbapi,imbd");
    assert!(friends.run("vote").fails().contains("unknown source \"imbd\" in MOVIENIGHT_SOURCES"));
    friends.set("MOVIENIGHT_SOURCES", "cinemeta");
    friends.set("MOVIENIGHT_CINEMETA_URL", "v3-cinemeta.strem.io");
    assert!(friends.run("vote").fails().contains("MOVIENIGHT_CINEMETA_URL is not a web address"));
}

#[test]
fn a_title_is_unknown_only_if_every_reachable_source_says_so() {
    let failing = Server::start(|_| Reply::status(500, &json!({})));
    let empty = Server::start(|path| match path.contains("series") {
        true => Reply::json(&json!({})),
        false => Reply::json(&json!({"meta": {"id": "tt0050083", "type": "movie", "behaviorHints": {}}})),
    });
    let mut friends = Friends::with_two_sources(&failing.url(), &empty.url());
    let ran = friends.run("propose tt0050083").ok();
    assert!(ran.err.contains("No data yet for 1 movie (imdbapi answered with status 500)"), "{}", ran.err);
    assert_eq!(first(&friends)["cache"], "missing");
    assert_eq!(friends.run("cache refresh").code, 1, "a failure is a failure");
    // A source that has been unreachable for a day does not count.
    friends.set("MOVIENIGHT_IMDBAPI_URL", dead_url());
    let ran = friends.run("propose tt0000099").ok();
    assert!(ran.err.contains("127.0.0.1 refused the connection"), "{}", ran.err);
    friends.later(Duration::from_secs(23 * 3600));
    friends.run("propose tt0000098").ok();
    friends.later(Duration::from_secs(3600));
    let error = friends.run("propose tt0000097").fails();
    assert!(error.contains("tt0000097 is unknown to IMDb"), "{error}");
    // It is a failure if no source is left.
    friends.set("MOVIENIGHT_CINEMETA_URL", dead_url());
    assert!(friends.run("propose tt0000096").ok().err.contains("No data yet"));
}

#[test]
fn a_search_finds_nothing_only_when_all_sources_answered() {
    let cinemeta = Server::start(|_| Reply::json(&json!({"metas": []})));
    let failing = Server::start(|_| Reply::status(500, &json!({})));
    let mut friends = Friends::with_two_sources(&failing.url(), &cinemeta.url());
    friends.run("propose --title Extra").ok();
    let error = friends.run("search heat").fails();
    assert!(error.contains("cannot search for \"heat\" (imdbapi answered with status 500)"), "{error}");
    let error = friends.run("propose heat --json");
    assert!(error.code == 1 && error.err.contains("\"code\":\"network\""), "{error:?}");
    friends.stdin = "heat\nalien\n".into();
    let unmatched = friends.run("import - --json").json()["unmatched"].take();
    assert_eq!((&unmatched[0]["reason"], &unmatched[1]["reason"]), (&json!("not_searched"), &json!("not_searched")));
    assert!(
        cinemeta.requests().iter().any(|path| path.contains("alien")),
        "the other source is asked for the next one"
    );
    friends.set("MOVIENIGHT_IMDBAPI_URL", dead_url());
    friends.later(Duration::from_secs(25 * 3600));
    assert!(friends.run("search heat").fails().contains("cannot search"), "a day later, too");
    let server = Server::start(|_| Reply::json(&json!({"titles": [made_up("tt0000012")]})));
    friends.set("MOVIENIGHT_IMDBAPI_URL", server.url());
    assert!(friends.run("search heat").ok().out.contains("Movie 12"));
    friends.run("search heat").ok();
    assert_eq!(server.count(), 1, "this one is kept");
}

#[test]
fn the_searches_of_one_command_share_one_time_limit() {
    let silent = Server::start(|_| Reply::Hang);
    let mut friends = Friends::online(&silent.url()).impatient();
    friends.stdin = (0..40).map(|n| format!("words {n}\n")).collect();
    let error = friends.run("propose -").fails();
    assert!(error.contains("line 2: cannot search for \"words 1\" (no time was left to ask imdbapi)"), "{error}");
    assert_eq!(error.lines().count(), 41, "{error}");
    assert!(silent.count() <= 3, "{}: nobody waits for each of them", silent.count());
}

#[test]
fn a_search_shows_its_results_while_the_database_is_locked() {
    let server = Server::start(|_| Reply::json(&json!({"titles": [made_up("tt0000012")]})));
    let friends = Friends::online(&server.url()).in_file();
    friends.run("propose --title Extra --offline").ok();
    let ran = friends.while_locked(Duration::from_secs(60), || friends.run("search heat").ok());
    assert!(ran.out.contains("Movie 12"), "{ran:?}");
    friends.run("search heat").ok();
    assert_eq!(server.count(), 2, "what could not be kept is asked for again");
}

#[test]
fn a_web_page_with_status_404_says_nothing_about_a_title() {
    let parked = Server::start(|_| Reply::Answer(404, Vec::new(), b"<!DOCTYPE html><h1>Not here</h1>".to_vec()));
    let mut friends = Friends::with_two_sources(&parked.url(), &parked.url());
    friends.run("propose tt0000012").ok();
    assert_eq!(first(&friends)["cache"], "missing");
    let server = Server::imdbapi();
    friends.set("MOVIENIGHT_IMDBAPI_URL", server.url());
    friends.run("cache refresh").ok();
    assert_eq!(first(&friends)["cache"], "fresh");
}

#[test]
fn a_source_that_keeps_failing_is_suspended() {
    for status in [200, 403, 500, 503] {
        let broken = Server::start(move |_| Reply::Answer(status, Vec::new(), b"<!DOCTYPE html>".to_vec()));
        let cinemeta = Server::cinemeta();
        let mut friends = Friends::with_two_sources(&broken.url(), &cinemeta.url());
        friends.stdin = (1..=40).map(|n| format!("tt{n:07}\n")).collect();
        friends.run("propose - --offline").ok();
        friends.run("cache refresh --jobs 1").ok();
        let source = |friends: &Friends| friends.run("cache stats --json").json()["sources"][0].clone();
        assert_eq!(source(&friends)["state"], "down", "{status}");
        let asked = broken.count();
        assert!(asked <= 9, "{status}: {asked}");
        friends.run("propose tt0000050 --offline").ok();
        friends.run("vote").ok();
        assert_eq!(broken.count(), asked, "{status}: a board leaves it alone");
        friends.later(Duration::from_secs(3601));
        friends.run("propose tt0000052 --offline").ok();
        friends.run("vote").ok();
        assert!(broken.count() > asked, "{status}: after an hour it is asked again");
        assert_eq!(source(&friends)["state"], "down", "{status}: and once is enough");
    }
}

#[test]
fn requests_cut_off_by_our_deadline_are_not_failures() {
    let server = Server::imdbapi_after(Duration::from_millis(100));
    let mut friends = Friends::online(&server.url()).impatient();
    friends.stdin = (1..=500).map(|n| format!("tt{n:07}\n")).collect();
    friends.run("propose - --offline").ok();
    friends.run("vote").ok();
    assert_eq!(friends.sql::<i64>("SELECT count(*) FROM imdb_cache WHERE failures > 0"), 0);
    // On a busy machine, nothing may have arrived within the deadline.
    let state = friends.run("cache stats --json").json()["sources"][0]["state"].clone();
    assert!(["up", "unused"].contains(&state.as_str().unwrap()), "{state}");
    let cached = |friends: &Friends| friends.sql::<i64>("SELECT count(*) FROM imdb_cache WHERE cached_at IS NOT NULL");
    let first = cached(&friends);
    wait_until(|| {
        friends.run("vote").ok();
        cached(&friends) > first
    });
}

#[test]
fn a_source_that_asks_to_wait_is_not_suspended() {
    let busy = Server::start(|_| Reply::Answer(429, vec![("retry-after", "30".into())], Vec::new()));
    let mut friends = Friends::online(&busy.url()).impatient();
    friends.stdin = (1..=100).map(|n| format!("tt{n:07}\n")).collect();
    friends.run("propose - --offline").ok();
    friends.run("vote").ok();
    assert!(busy.count() <= 8, "each worker once");
    let source = friends.run("cache stats --json").json()["sources"][0].clone();
    assert_ne!(source["state"], "down", "{source}");
}
