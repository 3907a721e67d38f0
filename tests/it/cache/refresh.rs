//! `cache refresh`: what is fetched, how often, and what happens when something goes wrong.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::json;

use crate::support::server::{Reply, Server, dead_url, ids, imdbapi, made_up};
use crate::support::{EVENING, Friends, random_seed, wait_until};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// Returns a group whose data is older than 24 hours by the system's clock, which the real binary reads.
fn with_stale(server: &Server, count: usize) -> Friends {
    let friends = Friends::with_missing(server, count);
    friends.execute(
        r#"INSERT INTO imdb_cache (imdb_id, cached_imdb_data, cached_at, source)
           SELECT imdb_id, '{"title":"Old ' || imdb_id || '"}', unixepoch() - 90000 + id, 'imdbapi'
           FROM proposals"#,
    );
    friends
}

#[test]
fn missing_titles_come_first_then_those_with_the_oldest_data() {
    let server = Server::imdbapi();
    let friends = Friends::with_missing(&server, 6);
    assert_eq!(friends.run("cache refresh --limit 2").ok().out.split(',').next(), Some("Refreshed 2 titles"));
    friends.later(DAY / 2);
    friends.run("cache refresh --limit 2").ok();
    friends.later(DAY);
    assert_eq!(friends.run("cache refresh --jobs 1 --limit 5 --json").json()["refreshed"], 5);
    let asked: Vec<String> = server.requests().iter().flat_map(|path| ids(path)).collect();
    let order = [1, 2, 3, 4, 5, 6, 1, 2, 3].map(|n| format!("tt{n:07}"));
    assert_eq!(asked, order);
}

#[test]
fn a_refresh_takes_data_from_16_hours_on() {
    let server = Server::imdbapi();
    let friends = Friends::online(&server.url());
    friends.run("propose tt0000012").ok();
    friends.later(Duration::from_secs(16 * 3600 - 1));
    assert!(friends.run("cache refresh").ok().out.starts_with("Nothing to refresh"));
    friends.later(Duration::from_secs(1));
    assert!(friends.run("cache refresh").ok().out.starts_with("Refreshed 1 title"));
    assert_eq!(server.count(), 2);
}

#[test]
fn a_watched_movie_without_data_gets_it_once() {
    let server = Server::imdbapi();
    let mut friends = Friends::online(&server.url());
    friends.run("propose tt0000012 --offline").ok();
    friends.run("watched 1").ok();
    assert!(friends.run("history").ok().out.contains("tt0000012"));
    assert!(friends.run("cache refresh").ok().out.starts_with("Refreshed 1 title"));
    assert!(friends.run("history").ok().out.contains("Movie 12"));
    friends.later(DAY * 2);
    assert!(friends.run("cache refresh").ok().out.starts_with("Nothing to refresh"), "it need not be fresh");
    // The history works despite wrong settings that it does not need.
    friends.set("MOVIENIGHT_SOURCES", "bogus");
    friends.run("history").ok();
}

/// Runs a group of 40 movies with README's crontab line, a slow server and jitter.
#[test]
fn cron_keeps_the_board_fresh() {
    for views_a_day in [1, 6, 20] {
        let clock = Arc::new(Mutex::new(None::<Arc<std::sync::atomic::AtomicI64>>));
        let slow = Arc::clone(&clock);
        let server = Server::start(move |path| {
            if let Some(clock) = &*slow.lock().unwrap() {
                clock.fetch_add(9, Ordering::SeqCst);
            }
            imdbapi(path)
        });
        let friends = Friends::with_missing(&server, 40);
        *clock.lock().unwrap() = Some(Arc::clone(&friends.clock));
        let begin = friends.clock.load(Ordering::SeqCst);
        let (seed, mut refreshes, mut views) = (random_seed(), 0, 0);
        let mut random = fastrand::Rng::with_seed(seed);
        // Every six hours, and up to a quarter of an hour late, as a systemd timer may be.
        let due_at = |n: i64, random: &mut fastrand::Rng| begin + n * 6 * 3600 + random.i64(0..900);
        let mut next_refresh = due_at(0, &mut random);
        while refreshes < 14 * 4 {
            let next_view = begin + 3600 + views * 86_400 / views_a_day;
            if next_refresh <= next_view {
                friends.clock.fetch_max(next_refresh, Ordering::SeqCst);
                friends.run("cache refresh --quiet").ok();
                refreshes += 1;
                next_refresh = due_at(refreshes, &mut random);
            } else {
                friends.clock.fetch_max(next_view, Ordering::SeqCst);
                friends.run("vote").ok();
                views += 1;
            }
        }
        let rate = friends.run("cache stats --json").json()["hit_rate"]["all"].as_f64().unwrap();
        assert!(rate >= 0.99, "{rate} with {views_a_day} views a day, seed {seed}");
    }
}

