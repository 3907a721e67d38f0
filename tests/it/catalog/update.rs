//! The catalogue: downloaded, imported, and replaced at once or left as it was.

use std::sync::atomic::Ordering;
use std::time::Duration;

use crate::support::Friends;
use crate::support::datasets::{BASICS, BASICS_HEADER, Datasets, Fault, RATINGS, RATINGS_HEADER, gzip, rows};

pub fn friends(datasets: &Datasets) -> Friends {
    let mut friends = Friends::online("http://127.0.0.1:9");
    friends.set("MOVIENIGHT_DATASETS_URL", datasets.url());
    friends.make_board();
    friends
}

fn status(friends: &Friends) -> serde_json::Value {
    friends.run("catalog status --json").json()
}

/// Asserts that the catalogue finds a title without a network.
#[track_caller]
fn assert_finds_titles(friends: &Friends) {
    let out = friends.run("search the godfather --offline").ok().out;
    assert!(out.lines().nth(1).unwrap().contains("tt0068646"), "{out}");
}

pub fn names(requests: &[(String, String)]) -> Vec<&str> {
    requests.iter().map(|(name, _)| name.as_str()).collect()
}

#[test]
fn an_update_makes_a_catalogue_and_a_second_one_downloads_nothing() {
    let datasets = Datasets::start();
    let friends = friends(&datasets);
    let none = status(&friends);
    assert!(none["titles"].is_null() && none["path"].as_str().unwrap().ends_with("catalog.db"), "{none}");
    assert!(friends.run("catalog status").ok().out.contains("222 MiB"));
    let ran = friends.run("catalog update").ok();
    assert_eq!((ran.out.lines().count(), ran.err.as_str()), (1, ""), "{ran:?}");
    assert!(
        ran.out.starts_with("Built the catalogue in ") && ran.out.contains(" s: 3,006 titles with 100 votes or more"),
        "{ran:?}"
    );
    assert_eq!(names(&datasets.requests()), [BASICS, RATINGS]);
    assert_eq!(friends.cached_files(), ["catalog.db"]);
    assert_finds_titles(&friends);
    let made = status(&friends);
    assert_eq!((&made["titles"], &made["min_votes"]), (&3006.into(), &100.into()), "{made}");
    assert_eq!(made["basics_at"], "2026-11-22T20:00:00Z");

    friends.later(Duration::from_secs(3600));
    let ran = friends.run("catalog update --json").json();
    assert!(ran["updated"].is_null(), "{ran}");
    let asked = datasets.requests();
    assert!(asked.iter().all(|(_, headers)| headers.contains("if-none-match: \"")), "{asked:?}");
    assert_eq!(status(&friends)["ratings_at"], "2026-11-22T21:00:00Z", "confirmed");
    assert!(friends.run("catalog status").ok().out.contains("Information courtesy of IMDb"));

    // The server ignores the condition, but its ETag shows that nothing has changed.
    datasets.set_fault(Some(Fault::IgnoresConditions));
    assert!(friends.run("catalog update --json").json()["updated"].is_null());
    assert_eq!(friends.cached_files(), ["catalog.db"]);
}

#[test]
fn an_update_downloads_only_changed_datasets() {
    let datasets = Datasets::start();
    let friends = Friends::with_catalog(&datasets);
    datasets.requests();
    let (basics, ratings) = rows(3000);
    datasets.set_ratings(&ratings.replace("tt0068646\t9.2\t2000000", "tt0068646\t9.1\t2000001"), "2");
    assert_eq!(friends.run("catalog update --ratings --json").json()["updated"], "ratings");
    assert_eq!(names(&datasets.requests()), [RATINGS]);
    let found = friends.run("search the godfather --json").json();
    assert_eq!(
        (&found["results"][0]["rating"], &found["results"][0]["rating_count"]),
        (&9.1.into(), &2_000_001.into())
    );
    datasets.set(&basics, &ratings, "3");
    assert_eq!(friends.run("catalog update --json").json()["updated"], "titles");
    assert_eq!(names(&datasets.requests()), [BASICS, RATINGS]);
    let found = friends.run("search the godfather --json").json();
    assert_eq!(found["results"][0]["rating"], 9.2);
}

