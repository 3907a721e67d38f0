//! The cache when sources are slow, silent or gone.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use movienight::cache::freshness::{CLAIM_LASTS, is_due, is_worth_a_try};
use movienight::env::TimeLimits;
use movienight::model::{FetchOutcome, Fetched, ImdbId};
use time::UtcDateTime;

use crate::support::server::{Reply, Server, dead_url, imdbapi, made_up};
use crate::support::{EVENING, Friends};

fn missing(imdbapi: &str, cinemeta: &str) -> Friends {
    let mut friends = Friends::with_two_sources(imdbapi, cinemeta);
    friends.set("MOVIENIGHT_OFFLINE", "1");
    friends.run("propose tt0000012 tt0000014").ok();
    friends.set("MOVIENIGHT_OFFLINE", "0");
    friends
}

#[test]
fn a_hanging_source_is_waited_for_once_and_briefly() {
    let server = Server::start(|_| Reply::Hang);
    let friends = missing(&server.url(), &server.url()).impatient();
    let board = friends.run("vote --json").json();
    assert_eq!(board["proposals"][0]["cache"], "missing");
    // The program gave up: the server would have closed the connection much later.
    let stats = friends.run("cache stats --json").json();
    assert!(stats["last_error"].as_str().unwrap().contains("too long"), "{stats}");
    let asked = server.count();
    assert!(asked > 0);
    friends.run("vote").ok();
    assert_eq!(server.count(), asked, "what failed a moment ago is not waited for again");
    friends.later(Duration::from_secs(120));
    friends.run("vote").ok();
    assert!(server.count() > asked, "after two minutes it is tried again");
}

#[test]
fn a_source_that_hangs_leaves_time_for_the_next() {
    let silent = Server::start(|_| Reply::Hang);
    let cinemeta = Server::cinemeta();
    let friends = Friends { limits: TimeLimits::default(), ..missing(&silent.url(), &cinemeta.url()) };
    let board = friends.run("vote --json").json();
    assert_eq!(board["proposals"][0]["title"], "Movie 12 & more");
    assert_eq!(board["proposals"][0]["source"], "cinemeta");
}

#[test]
fn a_dead_host_costs_at_most_one_attempt_per_worker() {
    let mut friends = Friends::with_two_sources(&dead_url(), &dead_url());
    friends.stdin = (1..=100).map(|n| format!("tt{n:07}\n")).collect();
    friends.run("propose - --offline").ok();
    friends.run("vote").ok();
    let attempts = || friends.run("cache stats --json").json()["api_requests"]["all"].as_u64().unwrap();
    let first = attempts();
    assert!((2..=16).contains(&first), "{first}: eight workers, two sources");
    friends.run("vote").ok();
    assert_eq!(attempts(), first, "boards leave them alone");
    friends.run("propose tt0000199").ok();
    assert_eq!(attempts(), first + 2, "a person is not told to wait");
}

#[test]
fn a_dead_host_costs_boards_one_attempt_an_hour() {
    let cinemeta = Server::cinemeta();
    let mut friends = missing(&dead_url(), &cinemeta.url());
    friends.run("vote").ok();
    let source = |friends: &Friends| friends.run("cache stats --json").json()["sources"][0].clone();
    assert_eq!(source(&friends)["down_until"], "2026-11-22T21:00:00Z");
    // The source is back at once, but is not asked before the hour is over.
    let imdbapi = Server::imdbapi();
    friends.set("MOVIENIGHT_IMDBAPI_URL", imdbapi.url());
    friends.run("propose tt0000016 --offline").ok();
    friends.run("vote").ok();
    assert_eq!(imdbapi.count(), 0);
    friends.later(Duration::from_secs(3600));
    friends.run("propose tt0000018 --offline").ok();
    friends.run("vote").ok();
    assert_eq!(imdbapi.count(), 1);
    assert_eq!(source(&friends)["state"], "up");
}

#[test]
fn a_read_only_database_shows_its_board() {
    let server = Server::imdbapi();
    let mut friends = Friends::online(&server.url()).in_file();
    friends.run("propose tt0000012").ok();
    friends.set("MOVIENIGHT_OFFLINE", "1");
    friends.run("propose tt0000013").ok();
    friends.set("MOVIENIGHT_OFFLINE", "0");
    let copy = friends.folder.path().join("copy.db");
    std::fs::copy(friends.db(), &copy).unwrap();
    crate::support::users::make_readable(&copy);
    let mut command = friends.command();
    command.env("MOVIENIGHT_DB", &copy).arg("vote");
    let Some(output) = crate::support::users::as_nobody(&friends, &mut command) else { return };
    let out = String::from_utf8(output.stdout).unwrap();
    assert!(out.contains("Movie 12 (1962)"), "{out} {:?}", output.stderr);
    assert!(output.status.success());

    let mut command = friends.command();
    command.env("MOVIENIGHT_DB", &copy).args(["vote", "1"]);
    let output = crate::support::users::as_nobody(&friends, &mut command).unwrap();
    let err = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(err.contains("copy.db cannot be written, so nothing was stored"), "{err}");
}

