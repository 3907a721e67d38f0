//! Undoing one's own changes and those of others, and refusals with the command that helps.

use std::sync::atomic::Ordering;
use std::time::Duration;

use movienight::model::change::{Action, Ballot};
use movienight::model::{ProposalNumber, VoterName};
use serde_json::json;
use time::UtcDateTime;

use crate::support::{EVENING, Friends};

fn friends() -> Friends {
    let friends = Friends::offline();
    friends.run("propose tt0000001 tt0000002 --as Ana").ok();
    friends
}

fn numbers_on_board(friends: &Friends) -> Vec<i64> {
    let board = friends.run("vote --json").json();
    board["proposals"].as_array().unwrap().iter().map(|movie| movie["number"].as_i64().unwrap()).collect()
}

#[test]
fn undo_covers_own_changes_unless_any_is_given() {
    let friends = friends();
    friends.run("vote 1 --as Ben").ok();
    friends.later(Duration::from_secs(60));
    friends.run("vote 2 --as Cleo").ok();
    assert_eq!(friends.run("undo --as Ben").ok().out, "Undid: Ben voted for tt0000001, 1 minute ago\n");
    let expected = "error: Ben has nothing to undo; the last change was: Cleo voted for tt0000002, just now: \
                    movienight --as Ben undo --any undoes it\n";
    assert_eq!(friends.run("undo --as Ben").fails(), expected);
    assert_eq!(friends.run("undo --any --as Ben").ok().out, "Undid: Cleo voted for tt0000002, just now\n");
    assert_eq!(friends.run("vote --json").json()["voters"], json!(["Ana"]), "Cleo has nothing on the board");
    // Ben undid it, so Ben redoes it.
    let expected = "error: Cleo has nothing to redo: movienight redo --as Ben redoes what Ben undid\n";
    assert_eq!(friends.run("redo --as Cleo").fails(), expected);
    assert_eq!(friends.run("redo --as Ben").ok().out, "Redid: Cleo voted for tt0000002, just now\n");
}

#[test]
fn each_kind_of_change_is_described_in_words() {
    let friends = friends();
    friends.run_all(
        "Ben: vote 1
         Ben: vote --favorite 1
         Ben: vote --favorite 2
         Ben: unvote --favorite 2
         Ben: unvote 1
         Ben: voters rename Ana Anna
         Ben: voters merge Ben Anna
         Cleo: withdraw 1
         Cleo: watched 2
         Cleo: voters remove Anna",
    );
    friends.run("undo --as Cleo").ok();
    let expected = "\
Cleo removed Anna, just now (undone)
Cleo marked tt0000002 as watched, just now
Cleo withdrew tt0000001, just now
Ben merged Ben into Anna, just now
Ben renamed Ana to Anna, just now
Ben took back the vote for tt0000001, just now
Ben removed the favourite mark from tt0000002, just now
Ben made tt0000002 their favourite instead of tt0000001, just now
Ben made tt0000001 their favourite, just now
Ben voted for tt0000001, just now
";
    assert_eq!(friends.run("undo --list").ok().out, expected);
    assert_eq!(friends.run("undo --list --any").ok().out, expected, "the list is of all people as it is");
    let list = friends.run("undo --list --json").json();
    assert_eq!((&list["changes"][3]["people"], &list["changes"][3]["into"]), (&json!(["Ben"]), &json!("Anna")));
    assert_eq!((&list["changes"][4]["people"], &list["changes"][4]["into"]), (&json!(["Ana"]), &json!("Anna")));
    assert_eq!((&list["changes"][0]["undone"], &list["changes"][1]["undone"]), (&json!(true), &json!(false)));
}

#[test]
fn a_new_change_clears_the_redo_list() {
    let friends = friends();
    friends.run("vote 1 --as Ben").ok();
    friends.run("undo --as Ben").ok();
    friends.run("unvote 1 --as Ana").ok();
    friends.run("redo --as Ben").ok();
    friends.run("undo --as Ben").ok();
    friends.run("vote 2 --as Ben").ok();
    assert_eq!(friends.run("redo --as Ben").fails(), "error: Ben has nothing to redo\n");
}

