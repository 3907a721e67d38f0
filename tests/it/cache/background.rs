//! The background refresh that a board starts: detached, one at a time, and never in the way. Uses the real binary.

use std::process::Stdio;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use movienight::cache::refresh::RefreshOptions;
use movienight::cache::{Cache, PersonBudget};
use movienight::config::Config;
use movienight::env::{Clock, Interrupt, TimeLimits};
use movienight::sources::{AskedBy, Settings, Sources};
use movienight::state::State;

use crate::support::server::{Reply, Server, dead_url, imdbapi, made_up};
use crate::support::{EVENING, Friends, lock_for_heavy_tests, wait_until};

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
fn fifty_boards_at_once_fetch_each_title_once() {
    let _turn = lock_for_heavy_tests();
    let server = Server::imdbapi_after(Duration::from_millis(200));
    let friends = with_stale(&server.url(), 20);
    let boards: Vec<_> =
        (0..50).map(|_| friends.command().stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap()).collect();
    for board in boards {
        let output = board.wait_with_output().unwrap();
        assert!(output.status.success(), "{output:?}");
    }
    wait_until(|| friends.sql::<i64>("SELECT count(*) FROM imdb_cache WHERE cached_at > unixepoch() - 60") == 20);
    let asked = server.requests_by_title();
    assert_eq!(asked.len(), 20);
    assert!(asked.values().all(|times| *times == 1), "{asked:?}");
}

#[cfg(unix)]
#[test]
fn a_command_does_not_wait_for_its_background_refresh() {
    let server = Server::start(|_| Reply::Hang);
    let friends = with_stale(&server.url(), 3);
    // The pipe is also open as descriptor 3. A child that kept it would keep the reader waiting.
    let output = friends.shell("\"$0\" vote 3>&1").output().unwrap();
    assert!(String::from_utf8(output.stdout).unwrap().contains("Old"));
    // The child hangs for the ten seconds that its request may take, and then releases its lease.
    assert!(friends.state("lease").is_some_and(|lease| lease != "0"), "the child is still there");
    wait_until(|| server.count() > 0);
}

#[test]
fn offline_or_with_sources_down_no_refresh_is_started() {
    let mut friends = with_stale(&dead_url(), 3);
    friends.set("MOVIENIGHT_OFFLINE", "1");
    assert!(!board(&friends).contains("fetching"));
    friends.set("MOVIENIGHT_OFFLINE", "0");
    assert!(board(&friends).contains("fetching"));
    wait_until(|| stats(&friends)["sources"][0]["state"] == "down");
    wait_until(|| friends.state("lease").is_some_and(|lease| lease == "0"));
    for _ in 0..3 {
        assert!(!board(&friends).contains("fetching"));
    }
    assert_eq!(friends.state("lease").as_deref(), Some("0"), "none was started");
    assert_eq!(stats(&friends)["api_requests"]["all"], 1, "one attempt an hour");
}

#[test]
fn a_killed_background_refresh_is_followed_by_another() {
    let server = Server::imdbapi();
    let friends = with_stale(&server.url(), 3);
    // A killed child leaves a lease and claims, which have expired here.
    let now: i64 = friends.sql("SELECT unixepoch()");
    board(&friends);
    friends.set_state("lease", &(now - 1).to_string());
    friends.execute("UPDATE imdb_cache SET claimed_until = unixepoch() - 1, attempted_at = unixepoch() - 61");
    board(&friends);
    wait_until(|| friends.sql::<i64>("SELECT count(*) FROM imdb_cache WHERE cached_at > unixepoch() - 60") == 3);
}

#[test]
fn a_background_refresh_takes_at_most_500_titles() {
    let server = Server::imdbapi();
    let friends = with_stale(&server.url(), 600);
    let output = friends.command().args(["cache", "refresh", "--background"]).output().unwrap();
    assert!(output.status.success() && output.stdout.is_empty() && output.stderr.is_empty(), "{output:?}");
    assert_eq!(friends.sql::<i64>("SELECT count(*) FROM imdb_cache WHERE cached_at > unixepoch() - 60"), 500);
}

#[test]
fn a_refresh_ends_at_its_deadline_and_leaves_no_claims() {
    let server = Server::imdbapi_after(Duration::from_millis(50));
    let friends = with_stale(&server.url(), 500);
    if friends.is_on_server() {
        return;
    }
    let env = friends.env();
    let settings = Settings::new(&env, &Config::read(&env, None, |_| None)).unwrap();
    let mut store = friends.store();
    let options = RefreshOptions {
        titles: Vec::new(),
        limit: None,
        all: false,
        jobs: 1,
        by_hand: false,
        time: Some(Duration::from_secs(2)),
        stop: Arc::default(),
    };
    let cache = Cache {
        catalog: None,
        sources: Some(Rc::new(Sources::new(&settings, &[], AskedBy::Machine))),
        state: &State::new(None, ""),
        clock: &Clock::system(),
        limits: TimeLimits::default(),
        budget: &PersonBudget::new(Duration::ZERO),
        interrupt: &Interrupt::Flag(Arc::default()),
    };
    let summary = cache.refresh(&mut store, &options, &mut ()).unwrap();
    assert!(summary.left > 0 && summary.refreshed > 0, "{summary:?}");
    assert_eq!(friends.sql::<i64>("SELECT count(*) FROM imdb_cache WHERE claimed_until IS NOT NULL"), 0);
}