#[test]
fn a_claimed_title_that_was_not_requested_can_be_tried_again() {
    let friends = Friends::offline();
    friends.run("propose tt0000012").ok();
    friends.execute(&format!(
        "INSERT INTO imdb_cache (imdb_id, attempted_at, failures) VALUES ('tt0000012', {}, 9)",
        EVENING - 7 * 60 * 60
    ));
    let now = UtcDateTime::from_unix_timestamp(EVENING).unwrap();
    let id = ImdbId::parse("tt0000012").unwrap();
    let mut store = friends.store();
    assert!(is_worth_a_try(&store.cached(&[id]).unwrap()[0], now));
    assert_eq!(store.claim(&[id], now, CLAIM_LASTS, is_due).unwrap().granted, [id]);
    store.save_fetched(now, &[Fetched { id, outcome: FetchOutcome::NotAsked }]).unwrap();
    assert!(is_worth_a_try(&store.cached(&[id]).unwrap()[0], now));
}

#[test]
fn a_repeated_list_continues_where_the_time_ran_out() {
    let allowed = Arc::new(AtomicUsize::new(5));
    let left = Arc::clone(&allowed);
    let server = Server::start(move |path| {
        let is_allowed = left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1)).is_ok();
        let Some(number) = path.strip_prefix("/search/titles?query=movie+").filter(|_| is_allowed) else {
            return if is_allowed { imdbapi(path) } else { Reply::Hang };
        };
        let number: String = number.chars().take_while(char::is_ascii_digit).collect();
        Reply::json(&serde_json::json!({ "titles": [made_up(&format!("tt{number:0>7}"))] }))
    });
    let mut friends = Friends::online(&server.url());
    friends.run("propose --title Extra").ok();
    friends.stdin = (11..21).map(|n| format!("movie {n}\n")).collect();
    friends.limits.person = Duration::from_secs(2);
    let error = friends.run("propose -").fails();
    assert!(error.contains("line 6") && error.contains("nothing was stored"), "{error}");
    allowed.store(1000, Ordering::SeqCst);
    let before = server.count();
    friends.run("propose -").ok();
    assert_eq!(friends.sql::<i64>("SELECT count(*) FROM proposals"), 11);
    let searched = server.requests().iter().skip(before).filter(|path| path.starts_with("/search/")).count();
    assert_eq!(searched, 5, "what was answered is kept");
}

#[test]
fn a_card_shows_fetched_data_while_somebody_else_writes() {
    let server = Server::imdbapi();
    let friends = Friends::online(&server.url());
    friends.run("propose tt0000012 --offline").ok();
    let ran = friends.while_locked(Duration::from_secs(20), || friends.run("show 1").ok());
    assert!(ran.out.starts_with("Movie 12 (1962)"), "{ran:?}");
}

#[test]
fn an_interrupt_while_somebody_else_writes_ends_a_card() {
    let server = Server::imdbapi();
    let friends = Friends::online(&server.url());
    friends.run("propose tt0000012 --offline").ok();
    friends.interrupt.store(true, Ordering::SeqCst);
    let ran = friends.while_locked(Duration::from_secs(20), || friends.run("show 1"));
    assert_eq!((ran.code, server.count()), (130, 0), "{ran:?}");
}

#[test]
fn pick_and_show_mark_stale_data_as_the_board_does() {
    let server = Server::imdbapi();
    let mut friends = Friends::online(&server.url());
    friends.run("propose tt0000012 tt0000013").ok();
    friends.set("MOVIENIGHT_OFFLINE", "1");
    friends.run("propose tt0000014").ok();
    friends.later(Duration::from_secs(24 * 3600 - 1));
    assert!(!friends.run("pick").ok().out.contains('~'));
    friends.later(Duration::from_secs(1));
    let out = friends.run("pick").ok().out;
    assert!(out.starts_with("Movie 12 (1962) ~,") && out.contains("Movie 13 (1963)  ~"), "{out}");
    assert!(out.contains("tt0000014        …"), "{out}");
    assert!(friends.run("show 1").ok().out.contains("stale: from imdbapi"));
}