/// Lines before a refusal, the refused line, the error, and the movies on the board after the printed command.
const REFUSALS: [(&str, &str, &str, &[i64]); 13] = [
    (
        "Ben: vote 2",
        "Ana: undo",
        "cannot undo: Ana proposed tt0000001 and tt0000002, but since then Ben voted for tt0000002: \
         use movienight withdraw 1 2 --as Ana instead",
        &[],
    ),
    (
        "Ben: watched 1",
        "Ana: undo",
        "cannot undo: Ana proposed tt0000001 and tt0000002, but since then Ben marked tt0000001 as watched: \
         use movienight withdraw 2 --as Ana instead",
        &[],
    ),
    (
        "Ben: vote 1\nAna: watched 1",
        "Ben: undo",
        "cannot undo: Ben voted for tt0000001, but since then Ana marked tt0000001 as watched: \
         movienight undo --list shows the changes since",
        &[2],
    ),
    (
        "Ben: vote 1\nAna: watched 1\nAna: vote 2\nAna: unvote 2",
        "Ben: undo",
        "cannot undo: Ben voted for tt0000001, but since then Ana marked tt0000001 as watched: \
         movienight undo --list shows the changes since",
        &[2],
    ),
    (
        "Ana: withdraw 1\nAna: propose tt0000001\nBen: vote 1",
        "Ana: undo",
        "cannot undo: Ana proposed tt0000001, but since then Ben voted for tt0000001: \
         use movienight withdraw 1 --as Ana instead",
        &[2],
    ),
    (
        "Ben: withdraw 1\nCleo: propose tt0000001",
        "Ben: undo",
        "cannot undo: Ben withdrew tt0000001, but since then Cleo proposed tt0000001: \
         movienight undo --list shows the changes since",
        &[1, 2],
    ),
    (
        "Ben: withdraw 1\nAna: propose tt0000001\nAna: withdraw 1",
        "Ben: undo",
        "cannot undo: Ben withdrew tt0000001, but since then Ana withdrew tt0000001: \
         use movienight propose tt0000001 --as Ben instead",
        &[1, 2],
    ),
    (
        "Ben: withdraw 1\nBen: undo\nCleo: vote 1",
        "Ben: redo",
        "cannot redo: Ben withdrew tt0000001, but since then Cleo voted for tt0000001: \
         use movienight withdraw 1 --as Ben instead",
        &[2],
    ),
    (
        "Ben: watched 1\nBen: undo\nCleo: vote 1",
        "Ben: redo",
        "cannot redo: Ben marked tt0000001 as watched, but since then Cleo voted for tt0000001: \
         use movienight watched 1 --as Ben instead",
        &[2],
    ),
    (
        "Ben: watched 1\nAna: propose --again tt0000001",
        "Ben: undo",
        "cannot undo: Ben marked tt0000001 as watched, but since then Ana proposed tt0000001: \
         movienight undo --list shows the changes since",
        &[2, 3],
    ),
    (
        "Ben: propose --title Wedding\nBen: withdraw 3\nAna: propose --title Wedding\nAna: withdraw 3",
        "Ben: undo",
        "cannot undo: Ben withdrew Wedding, but since then Ana withdrew Wedding: \
         use movienight propose --title=Wedding --as Ben instead",
        &[1, 2, 3],
    ),
    (
        "Ben: vote --favorite 1\nAna: withdraw 1\nBen: vote --favorite 2",
        "Ana: undo",
        "cannot undo: Ana withdrew tt0000001, but since then Ben made tt0000002 their favourite: \
         use movienight propose tt0000001 --as Ana instead",
        &[1, 2],
    ),
    (
        "Ben: propose tt0000003\nCleo: vote 3\nCleo: undo\nBen: undo",
        "Cleo: redo",
        "cannot redo: Cleo voted for number 3, but since then this was undone: Ben proposed tt0000003: \
         movienight undo --list shows the changes since",
        &[1, 2],
    ),
];

