//! While votes are hidden, nothing tells how anybody voted.

use std::time::Duration;

use serde_json::json;

use crate::support::{Friends, in_threads};

const PEOPLE: [&str; 4] = ["Ana", "Ben", "Cleo", "Dan"];

fn friends(titles: &[&str]) -> Friends {
    let friends = Friends::offline();
    let titles = titles.iter().flat_map(|title| ["--title", title]);
    friends.args(&["propose", "--as", "Ana"].into_iter().chain(titles).collect::<Vec<_>>()).ok();
    friends
}

#[test]
fn votes_are_hidden_until_they_are_revealed() {
    let mut friends = friends(&["Heat", "Alien", "Brazil"]);
    friends.run_all("Ben: vote 2\nCleo: vote 2");
    assert_eq!(
        friends.run("hide").ok().out,
        "Votes are hidden. To show them: movienight reveal, or movienight pick --reveal\n"
    );
    assert_eq!(friends.run("hide").ok().out, "Votes are already hidden\n");
    let last = friends.run("vote").ok().out.lines().last().unwrap().to_owned();
    assert_eq!(last, "3 movies · votes are hidden · not voted tonight: Ana, Ben, Cleo");
    assert_eq!(friends.run("vote --missing").ok().out, "Ana\nBen\nCleo\n");
    assert_eq!(friends.run("vote 3 --as Ben").ok().out, "Recorded Ben's answer\n");
    // Repeating a vote from before counts as voting.
    assert_eq!(friends.run("vote 2 --as Cleo").ok().out, "Recorded Cleo's answer\n");
    assert_eq!(friends.run("unvote 3 --as Dan --json").json()["votes"][0]["outcome"], "recorded");
    assert_eq!(friends.run("vote --missing --json").json(), json!({"missing": ["Ana"], "warnings": []}));
    let board = friends.run("vote --json").json();
    assert_eq!((&board["hidden"], &board["voted"]), (&json!(true), &json!(["Ben", "Cleo"])));
    let movie = &board["proposals"][1];
    for name in ["rank", "votes", "noes", "favorites", "score"] {
        assert_eq!(movie[name], json!(null), "{name}");
    }
    assert_eq!((&movie["number"], &movie["voters"], &movie["on_board"]), (&json!(2), &json!([]), &json!(true)));
    assert_eq!(friends.run("page --json").json()["people"], json!(null));
    let error = friends.run("pick").fails();
    assert_eq!(error, "error: votes are hidden: movienight pick --reveal reveals them and picks\n");
    let error = friends.run("pick --reveal --here Nobody").fails();
    assert!(error.contains("--here: no voter is called Nobody"), "{error}");
    assert_eq!(friends.run("vote --json").json()["hidden"], true, "neither reading nor a slip reveals anything");
    // On a terminal, the program asks.
    friends.asks = true;
    friends.stdin = "n\n".into();
    assert!(
        friends.run("pick").fails().contains("Ana has not voted since votes were hidden. Reveal them anyway? [y/N]")
    );
    friends.stdin = "y\n".into();
    assert!(friends.run("pick").ok().out.starts_with("Alien\n"));
    friends.asks = false;
    assert_eq!(friends.run("vote --json").json()["proposals"][0]["votes"], 3);
    assert_eq!(friends.run("reveal").ok().out, "Votes are not hidden\n");
}

#[test]
fn undo_directly_after_hide_or_reveal_is_refused() {
    let friends = friends(&["Heat"]);
    friends.run_all("Ben: vote 1\nBen: undo\nBen: hide\nBen: redo\nCleo: vote 1");
    assert_eq!(friends.run("undo --list").ok().out.lines().next(), Some("Cleo voted, just now"));
    assert_eq!(friends.run("undo --as Ben").ok().out, "Undid: Ben voted, just now\n");
    friends.run_all("Ben: redo\nBen: reveal");
    for line in ["undo --as Ben", "undo --any --as Cleo"] {
        let error = friends.run(line).fails();
        assert!(
            error.starts_with("error: nothing was undone: the last action was reveal, which cannot be undone: "),
            "{error}"
        );
        friends.run_all("Ben: hide\nBen: reveal");
    }
    friends.run("hide --as Ben").ok();
    assert!(friends.run("undo --as Ben").fails().contains("the last action was hide, which cannot be undone"));
    // The second undo no longer comes right after the command.
    assert_eq!(friends.run("undo --as Ben").ok().out, "Undid: Ben voted, just now\n");
    friends.run("redo --as Ben").ok();
    // For Cleo, her own vote is the last change.
    friends.run("undo --as Cleo").ok();
    friends.run_all("Ben: reveal\nBen: unvote 1\nBen: undo");
    assert_eq!(friends.run("show 1 --json").json()["voters"], json!(["Ana", "Ben"]));
}

#[test]
fn proposing_while_votes_are_hidden_counts_as_voting() {
    for before in ["vote 1", "vote --favorite 1", "vote --no 1", "unvote 1"] {
        let friends = friends(&["Heat"]);
        friends.run(&format!("{before} --as Ben")).ok();
        friends.later(Duration::from_secs(3600));
        friends.run("hide").ok();
        let said = friends.run("propose --title Heat --as Ben").ok().out;
        assert_eq!(said, "Heat is on the board already; added Ben's vote\n", "{before}");
        assert_eq!(friends.run("vote --json").json()["voted"], json!(["Ben"]), "{before}");
        friends.run("reveal").ok();
        let favorites = if before.contains("favorite") { json!(["Ben"]) } else { json!([]) };
        assert_eq!(friends.run("show 1 --json").json()["favorite_of"], favorites, "{before}");
    }
}

