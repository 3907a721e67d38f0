//! Movies that are on several people's lists.

use serde_json::json;

use crate::support::Friends;
use crate::support::datasets::Datasets;

/// Returns friends with a catalogue and without a network. Ana, Ben and Cleo have lists.
fn with_lists() -> Friends {
    let mut friends = Friends::with_catalog(&Datasets::start());
    friends.set("MOVIENIGHT_OFFLINE", "1");
    for (who, list) in [
        ("Ana", "tt0068646\ntt0113277\ntt0211915\ntt0306414\nNowhere to Be Found (1990)\n"),
        ("Ben", "tt0068646\ntt0113277\ntt0306414\nNowhere to be found (1990)\n"),
        ("Cleo", "tt0068646\ntt0211915\ntt0306414\ntt0071562\n"),
    ] {
        friends.stdin = list.into();
        friends.run(&format!("import - --as {who}")).ok();
    }
    friends
}

#[test]
fn movies_on_all_lists_come_before_those_on_all_but_one() {
    let friends = with_lists();
    let ran = friends.run("overlap").ok();
    let lines: Vec<&str> = ran.out.lines().collect();
    let movies: Vec<(&str, bool)> =
        lines[1..5].iter().map(|line| (line.split(" (").next().unwrap(), line.contains("Cleo"))).collect();
    let expected = [("The Godfather", false), ("Amélie", false), ("Heat", true), ("Nowhere to Be Found", true)];
    assert_eq!(movies, expected, "{}", ran.out);
    assert_eq!(lines[5], "Lists of Ana (5 movies, just now), Ben (4 movies, just now) and Cleo (4 movies, just now)");
    let document = friends.run("overlap Ana,Ben --series --json").json();
    assert_eq!(document["people"], json!(["Ana", "Ben"]));
    assert_eq!(friends.run("overlap Ana, Ben --series --json").json(), document);
    assert!(friends.run("overlap Ana ,").fails().contains("names cannot be empty"));
    let titles: Vec<&str> =
        document["movies"].as_array().unwrap().iter().map(|movie| movie["title"].as_str().unwrap()).collect();
    assert_eq!(titles, ["The Wire", "The Godfather", "Heat", "Nowhere to Be Found"]);
    assert_eq!(document["movies"][0]["wanted_by"], json!(["Ana", "Ben"]));
    assert_eq!(document["movies"][0]["seen_by"], json!([]));
}

#[test]
fn seen_movies_are_left_out_and_the_board_says_who_lists_a_movie() {
    let mut friends = with_lists();
    friends.stdin = "Const,Your Rating,Date Rated,Title\ntt0068646,9,2025-12-01,Der Pate\n".into();
    assert_eq!(friends.run("import - --as Ben").ok().out, "Marked 1 movie as seen by Ben\n");
    assert_eq!(friends.run("import - --as Ben").ok().out, "Nothing changed: 1 movie was already there\n");
    assert!(!friends.run("overlap").ok().out.contains("The Godfather"));
    assert!(friends.run("overlap Ana Cleo").ok().out.contains("The Godfather"));
    friends.run("propose tt0113277 --as Cleo").ok();
    assert_eq!(friends.run("show 1 --json").json()["listed_by"], json!(["Ana", "Ben"]));
    assert!(friends.run("show 1").ok().out.contains("Listed by    Ana, Ben\n"));
    assert!(friends.run("vote").ok().out.lines().next().unwrap().contains("Listed by"));
}

#[test]
fn limits_leave_out_movies_that_do_not_fit() {
    let friends = with_lists();
    let ran = friends.run("overlap --max 2h30m").ok();
    assert!(ran.out.contains("Amélie") && !ran.out.contains("Heat"), "{}", ran.out);
    assert!(ran.out.contains("Nowhere to Be Found (1990) (may not fit)"), "{}", ran.out);
    assert!(ran.out.contains("Left out 2 movies outside the limits\n"), "{}", ran.out);
}

#[test]
fn the_reason_why_movies_were_left_out_is_shown() {
    let friends = with_lists();
    let out = friends.run("overlap --max 10m").out;
    assert!(out.contains("Left out") && !out.contains("Nothing is on all"), "{out}");
    friends.run("overlap --propose 1 --as Ana").ok();
    friends.run("watched 1 --as Ana").ok();
    let ran = friends.run("overlap --propose 9 --as Ana").ok();
    assert!(ran.out.contains("Left out 1 movie that the group has watched\n"), "{}", ran.out);
    assert!(!friends.run("vote").ok().out.contains("The Godfather"));
    friends.run("propose --again tt0068646 --as Ana").ok();
    let ran = friends.run("overlap --propose 9 --as Ana").ok();
    assert!(!ran.out.contains("has watched") && ran.out.contains("The Godfather"), "{}", ran.out);
}