#[test]
fn a_refusal_names_the_later_change_and_a_command_that_works() {
    for (before, line, expected, board) in REFUSALS {
        let friends = friends();
        friends.run_all(before);
        let (who, words) = line.split_once(": ").unwrap();
        let error = friends.run(&format!("{words} --as {who}")).fails();
        let expected = match expected.contains(" --as ") {
            // Ana is the login, so her commands need no `--as`.
            _ if who == "Ana" => expected.replace(" --as Ana", ""),
            true => (*expected).to_owned(),
            false => expected.replace("movienight ", &format!("movienight --as {who} ")),
        };
        assert_eq!(error, format!("error: {expected}\n"), "{before}");
        let (_, command) = error.rsplit_once("movienight ").unwrap();
        let command = command.trim_end().trim_end_matches(" instead").trim_end_matches(" shows the changes since");
        friends.run(command).ok();
        assert_eq!(numbers_on_board(&friends).len(), board.len(), "{before}\n{command}");
        assert!(numbers_on_board(&friends).iter().all(|number| board.contains(number)), "{before}\n{command}");
    }
}

#[test]
fn a_refusal_does_not_blame_an_undone_change() {
    let friends = Friends::offline();
    friends.args(&["propose", "--title", "Heat", "--title", "Alien", "--as", "Ana"]).ok();
    friends.run_all("Ben: vote --no 2\nAna: vote --favorite 1\nAna: undo");
    let error = friends.run("undo --as Ana").fails();
    assert!(error.contains("Ana proposed Heat and Alien, but since then Ben said no to Alien: "), "{error}");
}

#[test]
fn hints_name_a_person_only_where_it_matters() {
    let mut friends = Friends::offline();
    friends.args(&["propose", "--title", "Heat", "--as", "Ana"]).ok();
    let hint = |friends: &Friends, line: &str| {
        friends.run(line).fails().split_once("has the number 7: ").unwrap().1.to_owned()
    };
    assert_eq!(hint(&friends, "vote 7 --as Ana"), "movienight vote shows the board\n", "the login's name");
    assert_eq!(hint(&friends, "vote 7 --as Ben"), "movienight --as Ben vote shows the board\n");
    let elsewhere = friends.run("vote --db filsm --as Ben").fails();
    assert!(elsewhere.contains("movienight config lists the names"), "{elsewhere}");
    friends.run("config set name Ben").ok();
    assert_eq!(hint(&friends, "vote 7 --as Ben"), "movienight vote shows the board\n", "the name of the settings");
    assert_eq!(hint(&friends, "vote 7 --as Ana"), "movienight --as Ana vote shows the board\n");
    friends.set("MOVIENIGHT_USER", "Cleo");
    assert_eq!(hint(&friends, "vote 7 --as Ben"), "movienight --as Ben vote shows the board\n");
}

#[test]
fn the_log_keeps_a_hundred_changes_a_person_and_all_of_the_last_day() {
    let friends = friends();
    friends.run("vote 1 --as Ben").ok();
    for n in 1..=60 {
        friends.run(&format!("propose tt00001{n:02} --as Ana")).ok();
        friends.run(&format!("unvote tt00001{n:02} --as Ana")).ok();
    }
    let count = || friends.sql::<i64>("SELECT count(*) FROM changes WHERE undone_at IS NULL");
    assert_eq!(count(), 122, "none is a day old");
    friends.execute("UPDATE changes SET at = at - 86401");
    friends.run("vote 2 --as Cleo").ok();
    assert_eq!(count(), 123, "each person has a hundred");
    friends.run("unvote 2 --as Ana").ok();
    assert_eq!(count(), 102, "a hundred of Ana's, one of Ben's, one of Cleo's");
    // Undone changes do not count among the hundred.
    for _ in 0..100 {
        friends.run("vote 2 --as Ben").ok();
        friends.run("undo --as Ben").ok();
    }
    assert_eq!(friends.run("undo --as Ben").ok().out, "Undid: Ben voted for tt0000001, 24 hours ago\n");
}

#[test]
fn unreadable_cached_data_counts_as_missing() {
    let friends = friends();
    friends.run("vote 1 --as Ben").ok();
    for data in ["'{'", "'[]'", "'{\"title\":\"One\",\"year\":\"nineteen\"}'"] {
        friends.execute(&format!(
            "INSERT INTO imdb_cache (imdb_id, cached_imdb_data, cached_at, source) VALUES ('tt0000001', {data}, 1795377600, 'x')
             ON CONFLICT (imdb_id) DO UPDATE SET cached_imdb_data = excluded.cached_imdb_data"
        ));
        assert_eq!(friends.run("vote --json").json()["proposals"][0]["cache"], "missing", "{data}");
        friends.run("undo --as Ben").ok();
        friends.run("redo --as Ben").ok();
        for line in ["pick", "history", "show 1", "undo --list", "cache stats", "voters"] {
            friends.run(line).ok();
        }
    }
}