#[test]
fn the_limit_of_noes_names_no_movie_while_votes_are_hidden() {
    let friends = friends(&["Heat", "Alien", "Brazil", "Dune"]);
    friends.run("vote --no 1 2 3 --as Ben").ok();
    friends.run("hide").ok();
    let error = friends.run("vote --no 4 --as Ben").fails();
    assert!(error.contains("at most 3 noes") && !error.contains("Heat") && !error.contains("unvote"), "{error}");
    friends.run("watched 1 --on 2026-11-20").ok();
    assert_eq!(friends.run("history --json").json()["watched"][0]["votes"], json!(null), "whatever its date");
    assert!(friends.run("withdraw 2").ok().out.contains("its votes are kept"));
}

#[test]
fn an_unvote_without_a_vote_is_logged_as_one() {
    for (before, action) in [("", "unvote"), ("vote 1", "unvote"), ("vote --no 1", "take_back_no")] {
        let friends = friends(&["Heat"]);
        friends.run_all(&format!("Ben: vote 1\nBen: unvote 1\nBen: {before}\nAna: hide\nBen: unvote 1\nAna: reveal"));
        assert_eq!(friends.run("undo --list --json").json()["changes"][0]["action"], action, "{before}");
    }
}

/// Returns everything that can be read, and the output of commands that fail.
fn outputs(friends: &Friends) -> Vec<String> {
    let lines = [
        "vote",
        "vote --json",
        "vote --all",
        "vote --missing",
        "vote --unseen",
        "show 1 2 3 4",
        "show 1 2 3 4 --json",
        "history",
        "history --json",
        "voters",
        "voters --json",
        "page",
        "page --json",
        "page --markdown",
        "page --hide-names",
        "undo --list",
        "undo --list --json",
        "pick",
        "pick --json",
        "pick --watched",
        "pick --random",
        "pick --here Ana",
        "complete movies",
        "complete voters",
        "vote zzz",
        "vote --no 1 2 3 4 --as Eve",
        "withdraw 99",
        "show 99",
        "search --json movie",
    ];
    lines.iter().map(|line| friends.run(line)).map(|ran| ran.out + &ran.err).collect()
}

/// Two boards that differ only in how people vote look the same in every output.
#[test]
fn a_hundred_boards_leak_nothing() {
    in_threads(5, |thread, seed| {
        let mut rng = fastrand::Rng::with_seed(seed + thread);
        for board in 0..10 {
            let pair: Vec<Vec<String>> = (0..2)
                .map(|_| {
                    let friends = friends(&["Movie A", "Movie B", "Movie C", "Movie D"]);
                    if rng.bool() {
                        friends.run("vote 1 --as Ben").ok();
                    } else {
                        friends.run("vote --no 2 --as Ben").ok();
                    }
                    friends.run("hide --as Ana").ok();
                    // Each person acts exactly once, because it is no secret who has voted, and when.
                    for person in PEOPLE {
                        let option = ["", "--favorite", "--no"][rng.usize(..3)];
                        friends.run(&format!("vote {option} {} --as {person}", rng.usize(1..5))).ok();
                    }
                    let mut outputs = outputs(&friends);
                    outputs.push(friends.run(&format!("vote {} --as Dan", rng.usize(1..5))).ok().out);
                    outputs.push(friends.run("undo --as Dan").out);
                    outputs
                })
                .collect();
            let differ = pair[0].iter().zip(&pair[1]).find(|(a, b)| a != b);
            assert_eq!(differ, None, "MOVIENIGHT_SEED={seed}, board {board} of thread {thread}");
        }
    });
}

#[test]
fn people_who_have_voted_are_named_if_there_is_room() {
    let mut friends = friends(&["Heat"]);
    friends.run_all("Konstantin: vote 1\nAna: hide\nKonstantin: vote 1");
    for width in 40..120 {
        friends.terminal = Some(width);
        let out = friends.run("vote --color never").ok().out;
        let line = out.lines().last().unwrap();
        assert!(line.chars().count() <= width && !line.contains(":  ") && !line.ends_with(": "), "{line}");
        assert!(width < 72 || line.ends_with("not voted tonight: Ana · voted: Konstantin"), "{width}: {line}");
    }
    friends.terminal = None;
    friends.asks = true;
    friends.stdin = "n\n".into();
    let asked = friends.run("pick --here Konstantin").fails();
    assert!(asked.contains("Votes are hidden. Reveal them? [y/N]"), "{asked}");
    friends.asks = false;
    friends.terminal = Some(60);
    friends.run_all("Ben: vote 1\nCleo: vote 1\nDan: vote 1\nAna: reveal\nAna: hide\nBen: vote 1\nDan: vote 1");
    let out = friends.run("vote --color never").ok().out;
    assert!(out.ends_with("1 movie · votes are hidden · not voted tonight: Ana +2\n"), "{out}");
    // A question is not broken inside of a word.
    friends.asks = true;
    let asked = friends.run("pick").fails();
    assert!(asked.contains(" since votes were hidden. Reveal them\nanyway? [y/N] "), "{asked}");
}