#[test]
fn missing_titles_are_reported_with_the_command_that_fetches_them() {
    let mut friends = Friends::offline();
    for who in ["Ana", "Ben"] {
        friends.stdin = "tt0000012\ntt0000013\n".into();
        friends.run(&format!("import - --as {who}")).ok();
    }
    let out = friends.run("overlap").ok().out;
    let expected =
        "Ratings and running times of 2 movies are missing: movienight catalog update (222 MiB) brings them\n";
    assert!(out.ends_with(expected), "{out}");
    assert!(!with_lists().run("overlap").ok().out.contains("catalog update"));
}

#[test]
fn missing_lists_and_empty_overlaps_are_reported() {
    let mut friends = with_lists();
    friends.stdin = "tt0000099\n".into();
    friends.run("import - --as Dan").ok();
    let ran = friends.run("overlap Ana Dan");
    assert_eq!(ran.code, 1);
    assert!(ran.out.ends_with("Nothing is on all of these lists\n"), "{}", ran.out);
    let ran = friends.run("overlap Ana Dan --propose 2");
    assert!(ran.out.ends_with("Nothing is on all of these lists\n"), "{}", ran.out);
    let error = friends.run("overlap Ana Eve").fails();
    assert!(error.contains("Eve has no list: movienight import FILE --as Eve imports one"), "{error}");
}

#[test]
fn propose_puts_the_first_movies_on_the_board_with_their_votes() {
    let friends = with_lists();
    let ran = friends.run("overlap --propose 2 --as Dan").ok();
    let end = "Proposed 2 movies, with the votes of those who want them\n\
               Next, vote on a ballot: movienight ballot Ana Ben Cleo\n";
    assert!(ran.out.ends_with(end), "{}", ran.out);
    let board = friends.run("vote --json").json();
    assert_eq!(board["proposals"][0]["voters"], json!(["Ana", "Ben", "Cleo"]));
    assert_eq!(board["proposals"][1]["voters"], json!(["Ana", "Cleo"]));
    assert_eq!(board["proposals"][0]["proposed_by"], "Dan");
    let again = friends.run("overlap --propose 2 --as Dan").ok();
    assert!(
        again.out.ends_with("Nothing to propose: these movies and votes are on the board already\n"),
        "{}",
        again.out
    );
    friends.run("undo --as Dan").ok();
    assert_eq!(friends.sql::<i64>("SELECT count(*) FROM proposals"), 0);
    for line in ["overlap --propose 0", "cache refresh --limit 0"] {
        let ran = friends.run(line);
        assert!(ran.code == 2 && ran.err.contains("give 1 or more"), "{line}: {ran:?}");
    }
}

#[test]
fn a_movie_listed_by_id_and_by_title_counts_once() {
    let mut friends = Friends::offline().in_file();
    friends.run("propose --title Foo --as Ana").ok();
    for (name, list) in [("Ana", "Const,Title,Year\ntt0000021,Up There,2001\n"), ("Ben", "Up there (2001)\n")] {
        friends.stdin = list.into();
        friends.run(&format!("import - --as {name}")).ok();
    }
    let document = friends.run("overlap --json").json();
    let movies = document["movies"].as_array().unwrap();
    assert_eq!(movies.len(), 1, "{document}");
    assert_eq!((&movies[0]["imdb_id"], &movies[0]["wanted_by"]), (&json!("tt0000021"), &json!(["Ana", "Ben"])));
    // Ana's list says which title the id has.
    friends.stdin = "tt0000021\n".into();
    friends.run("import - --as Cleo").ok();
    let document = friends.run("overlap Ben Cleo --json").json();
    assert_eq!(document["movies"].as_array().unwrap().len(), 1, "{document}");
    // Another title of that name, on a list that is not compared, changes nothing.
    friends.stdin = "Const,Title,Year\ntt0000021,Up There,2001\n".into();
    friends.run("import - --as Eve").ok();
    friends.stdin = "Const,Title,Year\ntt0000022,Up There,2001\n".into();
    friends.run("import - --as Dan").ok();
    let document = friends.run("overlap Ben Eve --json").json();
    assert_eq!(document["movies"].as_array().unwrap().len(), 1, "{document}");
}

#[test]
fn a_movie_without_an_id_is_left_out_with_a_message() {
    let mut friends = Friends::offline().in_file();
    friends.run("propose --title Foo --year 2020 --as Ana").ok();
    for name in ["Ben", "Cleo"] {
        friends.stdin = "Foo (2020)\n".into();
        friends.run(&format!("import - --as {name}")).ok();
    }
    let changes = friends.run("undo --list").ok().out;
    let ran = friends.run("overlap --propose 1 --as Ben");
    assert!(ran.code == 1 && ran.out.contains("Left out 1 movie without an IMDb id\n"), "{ran:?}");
    assert_eq!(friends.run("undo --list").ok().out, changes, "nothing was proposed");
    assert!(!ran.out.contains("Nothing is on all"), "{ran:?}");
}