#[test]
fn min_votes_is_remembered_and_changing_it_imports_again() {
    let datasets = Datasets::start();
    let friends = friends(&datasets);
    assert!(friends.run("catalog update --ratings").fails().contains("there is no catalogue"));
    friends.run("catalog update").ok();
    assert_eq!(status(&friends)["titles"], 3006);
    friends.run("catalog update --min-votes 1000").ok();
    assert_eq!((&status(&friends)["titles"], &status(&friends)["min_votes"]), (&5.into(), &1000.into()));
    friends.run("catalog update --min-votes 1000").ok();
    friends.run("catalog update").ok();
    assert_eq!(status(&friends)["min_votes"], 1000);
    friends.run("catalog update --min-votes 5").ok();
    assert_eq!(status(&friends)["titles"], 3007);
    for wrong in ["0", "-3", "x", "99999999999"] {
        assert_eq!(friends.args(&["catalog", "update", &format!("--min-votes={wrong}")]).code, 2, "{wrong}");
    }
}

#[test]
fn an_interrupted_download_resumes() {
    let datasets = Datasets::start();
    let friends = friends(&datasets);
    datasets.set_fault(Some(Fault::CutAfter(0)));
    let err = friends.run("catalog update").fails();
    assert!(err.contains("cannot download title.basics.tsv.gz") && err.contains("broke"), "{err}");
    // Each connection brings another part, until the file is complete.
    datasets.set_fault(Some(Fault::CutAfter(9000)));
    friends.run("catalog update").ok();
    let asked = datasets.requests();
    let of =
        |file: &str| asked.iter().filter(|(name, headers)| name == file && headers.contains("\nrange: bytes=")).count();
    assert!(of(BASICS) > 2, "{asked:?}");
    assert!(asked.iter().all(|(_, headers)| !headers.contains("\nrange:") || headers.contains("if-range: \"")));
    assert_finds_titles(&friends);
    assert_eq!(friends.cached_files(), ["catalog.db"]);
}

#[test]
fn a_download_with_a_weak_tag_starts_over() {
    let datasets = Datasets::start();
    let friends = friends(&datasets);
    datasets.weaken_tags();
    datasets.set_fault(Some(Fault::CutAfter(9000)));
    friends.run("catalog update").fails();
    let asked = datasets.requests();
    assert!(asked.len() > 1 && asked.iter().all(|(_, headers)| !headers.contains("range:")), "{asked:?}");
}