#[test]
fn a_refresh_with_nothing_to_do_says_so_and_succeeds() {
    let server = Server::imdbapi();
    let friends = Friends::online(&server.url()).in_file();
    assert!(friends.run("cache refresh").fails().contains("there is no board yet"));
    friends.run("propose tt0000012").ok();
    assert!(friends.run("cache refresh").ok().out.starts_with("Nothing to refresh"));
    assert_eq!(friends.run("cache refresh --limit 0").code, 2);
    assert_eq!(server.count(), 1);
    friends.later(Duration::from_secs(1));
    let ran = friends.run("cache refresh --all --quiet").ok();
    assert_eq!((ran.out.as_str(), ran.err.as_str()), ("", ""));
    assert_eq!(server.count(), 2);
    assert!(friends.run("cache refresh --offline").fails().contains("cannot refresh anything offline"));
}

#[test]
fn the_summary_counts_titles_and_failures_exit_with_1() {
    let server = Server::start(|path| match path.contains("0000003") {
        true => Reply::status(500, &json!({})),
        false => imdbapi(path),
    });
    let friends = Friends::with_missing(&server, 2);
    friends.execute(
        "INSERT INTO proposals (id, imdb_id, proposed_by, proposed_at)
         VALUES (8, 'tt9000001', 1, 0), (9, 'tt0000003', 1, 0)",
    );
    let ran = friends.run("cache refresh --json");
    assert_eq!(ran.code, 1, "{ran:?}");
    let summary: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!((&summary["refreshed"], &summary["unknown"], &summary["failed"]), (&json!(0), &json!(0), &json!(4)));
    // The whole batch failed. A person's second try is not held back.
    let server = Server::imdbapi();
    let mut friends = friends;
    friends.set("MOVIENIGHT_IMDBAPI_URL", server.url());
    let ran = friends.run("cache refresh").ok();
    assert!(ran.out.starts_with("Refreshed 3 titles, 1 unknown to IMDb, in "), "{}", ran.out);
}

#[test]
fn old_data_survives_every_failure() {
    let works = Arc::new(Mutex::new(true));
    let flag = Arc::clone(&works);
    let server = Server::start(move |path| match *flag.lock().unwrap() {
        true => imdbapi(path),
        false => Reply::status(404, &json!({})),
    });
    let mut friends = Friends::online(&server.url());
    friends.run("propose tt0000012").ok();
    friends.later(2 * DAY);
    *works.lock().unwrap() = false;
    friends.run("cache refresh").ok();
    let movie = friends.run("vote --json").json()["proposals"][0].clone();
    assert_eq!((&movie["title"], &movie["cache"]), (&json!("Movie 12"), &json!("stale")));
    friends.set("MOVIENIGHT_IMDBAPI_URL", dead_url());
    friends.later(2 * DAY);
    let ran = friends.run("cache refresh");
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("1 title could not be refreshed: 127.0.0.1 refused the connection"), "{}", ran.err);
    assert_eq!(friends.run("vote --json").json()["proposals"][0]["title"], "Movie 12");
}

