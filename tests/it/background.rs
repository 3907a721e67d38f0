//! The refresh that a board starts: detached, alone, and never in the way. With the real binary.

use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;

use movienight::cache::refresh::{RefreshOptions, refresh};
use movienight::env::Clock;
use movienight::sources::Settings;
use movienight::state::State;

use crate::support::server::{Reply, Server, dead_url};
use crate::support::{Friends, crowd, wait_until};

fn with_stale(url: &str, count: usize) -> Friends {
    let mut friends = Friends::online(url);
    friends.set("MOVIENIGHT_OFFLINE", "1");
    friends.stdin = (1..=count).map(|n| format!("tt{n:07}\n")).collect();
    friends.run("propose -").ok();
    friends.set("MOVIENIGHT_OFFLINE", "0");
    friends.execute(
        r#"INSERT INTO imdb_cache (imdb_id, cached_imdb_data, cached_at, source)
           SELECT imdb_id, '{"title":"Old"}', unixepoch() - 90000, 'imdbapi' FROM proposals"#,
    );
    friends
}

fn board(friends: &Friends) -> String {
    let output = friends.command().output().unwrap();
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

fn stats(friends: &Friends) -> serde_json::Value {
    let output = friends.command().args(["cache", "stats", "--json"]).output().unwrap();
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn stale_data_is_shown_at_once_and_fresh_data_next_time() {
    let server = Server::imdbapi_after(Duration::from_millis(300));
    let friends = with_stale(&server.url(), 3);
    let first = board(&friends);
    assert!(first.contains("Old") && first.contains("~ 3 stale · fetching new data"), "{first}");
    wait_until(|| friends.sql::<i64>("SELECT count(*) FROM imdb_cache WHERE cached_at > unixepoch() - 60") == 3);
    let next = board(&friends);
    assert!(next.contains("Movie 3 (1953)") && !next.contains("stale"), "{next}");
    assert_eq!(server.count(), 1);
}

#[test]
fn fifty_boards_at_once_start_no_storm() {
    let _turn = crowd();
    let server = Server::imdbapi_after(Duration::from_millis(200));
    let friends = with_stale(&server.url(), 20);
    let boards: Vec<_> =
        (0..50).map(|_| friends.command().stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap()).collect();
    for board in boards {
        let output = board.wait_with_output().unwrap();
        assert!(output.status.success(), "{output:?}");
    }
    wait_until(|| friends.sql::<i64>("SELECT count(*) FROM imdb_cache WHERE cached_at > unixepoch() - 60") == 20);
    let asked = server.asked_for();
    assert_eq!(asked.len(), 20);
    assert!(asked.values().all(|times| *times == 1), "{asked:?}");
}

#[cfg(unix)]
#[test]
fn nobody_waits_for_the_child() {
    let server = Server::start(|_| Reply::Hang);
    let friends = with_stale(&server.url(), 3);
    // The pipe is also open as descriptor 3: whoever keeps it keeps the reader waiting.
    let output = friends.shell("\"$0\" vote 3>&1").output().unwrap();
    assert!(String::from_utf8(output.stdout).unwrap().contains("Old"));
    // The child hangs for as long as its request may take, which is ten seconds, and then gives its lease back.
    assert!(friends.state("lease").is_some_and(|lease| !lease.is_empty()), "the child is still there");
    wait_until(|| server.count() > 0);
}

#[test]
fn offline_or_with_dead_sources_there_is_no_child() {
    let mut friends = with_stale(&dead_url(), 3);
    friends.set("MOVIENIGHT_OFFLINE", "1");
    assert!(!board(&friends).contains("fetching"));
    friends.set("MOVIENIGHT_OFFLINE", "0");
    assert!(board(&friends).contains("fetching"));
    wait_until(|| stats(&friends)["sources"][0]["state"] == "down");
    wait_until(|| friends.state("lease").is_some_and(|lease| lease.is_empty()));
    for _ in 0..3 {
        assert!(!board(&friends).contains("fetching"));
    }
    assert_eq!(friends.state("lease").as_deref(), Some(""), "none was started");
    assert_eq!(stats(&friends)["api_requests"]["all"], 1, "one attempt an hour");
}

#[test]
fn a_child_that_was_killed_is_followed_by_another() {
    let server = Server::imdbapi();
    let friends = with_stale(&server.url(), 3);
    // As one leaves it that was killed: a lease and claims, both long over.
    let now: i64 = friends.sql("SELECT unixepoch()");
    board(&friends);
    friends.set_state("lease", &(now - 1).to_string());
    friends.execute("UPDATE imdb_cache SET claimed_until = unixepoch() - 1, attempted_at = unixepoch() - 61");
    board(&friends);
    wait_until(|| friends.sql::<i64>("SELECT count(*) FROM imdb_cache WHERE cached_at > unixepoch() - 60") == 3);
}

#[test]
fn a_child_takes_no_more_than_500_titles() {
    let server = Server::imdbapi();
    let friends = with_stale(&server.url(), 600);
    let output = friends.command().args(["cache", "refresh", "--background"]).output().unwrap();
    assert!(output.status.success() && output.stdout.is_empty() && output.stderr.is_empty(), "{output:?}");
    assert_eq!(friends.sql::<i64>("SELECT count(*) FROM imdb_cache WHERE cached_at > unixepoch() - 60"), 500);
}

#[test]
fn a_refresh_ends_when_its_time_is_over_and_leaves_no_claims() {
    let server = Server::imdbapi_after(Duration::from_millis(50));
    let friends = with_stale(&server.url(), 500);
    if friends.is_on_server() {
        return;
    }
    let settings = Settings::from_env(&friends.env()).unwrap();
    let mut store = friends.store();
    let options = RefreshOptions {
        limit: None,
        all: false,
        jobs: 1,
        by_hand: false,
        time: Some(Duration::from_millis(300)),
        stop: Arc::default(),
    };
    let state = State::new(None, "");
    let summary = refresh(&mut store, &settings, &state, &Clock::system(), None, &options, &mut ()).unwrap();
    assert!(summary.left > 0 && summary.counts.refreshed > 0, "{summary:?}");
    assert_eq!(friends.sql::<i64>("SELECT count(*) FROM imdb_cache WHERE claimed_until IS NOT NULL"), 0);
}
