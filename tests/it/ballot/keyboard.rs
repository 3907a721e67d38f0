//! `ballot` at one keyboard, in a terminal.

use std::time::Duration;

use crate::ballot::chat::opinions;
use crate::support::terminal::Terminal;
use crate::support::{Friends, wait_until};

fn friends(count: usize) -> Friends {
    let friends = Friends::offline();
    for n in 1..=count {
        friends.args(&["propose", "--title", &format!("Home Video {n}"), "--as", "Ana"]).ok();
    }
    friends
}

const UP: &str = "\x1b[A";
const DOWN: &str = "\x1b[B";

#[test]
fn several_people_fill_in_ballots_at_one_keyboard() {
    let friends = friends(4);
    let terminal = Terminal::movienight("ballot Ben Cleo", &friends, 80, 24);
    terminal.wait_for("Ben, your turn");
    terminal.types("\r");
    let screen = terminal.wait_for("Enter done");
    assert!(
        screen.contains("Ben's ballot · use a no on a movie that might win") && screen.contains("▸ · 1  Home Video 1"),
        "{screen}"
    );
    terminal.types(&format!(" {DOWN}fjn"));
    let screen = terminal.wait_for("▸ ✗ 3  Home Video 3");
    assert!(screen.contains("● 1  Home Video 1") && screen.contains("♥ 2  Home Video 2"), "{screen}");
    assert!(terminal.cursor_line().starts_with('▸'), "the cursor stands on the current line");
    // The favourite moves, and its previous movie keeps a vote.
    terminal.types(&format!("{UP}{UP}f"));
    let screen = terminal.wait_for("▸ ♥ 1  Home Video 1");
    assert!(screen.contains("● 2  Home Video 2"), "{screen}");
    terminal.types("\r");
    let screen = terminal.wait_for("Cleo, your turn");
    assert!(screen.contains("Stored the ballot of Ben") && !screen.contains("Home Video"), "{screen}");
    terminal.types("\r");
    let screen = terminal.wait_for("Cleo's ballot");
    assert!(!screen.contains('●') && !screen.contains("♥ 1  Home"), "{screen}");
    // Cleo finds a movie, opens the help, tries a fourth no, and quits without changing anything.
    terminal.types("/video 3\r");
    terminal.wait_for("▸ · 3  Home Video 3");
    terminal.types("/#2\r");
    terminal.wait_for("▸ · 2  Home Video 2");
    terminal.types("/3\r");
    terminal.wait_for("▸ · 3  Home Video 3");
    terminal.types("?");
    terminal.wait_for("back to the ballot");
    terminal.types(" ");
    terminal.wait_for("Enter done");
    terminal.types("kkkknjnjnjn");
    terminal.wait_for("At most 3 noes");
    terminal.types("q");
    let (screen, printed, status) = terminal.end();
    assert!(status.success() && screen.contains("Cleo's votes are unchanged"), "{printed}");
    assert_eq!(opinions(&friends), "Ben: 1♥ 2 !3\n");
    friends.run("undo --as Ben").ok();
    assert_eq!(opinions(&friends), "");
}

#[test]
fn seen_marks_are_stored_with_the_ballot() {
    let friends = friends(3);
    friends.run("seen 3 --as Ben").ok();
    let terminal = Terminal::movienight("ballot Ben", &friends, 80, 24);
    terminal.wait_for("Home Video 3 · seen");
    terminal.types(&format!("s {DOWN}{DOWN}s"));
    let screen = terminal.wait_for("▸ · 3  Home Video 3\n");
    assert!(screen.contains("● 1  Home Video 1 · seen"), "{screen}");
    terminal.types("\r");
    assert!(terminal.end().2.success());
    assert_eq!(seen_by(&friends), "1: Ben\n");
    assert_eq!(opinions(&friends), "Ben: 1\n");
    // The opinion and both marks are one change, undone and redone together.
    friends.run("undo --as Ben").ok();
    assert_eq!((seen_by(&friends), opinions(&friends)), ("3: Ben\n".to_owned(), String::new()));
    friends.run("redo --as Ben").ok();
    assert_eq!((seen_by(&friends), opinions(&friends)), ("1: Ben\n".to_owned(), "Ben: 1\n".to_owned()));
    // A ballot with nothing but marks is a change as well.
    let terminal = Terminal::movienight("ballot Ben", &friends, 80, 24);
    terminal.wait_for("Enter done");
    terminal.types("s\r");
    let (screen, printed, _) = terminal.end();
    assert!(screen.contains("Stored the ballot of Ben"), "{printed}");
    assert_eq!((seen_by(&friends), opinions(&friends)), (String::new(), "Ben: 1\n".to_owned()));
}