#[test]
fn two_refreshes_at_once_fetch_each_title_once() {
    let server = Server::imdbapi_after(Duration::from_millis(20));
    let friends = with_stale(&server, 1000);
    let refresh = || friends.command().args(["cache", "refresh", "--json", "--jobs", "4"]).output().unwrap();
    let (first, second) = std::thread::scope(|scope| {
        let first = scope.spawn(refresh);
        let second = scope.spawn(refresh);
        (first.join().unwrap(), second.join().unwrap())
    });
    let mut refreshed = 0;
    for output in [first, second] {
        assert!(output.status.success(), "{output:?}");
        let summary: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        refreshed += summary["refreshed"].as_u64().unwrap();
    }
    assert_eq!(refreshed, 1000);
    assert!(server.requests_by_title().values().all(|times| *times == 1));
    assert_eq!(server.requests_by_title().len(), 1000);
    assert_eq!(friends.sql::<i64>("SELECT count(*) FROM imdb_cache WHERE cached_at > unixepoch() - 60"), 1000);
}

#[test]
fn titles_that_another_refresh_is_fetching_are_left_to_it() {
    let server = Server::imdbapi();
    let friends = Friends::with_missing(&server, 3);
    friends.execute(&format!(
        "INSERT INTO imdb_cache (imdb_id, claimed_until) SELECT imdb_id, {} FROM proposals",
        EVENING + 30
    ));
    let ran = friends.run("cache refresh").ok();
    assert!(ran.out.starts_with("Refreshed 0 titles, 3 left to another refresh"), "{ran:?}");
    assert_eq!(server.count(), 0);
}

#[test]
fn a_killed_refresh_keeps_what_it_wrote() {
    let server = Server::imdbapi_after(Duration::from_millis(30));
    let friends = with_stale(&server, 1000);
    let mut child = friends.command().args(["cache", "refresh"]).spawn().unwrap();
    let written = || friends.sql::<i64>("SELECT count(*) FROM imdb_cache WHERE cached_at > unixepoch() - 60");
    wait_until(|| written() >= 200);
    child.kill().unwrap();
    child.wait().unwrap();
    let written = written();
    assert!((200..1000).contains(&written), "{written}");
    assert_eq!(friends.sql::<String>("PRAGMA integrity_check"), "ok");

    // The claims of the killed process expire by themselves.
    friends.clock.store(friends.sql::<i64>("SELECT unixepoch() + 61"), Ordering::SeqCst);
    let summary = friends.run("cache refresh --json").json();
    assert_eq!(summary["refreshed"], 1000 - written);
    let twice = server.requests_by_title().values().filter(|times| **times > 1).count();
    assert!(twice <= 100, "{twice}: no more than one round is fetched again");
}

#[test]
fn an_interrupted_refresh_keeps_its_results_and_says_so() {
    let count = Arc::new(AtomicUsize::new(0));
    let (counted, interrupt) = (Arc::clone(&count), Arc::new(std::sync::atomic::AtomicBool::new(false)));
    let press = Arc::clone(&interrupt);
    let server = Server::start(move |path| {
        if counted.fetch_add(1, Ordering::SeqCst) >= 4 {
            press.store(true, Ordering::SeqCst);
            return Reply::Hang;
        }
        imdbapi(path)
    });
    let mut friends = Friends::with_missing(&server, 100);
    friends.interrupt = interrupt;
    let ran = friends.run("cache refresh --jobs 1");
    assert_eq!(ran.code, 130);
    // If the open request had been waited for, its titles would have failed instead of being left.
    assert!(ran.out.starts_with("Stopped: refreshed 20 titles, 80 left for later, in "), "{}", ran.out);
    assert_eq!(friends.sql::<i64>("SELECT count(*) FROM imdb_cache WHERE cached_at IS NOT NULL"), 20);
    assert_eq!(friends.sql::<i64>("SELECT count(*) FROM imdb_cache WHERE claimed_until IS NOT NULL"), 0);
}

#[test]
fn the_limits_of_a_service_are_obeyed_by_all_workers() {
    // The limit is ten requests in each window of a second.
    let window = Mutex::new((Instant::now(), 0));
    let refused = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&refused);
    let server = Server::start(move |path| {
        let mut window = window.lock().unwrap();
        if window.0.elapsed() > Duration::from_secs(1) {
            *window = (Instant::now(), 0);
        }
        window.1 += 1;
        if window.1 > 10 {
            count.fetch_add(1, Ordering::SeqCst);
            return Reply::status(429, &json!({"message": "Too many network requests"}));
        }
        imdbapi(path)
    });
    let friends = Friends::with_missing(&server, 150);
    let summary = friends.run("cache refresh --json --jobs 8").json();
    assert_eq!(summary["refreshed"], 150, "none is lost");
    let refused = refused.load(Ordering::SeqCst);
    assert!(refused <= 12, "{refused} refused of {}", server.count());
}