#[test]
fn undo_never_gives_a_person_a_second_favourite() {
    for leave in ["watched 1 --as Ben", "withdraw 1 --as Ben"] {
        let friends = friends();
        friends.run("vote --favorite 1 --as Ana").ok();
        friends.run(leave).ok();
        friends.run("vote --favorite 2 --as Ana").ok();
        assert!(friends.run("undo --as Ben").fails().contains("Ana made tt0000002 their favourite"), "{leave}");
        friends.run("undo --as Ana").ok();
        friends.run("undo --as Ben").ok();
        friends.run("redo --as Ana").fails();
    }
}

#[test]
fn a_vote_for_a_movie_watched_meanwhile_is_not_removed() {
    let friends = friends();
    friends.run("vote --favorite 1 --as Ben").ok();
    let mut store = friends.store();
    friends.run("watched 1 --as Ana").ok();
    let (ben, now) = (VoterName::parse("Ben").unwrap(), UtcDateTime::from_unix_timestamp(EVENING).unwrap());
    let opinions = vec![(ProposalNumber(1), None)];
    let (taken_back, seen) = (Vec::new(), Vec::new());
    let ballot = Ballot { voter: ben.clone(), opinions, taken_back, replaces: false, seen };
    let error = store.set_opinions(&ben, now, Action::Unvote, &[ballot]).unwrap_err();
    assert!(error.to_string().contains("just taken off the board"), "{error}");
    let watched = friends.run("history --json").json()["watched"][0].clone();
    assert_eq!(watched["voters"], json!(["Ana", "Ben"]));
}

#[test]
fn undo_does_not_put_the_same_title_on_the_board_twice() {
    let friends = Friends::offline();
    friends.run_all("Ana: propose --title Wedding\nAna: watched 1\nBen: propose --again --title WEDDING");
    let error = friends.run("undo --as Ana").fails();
    assert!(error.contains("but since then Ben proposed WEDDING"), "{error}");
}

#[test]
fn a_redone_change_becomes_the_latest_one() {
    let friends = friends();
    friends.run_all("Ben: vote 1\nCleo: undo --any\nBen: vote 2\nCleo: redo");
    assert_eq!(friends.run("undo --as Ben").ok().out, "Undid: Ben voted for tt0000001, just now\n");
    assert_eq!(friends.run("undo --as Ben").ok().out, "Undid: Ben voted for tt0000002, just now\n");
}

#[test]
fn the_age_of_a_change_is_shown_in_a_fitting_unit() {
    let friends = Friends::offline();
    friends.run("propose tt0000001 --as Ana").ok();
    for (seconds, told) in [
        (59, "just now"),
        (60, "1 minute ago"),
        (47 * 3600, "47 hours ago"),
        (3 * 86_400, "3 days ago"),
        (-3600, "just now"),
    ] {
        friends.clock.store(EVENING + seconds, Ordering::SeqCst);
        assert_eq!(friends.run("undo --list").ok().out, format!("Ana proposed tt0000001, {told}\n"));
    }
}

#[test]
fn a_deleted_proposal_is_named_by_its_number() {
    let friends = Friends::offline();
    friends.run_all("Ana: propose tt0000001\nBen: vote 1\nBen: undo\nAna: undo");
    let expected = "Ana proposed tt0000001, just now (undone)\nBen voted for number 1, just now (undone)\n";
    assert_eq!(friends.run("undo --list").ok().out, expected);
}

#[test]
fn a_movie_with_several_edits_is_named_once() {
    let friends = Friends::offline();
    friends.run_all(
        "Ana: propose tt0000001 tt0000002\nBne: vote 1\nBne: seen 1 2\nBen: vote 2\nAna: voters merge Bne Ben",
    );
    let told = || friends.run("undo --list --json").json()["changes"][0]["movies"].clone();
    assert_eq!(told(), json!(["tt0000001", "tt0000002"]));
    friends.run("undo --as Ana").ok();
    assert_eq!(told(), json!(["tt0000001", "tt0000002"]));
}