/// Replaces the child that commands start with a script. The returned function takes the arguments that it recorded.
#[cfg(unix)]
fn with_recorder(friends: &mut Friends) -> impl Fn() -> Option<String> + use<> {
    let (program, recording) = (friends.folder.path().join("child"), friends.folder.path().join("recording"));
    let script = format!("#!/bin/sh\necho \"$*\" > {0}.tmp\nmv {0}.tmp {0}\n", recording.display());
    // Another process writes it: a child of another thread could hold it open for writing, and then it cannot run.
    let mut writer = std::process::Command::new("sh");
    writer.args(["-c", "printf %s \"$1\" > \"$2\" && chmod 755 \"$2\"", "sh", &script]).arg(&program);
    assert!(writer.status().unwrap().success());
    friends.exe = Some(program);
    move || {
        // Removed only after it was read: it may appear after a read that failed.
        let text = std::fs::read_to_string(&recording).ok()?;
        std::fs::remove_file(&recording).unwrap();
        Some(text)
    }
}

#[cfg(unix)]
#[test]
fn vote_pick_show_and_search_refresh_old_titles() {
    let server = Server::start(|path| match path.starts_with("/search/") {
        true => {
            let found = ["tt0000012", "tt0000014", "tt0000015"].map(made_up);
            Reply::json(&serde_json::json!({ "titles": found }))
        }
        false => imdbapi(path),
    });
    let mut friends = Friends::online(&server.url());
    friends.run("propose tt0000012 tt0000013 tt0000014").ok();
    friends.run("watched 1").ok();
    friends.run("withdraw 2").ok();
    let requests = server.count();
    let recording = with_recorder(&mut friends);
    let started = |friends: &Friends, line: &str| {
        friends.run(line).ok();
        let is_started = friends.state("lease").is_some_and(|lease| lease != "0");
        if !is_started {
            return String::new();
        }
        let text = std::cell::RefCell::new(None);
        wait_until(|| {
            *text.borrow_mut() = recording();
            text.borrow().is_some()
        });
        friends.set_state("lease", "0");
        text.take().unwrap().trim().to_owned()
    };
    let lines = ["vote", "pick", "show 1", "show 2", "show tt0000014", "search movie"];
    friends.later(Duration::from_secs(16 * 3600 - 1));
    for line in lines {
        assert_eq!(started(&friends, line), "", "{line}");
    }
    friends.later(Duration::from_secs(1));
    for (line, ids) in
        lines.into_iter().zip(["tt0000014", "tt0000014", "tt0000012", "tt0000013", "tt0000014", "tt0000012 tt0000014"])
    {
        assert_eq!(started(&friends, line), format!("cache refresh --background {ids}"), "{line}");
    }
    // Nobody proposed this title, so its data is not stored.
    assert_eq!(started(&friends, "show tt0000099"), "");
    assert_eq!(server.count(), requests + 2, "the search and the title that nobody proposed");
    // A page waits for new data, and leaves nothing for the background.
    assert_eq!(started(&friends, "page"), "");
    assert_eq!(server.count(), requests + 3);
    assert_eq!(friends.sql::<i64>("SELECT max(cached_at) FROM imdb_cache"), EVENING + 16 * 3600);
}

#[test]
fn a_shown_title_is_refreshed_even_off_the_board() {
    let server = Server::imdbapi();
    let friends = with_stale(&server.url(), 3);
    friends.run("watched 2").ok();
    let card = |friends: &Friends| {
        let output = friends.command().args(["show", "2"]).output().unwrap();
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    assert!(card(&friends).contains("stale: from imdbapi"));
    wait_until(|| friends.sql::<i64>("SELECT count(*) FROM imdb_cache WHERE cached_at > unixepoch() - 60") == 1);
    assert!(card(&friends).contains("fresh: from imdbapi"));
    assert_eq!(server.requests_by_title().keys().cloned().collect::<Vec<_>>(), ["tt0000002"]);
}

#[cfg(unix)]
#[test]
fn a_stopped_command_releases_its_claims() {
    use rustix::process::Signal;
    for (line, signal) in [
        ("vote", Signal::INT),
        ("pick", Signal::TERM),
        ("cache refresh --background", Signal::TERM),
        ("cache refresh", Signal::HUP),
    ] {
        let server = Server::start(|_| Reply::Hang);
        let mut friends = Friends::online(&server.url());
        friends.run("propose tt0000012 --offline").ok();
        let mut child = friends.command().args(line.split(' ')).stdout(Stdio::null()).spawn().unwrap();
        let claims = || friends.sql::<i64>("SELECT count(*) FROM imdb_cache WHERE claimed_until IS NOT NULL");
        wait_until(|| claims() == 1 && server.count() == 1);
        crate::support::send_signal(child.id(), signal);
        let code = child.wait().unwrap().code();
        assert_eq!((code, claims()), (Some(130), 0), "{line} {signal:?}");
        let imdbapi = Server::imdbapi();
        friends.set("MOVIENIGHT_IMDBAPI_URL", imdbapi.url());
        assert!(board(&friends).contains("Movie 12 (1962)"), "the next view fetches at once");
    }
}