#[test]
fn a_retry_after_header_is_respected() {
    let first = Mutex::new(None);
    let server = Server::start(move |path| {
        let mut first = first.lock().unwrap();
        let Some(refused) = *first else {
            *first = Some(Instant::now());
            return Reply::Answer(429, vec![("retry-after", "1".into())], Vec::new());
        };
        // Only a lower bound, so that a slow machine does not fail the test.
        assert!(Instant::elapsed(&refused) >= Duration::from_millis(950));
        imdbapi(path)
    });
    let friends = Friends::with_missing(&server, 5);
    assert_eq!(friends.run("cache refresh --json").json()["refreshed"], 5);
    assert_eq!(server.count(), 2);
}

#[test]
fn data_stays_fresh_when_the_clock_is_set_back_by_an_hour() {
    let server = Server::imdbapi();
    let friends = Friends::with_missing(&server, 5);
    friends.run("cache refresh").ok();
    friends.clock.fetch_sub(3600, Ordering::SeqCst);
    let board = friends.run("vote --json").json();
    assert_eq!(board["proposals"][0]["cache"], "fresh");
    assert!(friends.run("cache refresh").ok().out.starts_with("Nothing to refresh"));
    // After the clock is set back by years, data from the future does not count as fresh.
    friends.clock.fetch_sub(3 * 365 * 86_400, Ordering::SeqCst);
    assert_eq!(friends.run("cache refresh --json").json()["refreshed"], 5);
    assert_eq!(server.count(), 2);
}

#[test]
fn partial_garbled_and_missing_answers_lose_no_data() {
    type Respond = Box<dyn Fn(&str) -> Reply + Send + Sync>;
    let replies: Vec<Respond> = vec![
        Box::new(|_| Reply::html()),
        Box::new(|_| Reply::Answer(200, vec![], Vec::new())),
        Box::new(|_| Reply::Answer(200, vec![], b"{\"titles\":[{\"id\":\"tt0000".to_vec())),
        Box::new(|_| Reply::json(&json!({"titles": [made_up("tt0000099")]}))),
        Box::new(|_| Reply::json(&json!({"titles": {"a": 1}}))),
        Box::new(|_| Reply::json(&json!({"titles": [null, 7, "x", {}, {"id": null}]}))),
        Box::new(|_| Reply::Endless),
        Box::new(|_| Reply::Close),
    ];
    std::thread::scope(|scope| {
        for reply in replies {
            scope.spawn(move || {
                let server = Server::start(move |path| match path.contains("batchGet") {
                    true => reply(path),
                    false => Reply::status(403, &json!({})),
                });
                let friends = with_stale(&server, 5);
                friends.clock.store(friends.sql::<i64>("SELECT unixepoch()"), Ordering::SeqCst);
                let ran = friends.run("cache refresh");
                assert_eq!(ran.code, 1, "{ran:?}");
                let board = friends.run("vote --json").json();
                assert_eq!(board["proposals"][0]["title"], "Old tt0000001");
                assert_eq!(friends.sql::<i64>("SELECT count(*) FROM imdb_cache WHERE failures = 1"), 5);
            });
        }
    });
}

#[test]
fn a_source_that_never_answers_is_left_for_the_next() {
    let silent = Server::start(|_| Reply::Hang);
    let cinemeta = Server::cinemeta();
    let mut friends = Friends::with_missing(&silent, 10);
    friends.set("MOVIENIGHT_SOURCES", "imdbapi,cinemeta");
    friends.set("MOVIENIGHT_CINEMETA_URL", cinemeta.url());
    friends.limits.request = Duration::from_secs(5);
    let summary = friends.run("cache refresh --json").json();
    assert_eq!(summary["refreshed"], 10);
    assert_eq!(silent.count(), 2, "once for each batch");
}