#[test]
fn a_refused_ballot_repeats_the_voters_turn() {
    let friends = friends(4);
    let terminal = Terminal::movienight("ballot Ben Cleo", &friends, 80, 24);
    terminal.wait_for("Ben, your turn");
    terminal.types("\r");
    terminal.wait_for("Ben's ballot");
    // Meanwhile, at another keyboard.
    friends.run("vote --no 1 2 3 --as Ben").ok();
    terminal.types("jjjn\r");
    terminal.wait_for("at most 3 noes");
    wait_until(|| terminal.contents().matches("Ben, your turn").count() == 2);
    terminal.types("\r");
    terminal.wait_for("Ben's ballot");
    terminal.types("jjj \r");
    terminal.wait_for("Cleo, your turn");
    terminal.types("\r");
    terminal.wait_for("Cleo's ballot");
    terminal.types("q");
    let (screen, printed, status) = terminal.end();
    assert!(status.success() && screen.contains("Cleo's votes are unchanged"), "{printed}");
    // Nothing of hers was stored, so there is nothing to undo.
    assert!(!printed.contains("New voter"), "{printed}");
    assert_eq!(opinions(&friends), "Ben: !1 !2 !3 4\n");
}

#[test]
fn a_ballot_replaces_all_earlier_votes_while_votes_are_hidden() {
    let friends = friends(3);
    friends.run_all("Ben: vote 1 3\nBen: vote --no 2\nAna: hide");
    // An empty ballot changes nothing.
    for (keys, said) in [("\r", "Ben's votes are unchanged"), (" jj \r", "Stored the ballot of Ben")] {
        let terminal = Terminal::movienight("ballot Ben", &friends, 80, 24);
        terminal.wait_for("Ben's ballot · what you mark replaces your earlier answers");
        terminal.types(keys);
        let (screen, printed, _) = terminal.end();
        assert!(screen.contains(said), "{printed}");
    }
    friends.run("reveal").ok();
    assert_eq!(opinions(&friends), "Ben: 1 3\n");
    friends.run("undo --as Ben").ok();
    assert_eq!(opinions(&friends), "Ben: 1 !2 3\n");
}

#[test]
fn a_ballot_for_a_withdrawn_movie_replaces_nothing() {
    let friends = friends(3);
    friends.run_all("Ben: vote 1 2\nAna: hide");
    let terminal = Terminal::movienight("ballot Ben", &friends, 80, 24);
    terminal.wait_for("Ben's ballot");
    terminal.types("jj ");
    terminal.wait_for("▸ ● 3");
    friends.run("withdraw 3 --as Ana").ok();
    terminal.types("\r");
    let (screen, printed, _) = terminal.end();
    assert!(screen.contains("no longer on the board"), "{printed}");
    friends.run("reveal").ok();
    assert_eq!(opinions(&friends), "Ben: 1 2\n");
}

#[test]
fn confirming_answers_of_an_earlier_evening_counts_as_voting() {
    let friends = friends(2);
    friends.run("vote 1 --as Ben").ok();
    friends.later(Duration::from_secs(60));
    friends.run("watched 2 --here Ana,Ben").ok();
    assert_eq!(friends.run("vote --missing").ok().out, "Ana\nBen\n");
    for said in ["Stored the ballot of Ben", "Ben's votes are unchanged"] {
        let terminal = Terminal::movienight("ballot Ben", &friends, 80, 24);
        terminal.wait_for("▸ ● 1  Home Video 1");
        terminal.types("\r");
        let (screen, printed, _) = terminal.end();
        assert!(screen.contains(said), "{printed}");
    }
    assert_eq!(friends.run("vote --missing").ok().out, "Ana\n");
    assert_eq!(opinions(&friends), "Ben: 1\n");
}