/// Waits until the file holds the 9,000 bytes after which the server holds the download.
fn wait_for_part(friends: &Friends) {
    let part = friends.catalog().with_file_name(format!("{BASICS}.part"));
    let start = std::time::Instant::now();
    while std::fs::metadata(&part).map_or(0, |meta| meta.len()) < 9000 {
        assert!(start.elapsed() < Duration::from_secs(20), "nothing was written");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_download_of_another_version_starts_over() {
    let datasets = Datasets::start();
    let mut friends = friends(&datasets);
    // An interrupt is noticed only when a read ends.
    friends.limits.request = Duration::from_secs(1);
    datasets.set_fault(Some(Fault::HoldAfter(9000)));
    std::thread::scope(|scope| {
        let update = scope.spawn(|| friends.run("catalog update"));
        datasets.wait_until_held();
        wait_for_part(&friends);
        friends.interrupt.store(true, Ordering::SeqCst);
        let ran = update.join().unwrap();
        assert!(ran.code == 130 && ran.err.contains("Stopped: what was downloaded is kept"), "{ran:?}");
    });
    friends.interrupt.store(false, Ordering::SeqCst);
    assert_eq!(friends.cached_files(), [format!("{BASICS}.part"), format!("{BASICS}.part.version")]);
    let (basics, ratings) = rows(2500);
    datasets.release();
    datasets.requests();
    datasets.set(&basics, &ratings, "2");
    friends.run("catalog update").ok();
    let asked = datasets.requests();
    assert!(asked[0].1.contains("range: bytes=9000-") && asked[0].1.contains("if-range: \"b1\""), "{asked:?}");
    assert_eq!(status(&friends)["titles"], 2506);
    assert_finds_titles(&friends);
}

#[test]
fn partial_files_without_a_valid_version_are_not_resumed() {
    let datasets = Datasets::start();
    let friends = friends(&datasets);
    let part = friends.catalog().with_file_name(format!("{BASICS}.part"));
    let version_file = friends.catalog().with_file_name(format!("{BASICS}.part.version"));
    std::fs::create_dir_all(part.parent().unwrap()).unwrap();
    let first_range = |version: &str| {
        std::fs::write(&part, "ab").unwrap();
        std::fs::write(&version_file, version).unwrap();
        friends.run("catalog update").ok();
        friends.run("catalog remove").ok();
        datasets.requests()[0].1.lines().find(|line| line.starts_with("range:")).map(str::to_owned)
    };
    for version in ["", "4", "4 ", "4 \"", "4 abc", "4 W/\"1\"", "4 \"a b\"", "4 \"a\r\n\""] {
        assert_eq!(first_range(version), None, "{version}");
    }
    assert_eq!(first_range("4 \"1\"").as_deref(), Some("range: bytes=2-"));
    assert_eq!(friends.cached_files(), [""; 0]);
}

#[test]
fn a_killed_update_keeps_the_old_catalogue_and_its_partial_file() {
    let datasets = Datasets::start();
    let friends = Friends::with_catalog(&datasets);
    let (basics, ratings) = rows(3100);
    datasets.set(&basics, &ratings, "2");
    datasets.set_fault(Some(Fault::HoldAfter(9000)));
    let mut child = friends.command().args(["catalog", "update"]).spawn().unwrap();
    datasets.wait_until_held();
    wait_for_part(&friends);
    let err = friends.run("catalog update").fails();
    assert!(err.contains("another update") && err.lines().count() == 1, "{err}");
    child.kill().unwrap();
    child.wait().unwrap();
    assert_finds_titles(&friends);
    datasets.release();
    datasets.requests();
    friends.run("catalog update").ok();
    assert!(datasets.requests()[0].1.contains("range: bytes=9000-"));
    assert_eq!(status(&friends)["titles"], 3106);
    let left: Vec<String> = friends.cached_files();
    assert_eq!(left, ["catalog.db"]);
}

/// Asserts that an update fails with one line that contains `expected`, and leaves the old catalogue as it was.
#[track_caller]
fn assert_fails_and_keeps_old_catalogue(friends: &Friends, expected: &str) {
    let before = std::fs::read(friends.catalog()).unwrap();
    let err = friends.run("catalog update").fails();
    assert!(err.contains(expected) && err.lines().count() == 1 && !err.contains('\u{1b}'), "{expected}: {err}");
    assert!(std::fs::read(friends.catalog()).unwrap() == before, "{expected}");
    assert_finds_titles(friends);
    let left: Vec<String> = friends.cached_files().into_iter().filter(|name| !name.contains(".part")).collect();
    assert_eq!(left, ["catalog.db"], "{expected}");
}

#[test]
fn an_invalid_dataset_leaves_the_old_catalogue() {
    let datasets = Datasets::start();
    let friends = Friends::with_catalog(&datasets);
    let (basics, ratings) = rows(3000);
    let mut version = 1;
    let mut serve = |basics: Vec<u8>, ratings: Vec<u8>| {
        version += 1;
        datasets.set_bytes(basics, ratings, &version.to_string());
    };
    let gz = |text: &str| gzip(text.as_bytes());
    let whole = gz(&basics);
    for length in [0, 1, 5, 17, whole.len() / 2, whole.len() - 8, whole.len() - 1] {
        serve(whole[..length].to_vec(), gz(&ratings));
        assert_fails_and_keeps_old_catalogue(&friends, if length < 2 { "the expected file" } else { "truncated" });
    }
    let mut wrong = whole.clone();
    wrong[whole.len() - 6] ^= 1;
    serve(wrong, gz(&ratings));
    assert_fails_and_keeps_old_catalogue(&friends, "cannot be unpacked");
    for (basics, ratings, expected) in [
        (basics.replacen("tconst", "id", 1), ratings.clone(), "first line"),
        (basics.clone(), ratings.replacen("tconst", "id", 1), "first line"),
        (String::new(), ratings.clone(), "first line"),
        (BASICS_HEADER.to_owned(), ratings.clone(), "has no rows"),
        (basics.clone(), RATINGS_HEADER.to_owned(), "has no rows"),
        (basics.replace("\t\\N\t90\tDrama", ""), ratings.clone(), "rows are invalid"),
        (basics.replace("\tDrama\n", &("\tDrama".repeat(80) + "\n")), ratings.clone(), "rows are invalid"),
        (basics.replace("tt1", "nm1"), ratings.clone(), "rows are invalid"),
        (basics.clone(), ratings.replace("\t5.5\t", "\t-5.5\t"), "rows are invalid"),
        (basics.clone(), ratings.replace("\t5.5\t1", "\t5.5\t99999999999991"), "rows are invalid"),
        (rows(1400).0, ratings.clone(), "rows, down from 3009"),
        (basics.clone(), rows(1400).1, "rows, down from 3009"),
        // These are ratings of other titles only.
        (basics.clone(), ratings.replace("tt", "tt3"), "none of its titles has 100 votes"),
        (basics.clone() + &"x".repeat(100 << 20) + &"\nx".repeat(20), ratings.clone(), "rows are invalid"),
    ] {
        serve(gz(&basics), gz(&ratings));
        assert_fails_and_keeps_old_catalogue(&friends, expected);
    }
    let invalid: Vec<u8> = basics.bytes().map(|byte| if byte == b'F' { 0xff } else { byte }).collect();
    serve(gzip(&invalid), gz(&ratings));
    assert_fails_and_keeps_old_catalogue(&friends, "rows are invalid");
    serve(b"\x1f\x8bnot really".to_vec(), gz(&ratings));
    assert_fails_and_keeps_old_catalogue(&friends, "cannot be unpacked");
    for (fault, expected) in [
        (Fault::Html, "the expected file"),
        (Fault::Status(403), "answered with status 403"),
        (Fault::Status(404), "does not have the file"),
        (Fault::Status(500), "status 500"),
        (Fault::Length(100), "broke"),
    ] {
        serve(gz(&basics), gz(&ratings));
        datasets.set_fault(Some(fault));
        assert_fails_and_keeps_old_catalogue(&friends, expected);
        datasets.set_fault(None);
    }
    // Bytes beyond the announced length are not read, so the download is cut short.
    serve(gz(&basics), gz(&ratings));
    datasets.set_fault(Some(Fault::Length(-100)));
    assert_fails_and_keeps_old_catalogue(&friends, "truncated");
    datasets.set_fault(None);
    friends.run("catalog update").ok();
    assert_eq!(friends.cached_files(), ["catalog.db"]);
}

#[test]
fn invalid_rows_are_left_out_and_titles_are_sanitized() {
    let datasets = Datasets::start();
    let friends = friends(&datasets);
    let (mut basics, mut ratings) = rows(9000);
    for (id, title) in [
        ("tt0200001", "Evil\u{202e}\u{1b}[2J Twin"),
        ("tt0200002", &"Long ".repeat(2000)),
        ("tt0200003", "\u{200b}\u{200e}"),
    ] {
        basics += &format!("{id}\tmovie\t{title}\t{title}\t0\t-5\t\\N\t99999999\tDrama,\u{1b}[1m,Crime\n");
        ratings += &format!("{id}\t7.0\t5000\n");
    }
    basics += "tt0200004\tmovie\n";
    ratings += "tt0200009\t7.0\t5000\nnm0200005\t7.0\t5000\n";
    datasets.set(&basics, &ratings, "2");
    friends.run("catalog update").ok();
    let out = friends.run("catalog status").ok().out;
    assert!(out.contains("Left out     3 invalid rows"), "{out}");
    let found = friends.run("search evil twin --json").json();
    let title = &found["results"][0];
    assert_eq!((&title["imdb_id"], &title["year"]), (&"tt0200001".into(), &serde_json::Value::Null), "{title}");
    assert!(!found.to_string().contains(['\u{1b}', '\u{202e}']), "{found}");
    let found = friends.run("search long long long --json").json();
    assert_eq!(found["results"][0]["title"].as_str().unwrap().chars().count(), 300);
}

#[test]
fn an_unusable_catalogue_is_reported_and_the_board_still_works() {
    let datasets = Datasets::start();
    let friends = Friends::with_catalog(&datasets);
    friends.run("propose tt0068646").ok();
    let whole = std::fs::read(friends.catalog()).unwrap();
    let check = |bytes: &[u8], expected: &str| {
        std::fs::write(friends.catalog(), bytes).unwrap();
        for line in
            ["search the godfather", "propose heat", "propose tt0000012", "vote godfahter", "cache stats", "vote"]
        {
            let ran = friends.run(line);
            assert!(ran.err.lines().count() <= 2, "{line}: {ran:?}");
            assert!(!ran.err.contains('\u{1b}'), "{line}: {ran:?}");
        }
        let err = friends.run("search the godfather").fails();
        assert!(err.contains(expected), "{expected}: {err}");
        let err = friends.run("search the godfather --json").fails();
        let document: serde_json::Value = serde_json::from_str(&err).unwrap();
        assert!(document["warnings"][0].as_str().unwrap().contains(expected), "{document}");
        assert!(friends.run("vote").ok().out.contains("The Godfather"));
        assert_eq!(friends.run("complete propose godf").ok().err, "");
        friends.run("withdraw tt0000012").ok();
    };
    let mut pages = whole.clone();
    pages[5000..].fill(0xAB);
    check(&pages, "is damaged");
    check(&whole[..whole.len() / 2], "is damaged");
    let conn = rusqlite::Connection::open(friends.catalog()).unwrap();
    drop(conn);
    friends.run("catalog update").ok();
    assert_finds_titles(&friends);
    let change = |sql: &str| {
        std::fs::write(friends.catalog(), &whole).unwrap();
        rusqlite::Connection::open(friends.catalog()).unwrap().execute_batch(sql).unwrap();
        std::fs::read(friends.catalog()).unwrap()
    };
    check(&change("PRAGMA user_version = 99"), "was made by a newer movienight");
    assert!(friends.run("catalog update").fails().contains("update movienight"));
    check(&change("PRAGMA application_id = 7"), "is not a movienight catalogue");
    check(b"Dear diary", "is not a movienight catalogue");
    for line in ["catalog update", "catalog remove", "catalog status"] {
        let err = friends.run(line).fails();
        assert!(
            err.contains("is not a movienight catalogue") && err.contains("move it out of the way"),
            "{line}: {err}"
        );
    }
    assert_eq!(std::fs::read(friends.catalog()).unwrap(), b"Dear diary");
    check(&change("PRAGMA user_version = 0"), "has an older format");
    friends.run("catalog update").ok();
    assert_finds_titles(&friends);
    std::fs::remove_file(friends.catalog()).unwrap();
    std::fs::create_dir(friends.catalog()).unwrap();
    assert!(friends.run("catalog status").fails().contains("is not a movienight catalogue"));
    friends.run("vote").ok();
}

#[test]
fn readers_keep_working_while_the_catalogue_is_replaced() {
    let datasets = Datasets::start();
    let friends = Friends::with_catalog(&datasets);
    let open = movienight::catalog::Catalog::open(&friends.catalog()).unwrap().unwrap();
    let (basics, ratings) = rows(2000);
    datasets.set(&basics, &ratings, "2");
    std::thread::scope(|scope| {
        let update = scope.spawn(|| friends.run("catalog update"));
        while !update.is_finished() {
            assert_finds_titles(&friends);
        }
        update.join().unwrap().ok();
    });
    assert_eq!(open.search("filler 2999", 1).unwrap()[0].title.title.title, "Filler 2999");
    friends.run("catalog remove").ok();
    assert_eq!(open.search("filler 2999", 1).unwrap()[0].title.title.title, "Filler 2999");
    assert_eq!(friends.cached_files(), [""; 0]);
    assert!(friends.run("catalog remove").ok().out.contains("There is no catalogue"));
}
