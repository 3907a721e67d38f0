//! `cache stats`, and the log that it reads.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::json;

use crate::support::Friends;
use crate::support::datasets::Datasets;
use crate::support::server::{Reply, Server, dead_url, imdbapi};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

#[test]
fn an_unused_cache_is_healthy_and_says_that_no_board_was_shown() {
    let server = Server::imdbapi();
    let friends = Friends::online(&server.url());
    friends.run("propose --title Extra").ok();
    let mut stats = friends.run("cache stats --json").json();
    let database = stats["database"].take();
    match friends.is_on_server() {
        true => assert!(database.as_str().unwrap().starts_with("board "), "{database}"),
        false => assert_eq!(database, *friends.db().to_string_lossy()),
    }
    assert_eq!(
        stats,
        json!({
            "database": null,
            "titles": {"total": 0, "fresh": 0, "stale": 0, "missing": 0, "unknown": 0},
            "hit_rate": {"last_24h": null, "all": null},
            "api_requests": {"last_24h": 0, "failed_last_24h": 0, "all": 0},
            "board_ms": {"count": 0, "median": null, "p95": null, "max": null},
            "oldest_cached_at": null, "last_refresh_at": null, "last_error": null,
            "sources": [{"name": "imdbapi", "state": "unused", "down_until": null, "last_error": null}],
            "catalog": null, "posters": {"pictures": 0, "bytes": 0, "failures": 0, "last_error": null},
            "healthy": true, "problems": [], "warnings": []
        })
    );
    let ran = friends.run("cache stats --check").ok();
    assert_eq!((ran.out.as_str(), ran.err.as_str()), ("", ""));
}

#[test]
fn without_a_database_checks_fail_and_nothing_is_created() {
    let mut friends = Friends::offline().in_file();
    for line in ["cache stats --check", "cache stats", "cache refresh", "vote 1", "pick", "undo"] {
        assert_eq!(friends.run(line).code, 1, "{line}");
    }
    for line in ["", "vote --json", "history", "undo --list", "voters"] {
        friends.run(line).ok();
    }
    let named = friends.folder.path().join("nowhere/x.db");
    friends.set("MOVIENIGHT_DB", &named);
    for line in ["cache stats --check", "", "vote", "vote --json", "history", "undo --list", "voters", "show 1"] {
        let ran = friends.run(line);
        assert!(ran.code == 1 && ran.err.contains("there is no database at"), "{line}: {ran:?}");
    }
    assert!(!named.parent().unwrap().exists() && !friends.db().exists());
    for odd in [":memory:", "mysql://a/b"] {
        friends.set("MOVIENIGHT_DB", odd);
        assert!(friends.run("propose tt0000012").fails().contains("MOVIENIGHT_DB: "), "{odd}");
    }
}

#[test]
fn views_and_requests_are_counted() {
    let server = Server::imdbapi();
    let friends = Friends::online(&server.url());
    friends.run("propose tt0000012 tt0000014").ok();
    for _ in 0..10 {
        friends.run("vote").ok();
    }
    friends.later(DAY);
    friends.run("vote").ok();
    let stats = friends.run("cache stats --json").json();
    assert_eq!(stats["titles"]["stale"], 2);
    assert_eq!(stats["hit_rate"], json!({"last_24h": 0.0, "all": 0.9091}));
    assert_eq!(stats["api_requests"], json!({"last_24h": 0, "failed_last_24h": 0, "all": 1}));
    assert_eq!(stats["board_ms"]["count"], 11);
    assert!(stats["board_ms"]["median"].as_f64().unwrap() <= stats["board_ms"]["max"].as_f64().unwrap());
    assert_eq!(stats["oldest_cached_at"], "2026-11-22T20:00:00Z");
    assert_eq!(stats["healthy"], true, "two lookups say nothing");
    friends.run("cache refresh").ok();
    assert_eq!(friends.run("cache stats --json").json()["last_refresh_at"], "2026-11-23T20:00:00Z");
}