#[test]
fn keys_jump_far_and_unknown_keys_point_to_the_help() {
    let friends = friends(40);
    let terminal = Terminal::movienight("ballot Ben", &friends, 80, 24);
    for (keys, place) in [
        ("/31\r", "31 of 40"),
        ("\x1b[6~", "40 of 40"),
        ("\x1b[5~", "20 of 40"),
        ("\x1b[5~", "1 of 40"),
        ("\x1b[6~", "21 of 40"),
        ("\x1bOA", "20 of 40"),
    ] {
        terminal.wait_for("Enter done");
        terminal.types(keys);
        terminal.wait_for(&format!("Ben's ballot · {place} ·"));
    }
    for key in ["\x1b", "7", "\x1b[15~", "\t"] {
        terminal.types(key);
        terminal.wait_for("? shows the keys");
        terminal.types("j");
        wait_until(|| !terminal.contents().contains("? shows the keys"));
    }
    terminal.types("\x03");
    let (screen, printed, _) = terminal.end();
    assert!(screen.contains("Stopped; nothing was stored"), "{printed}");
}

/// Returns who has seen which movie on the board, a line for each number.
fn seen_by(friends: &Friends) -> String {
    let board = friends.run("vote --json").json();
    let mut lines = Vec::new();
    for movie in board["proposals"].as_array().unwrap() {
        let names: Vec<&str> = movie["seen_by"].as_array().unwrap().iter().filter_map(|name| name.as_str()).collect();
        if !names.is_empty() {
            lines.push(format!("{}: {}\n", movie["number"], names.join(" ")));
        }
    }
    lines.sort();
    lines.concat()
}

#[test]
fn others_can_join_and_ctrl_c_keeps_finished_ballots() {
    let friends = friends(2);
    let terminal = Terminal::movienight("ballot --as Ben", &friends, 60, 24);
    terminal.wait_for("? help");
    terminal.types(" \r");
    terminal.wait_for("Next person's name, or Enter to finish:");
    // A mistyped name is noticed before its ballot.
    terminal.types("Bem\r");
    terminal.wait_for("Bem is new. Did you mean Ben?");
    terminal.types("\r");
    terminal.types("Cleo\r");
    terminal.wait_for("Cleo's ballot");
    terminal.types("j \x03");
    let (screen, printed, status) = terminal.end();
    assert_eq!(status.code(), Some(130), "{printed}");
    assert!(screen.contains("Stopped; stored: Ben"), "{screen}");
    assert_eq!(opinions(&friends), "Ben: 1\n");
}

#[test]
fn a_movie_that_leaves_the_board_meanwhile_is_named() {
    let friends = friends(3);
    let terminal = Terminal::movienight("ballot --as Ben", &friends, 80, 24);
    terminal.wait_for("Enter done");
    friends.run("withdraw 2 --as Ana").ok();
    friends.run("vote 3 --as Ben").ok();
    terminal.types(" j \r");
    terminal.wait_for("Next person's name");
    terminal.types("\r");
    let (screen, printed, status) = terminal.end();
    assert!(status.success() && screen.contains("no longer on the board: Home Video 2"), "{printed}");
    assert_eq!(opinions(&friends), "Ben: 1 3\n");
}

#[test]
fn long_ballots_scroll_and_fit_the_terminal() {
    let friends = friends(40);
    for (columns, lines) in [(20, 6), (60, 24), (80, 24), (140, 40)] {
        let terminal = Terminal::movienight("ballot --as Ben", &friends, columns, lines);
        terminal.wait_for("▸ ·  1");
        for _ in 0..39 {
            terminal.types("j");
        }
        let screen = terminal.wait_for("▸ · 40");
        assert!(screen.lines().count() < usize::from(lines), "{columns}×{lines}:\n{screen}");
        terminal.types(" ");
        terminal.wait_for("▸ ● 40");
        terminal.resize(50, 12);
        wait_until(|| terminal.contents().lines().filter(|line| line.contains("Home Video")).count() == 8);
        assert!(terminal.contents().contains("▸ ● 40"));
        terminal.types("q");
        terminal.wait_for("Next person's name");
        assert!(!terminal.contents().contains("▸"), "nothing is left of it:\n{}", terminal.contents());
        terminal.types("\r");
        assert!(terminal.end().2.success());
    }
}

#[test]
fn a_dumb_terminal_asks_for_a_line() {
    let mut friends = friends(2);
    friends.set("TERM", "dumb");
    let terminal = Terminal::movienight("ballot Ben", &friends, 80, 24);
    terminal.wait_for("Ben, your votes (such as 2 4♥ not 3");
    terminal.types("maybe\r");
    terminal.wait_for("\"maybe\" is not understood");
    terminal.types("1 not 2\r");
    let (screen, printed, status) = terminal.end();
    assert!(
        status.success() && screen.contains("Stored the ballot of Ben") && !printed.contains('\x1b'),
        "{printed:?}"
    );
    assert_eq!(opinions(&friends), "Ben: 1 !2\n");
}