#[test]
fn problems_are_reported_by_check_and_stats() {
    let server = Server::imdbapi();
    let mut friends = Friends::online(&server.url());
    friends.run("propose tt0000012 tt0000014").ok();
    friends.later(2 * DAY + Duration::from_secs(1));
    for _ in 0..10 {
        friends.run("vote").ok();
    }
    friends.set("MOVIENIGHT_IMDBAPI_URL", dead_url());
    assert_eq!(friends.run("cache refresh").code, 1);
    let error = friends.run("cache stats --check").fails();
    for expected in ["only 0 % of the lookups", "the oldest data is 48 hours old", "no source delivers data"] {
        assert!(error.contains(expected), "{error}");
    }
    assert_eq!(error.lines().count(), 3);
    let out = friends.run("cache stats").ok().out;
    assert!(out.contains("Sources      imdbapi down until 22:00: 127.0.0.1 refused the connection"), "{out}");
    assert!(out.starts_with("Health"), "{out}");
    let stats = friends.run("cache stats --json").json();
    assert_eq!(stats["sources"][0]["state"], "down");
    assert_eq!(stats["sources"][0]["down_until"], "2026-11-24T21:00:01Z");
    assert_eq!(stats["last_error"], "127.0.0.1 refused the connection");
    assert_eq!(stats["healthy"], false);
}

#[test]
fn views_older_than_30_days_do_not_count() {
    let server = Server::imdbapi();
    let friends = Friends::online(&server.url());
    friends.run("propose tt0000012").ok();
    friends.run("vote").ok();
    friends.later(31 * DAY);
    friends.run("vote").ok();
    assert_eq!(friends.run("cache stats --json").json()["board_ms"]["count"], 1);
}

#[test]
fn views_from_a_clock_that_was_ahead_do_not_count() {
    let friends = Friends::offline();
    friends.run("propose tt0000012").ok();
    friends.later(365 * DAY);
    for _ in 0..30 {
        friends.run("vote").ok();
    }
    friends.clock.fetch_sub(365 * 86_400, std::sync::atomic::Ordering::SeqCst);
    friends.run("vote").ok();
    let stats = friends.run("cache stats --json").json();
    assert_eq!((&stats["board_ms"]["count"], &stats["healthy"]), (&json!(1), &json!(true)));
}

#[test]
fn a_title_that_sources_no_longer_know_is_not_a_problem() {
    let known = Arc::new(std::sync::atomic::AtomicBool::new(true));
    let flag = Arc::clone(&known);
    let server = Server::start(move |path| match flag.load(std::sync::atomic::Ordering::SeqCst) {
        true => imdbapi(path),
        false => Reply::status(404, &json!({})),
    });
    let friends = Friends::online(&server.url());
    friends.run("propose tt0000012").ok();
    known.store(false, std::sync::atomic::Ordering::SeqCst);
    friends.later(3 * DAY);
    assert!(friends.run("cache stats --check").fails().contains("the oldest data is 72 hours old"));
    friends.run("cache refresh").ok();
    friends.run("cache stats --check").ok();
    assert_eq!(friends.run("vote --json").json()["proposals"][0]["title"], "Movie 12", "what is known stays");
}

#[test]
fn source_states_belong_to_a_machine_not_to_the_board() {
    let server = Server::imdbapi();
    let mut friends = Friends::online(&dead_url());
    friends.run("propose tt0000012").ok();
    assert_eq!(friends.run("cache stats --json").json()["sources"][0]["state"], "down");
    // Another machine uses the same file.
    let other = friends.folder.path().join("other machine");
    friends.set("XDG_STATE_HOME", other);
    friends.set("MOVIENIGHT_IMDBAPI_URL", server.url());
    assert_eq!(friends.run("cache stats --json").json()["sources"][0]["state"], "unused");
    friends.later(Duration::from_secs(120));
    assert_eq!(friends.run("vote --json").json()["proposals"][0]["title"], "Movie 12");
}

#[test]
fn a_board_is_shown_even_if_its_log_cannot_be_written() {
    let mut friends = Friends::offline().in_file();
    friends.run("propose tt0000012").ok();
    // Another connection holds the write lock. It does not block readers.
    let other = rusqlite::Connection::open(friends.db()).unwrap();
    other.execute_batch("BEGIN IMMEDIATE; UPDATE voters SET name = 'Ann'").unwrap();
    let ran = friends.run("vote").ok();
    assert!(ran.out.contains("ana") && ran.err.is_empty(), "{ran:?}");
    other.execute_batch("ROLLBACK").unwrap();
    // First a file is in the place of the state folder, then no home folder is known.
    let file = friends.folder.path().join("file");
    std::fs::write(&file, "").unwrap();
    friends.set("XDG_STATE_HOME", file);
    assert!(friends.run("vote").ok().err.is_empty());
    friends.vars.remove("XDG_STATE_HOME");
    assert!(friends.run("vote").ok().err.is_empty());
}

#[test]
fn a_board_does_not_wait_for_a_writer_that_never_ends() {
    let server = Server::imdbapi();
    let friends = Friends::online(&server.url()).in_file();
    friends.run("propose tt0000012 --offline").ok();
    let other = rusqlite::Connection::open(friends.db()).unwrap();
    other.execute_batch("BEGIN IMMEDIATE; UPDATE voters SET name = 'Ann'").unwrap();
    let (sender, ended) = std::sync::mpsc::channel::<()>();
    // A board that waited would get the lock in the end, and would report no failure.
    let release = std::thread::spawn(move || {
        let _ = ended.recv_timeout(Duration::from_secs(8));
        other.execute_batch("COMMIT").unwrap();
    });
    let ran = friends.run("vote").ok();
    drop(sender);
    release.join().unwrap();
    assert!(ran.out.contains("tt0000012"), "{ran:?}");
    assert!(ran.err.contains("Could not fetch new data: ") && ran.err.contains("is locked"), "{ran:?}");
}

#[test]
fn fetched_data_is_shown_even_if_it_cannot_be_stored() {
    let mut friends = Friends::online("").in_file();
    friends.run("propose tt0000012 --offline").ok();
    let path = friends.db().to_owned();
    let writer = Arc::new(Mutex::new(None));
    let held = Arc::clone(&writer);
    // Another connection takes the write lock while the source is asked.
    let server = Server::start(move |request| {
        let other = rusqlite::Connection::open(&path).unwrap();
        other.execute_batch("BEGIN IMMEDIATE").unwrap();
        *held.lock().unwrap() = Some(other);
        imdbapi(request)
    });
    friends.set("MOVIENIGHT_IMDBAPI_URL", server.url());
    let ran = friends.run("vote").ok();
    assert!(ran.out.contains("Movie 12"), "{ran:?}");
    assert!(ran.err.contains("Could not store new data: ") && ran.err.contains("is locked"), "{ran:?}");
    drop(writer.lock().unwrap().take());
    assert_eq!(server.count(), 1);
}

#[test]
fn a_vote_leaves_everything_in_the_one_file() {
    let friends = Friends::offline().in_file();
    friends.run("propose tt0000012 --as Ana").ok();
    friends.run("vote").ok();
    friends.run("vote 1 --as Ben").ok();
    let copy = friends.folder.path().join("copy.db");
    std::fs::copy(friends.db(), &copy).unwrap();
    let mut friends = friends;
    friends.set("MOVIENIGHT_DB", copy);
    assert_eq!(friends.run("vote --json").json()["proposals"][0]["votes"], 2);
}

#[test]
fn failure_of_all_requests_in_an_hour_is_reported_first() {
    // Three failed tries do not suspend the source yet.
    let failing = Server::start(|_| Reply::status(500, &json!({})));
    let datasets = Datasets::start();
    let mut with_catalog = Friends::with_catalog(&datasets);
    with_catalog.set("MOVIENIGHT_IMDBAPI_URL", failing.url());
    let mut friends = Friends::online(&failing.url());
    for friends in [&mut friends, &mut with_catalog] {
        // Even a busy machine makes three tries in a minute.
        friends.limits.person = Duration::from_secs(60);
        friends.run("propose tt0000012").ok();
        let said = friends.run("cache stats").ok().out;
        assert!(said.starts_with("Health       all 3 requests of the last hour failed: see the last error"), "{said}");
    }
    assert!(friends.run("cache stats --check").fails().starts_with("warning: all 3 requests"));
    friends.later(Duration::from_secs(3600));
    assert!(!friends.run("cache stats").ok().out.contains("of the last hour"));
}
