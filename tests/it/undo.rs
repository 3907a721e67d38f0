//! Taking back one's own change, somebody else's, and what stands in the way.

use std::time::Duration;

use movienight::model::{ProposalNumber, VoterName};
use serde_json::{Value, json};
use time::UtcDateTime;

use crate::support::{EVENING, Friends};

fn friends() -> Friends {
    let friends = Friends::offline();
    friends.run("propose tt0000001 tt0000002 --as Ana").ok();
    friends
}

#[test]
fn what_people_take_back_is_their_own_unless_they_say_otherwise() {
    let friends = friends();
    friends.run("vote 1 --as Ben").ok();
    friends.later(Duration::from_secs(60));
    friends.run("vote 2 --as Cleo").ok();
    assert_eq!(friends.run("undo --as Ben").ok().out, "took back: Ben's vote for tt0000001, 1 minute ago\n");
    let error = friends.run("undo --as Ben").fails();
    let expected =
        "Ben has nothing to take back; the last change is Cleo's vote for tt0000002, just now: movienight undo --any";
    assert!(error.contains(expected), "{error}");
    assert_eq!(friends.run("undo --any --as Ben").ok().out, "took back: Cleo's vote for tt0000002, just now\n");
    assert_eq!(friends.run("vote --json").json()["voters"], json!(["Ana"]), "who has left no trace is gone");
    // Ben took it back, so Ben does it again.
    assert!(friends.run("redo --as Cleo").fails().contains("Cleo has taken nothing back"));
    assert_eq!(friends.run("redo --as Ben").ok().out, "done again: Cleo's vote for tt0000002, just now\n");
}

#[test]
fn who_lost_a_name_takes_the_renaming_back() {
    let friends = friends();
    friends.run("voters rename Ana Rudi --as Ben").ok();
    assert!(friends.run("undo --as Ana").fails().contains("movienight undo --any"));
    friends.run("undo --any --as Ana").ok();
    assert_eq!(friends.run("vote --json").json()["voters"], json!(["Ana"]));
    friends.run("redo --as Ana").ok();
    assert_eq!(friends.run("vote --json").json()["voters"], json!(["Rudi"]));
}

#[test]
fn who_came_back_goes_again_with_what_they_came_for() {
    let friends = friends();
    friends.run("voters remove Ana --as Ben").ok();
    assert_eq!(friends.run("vote --json").json()["voters"], json!([]));
    friends.run("vote 2 --as Ana").ok();
    friends.run("undo --as Ana").ok();
    assert_eq!(friends.run("vote --json").json()["voters"], json!([]), "her proposals were there before");
    friends.run("redo --as Ana").ok();
    friends.run("watched 1 --here Ana --as Ben").ok();
    friends.run("undo --as Ana").ok();
    assert_eq!(friends.run("vote --json").json()["voters"], json!(["Ana", "Ben"]), "she was there since");
}

#[test]
fn a_new_change_ends_what_can_be_done_again() {
    let friends = friends();
    friends.run("vote 1 --as Ben").ok();
    friends.run("undo --as Ben").ok();
    friends.run("unvote 1 --as Ana").ok();
    friends.run("redo --as Ben").ok();
    friends.run("undo --as Ben").ok();
    friends.run("vote 2 --as Ben").ok();
    assert!(friends.run("redo --as Ben").fails().contains("Ben has taken nothing back that can be done again"));
}

#[test]
fn nothing_is_taken_back_that_somebody_has_built_upon() {
    let friends = friends();
    friends.run("withdraw 1 --as Ben").ok();
    friends.run("propose tt0000001 --as Cleo").ok();
    let error = friends.run("undo --as Ben").fails();
    let expected = "Ben's withdrawal of tt0000001 cannot be taken back: Cleo's proposal of tt0000001 came after it";
    assert!(error.contains(expected), "{error}");
    assert!(error.contains("take that back first"), "{error}");
    // Her own next change is no obstacle to the change before it, once it is taken back.
    friends.run("undo --as Cleo").ok();
    friends.run("undo --as Ben").ok();
    friends.run("propose tt0000003 --as Dan").ok();
    friends.run("undo --as Dan").ok();
    friends.run("propose tt0000003 --as Ben").ok();
    let error = friends.run("redo --as Dan").fails();
    assert!(error.contains("Dan's proposal of tt0000003 cannot be done again: Ben's proposal"), "{error}");
}

#[test]
fn a_proposal_that_others_want_stays_without_my_vote() {
    let friends = friends();
    friends.run("vote 2 --as Ben").ok();
    let out = friends.run("undo --as Ana").ok().out;
    assert!(out.ends_with("\ntt0000002 stays on the board, because others voted for it\n"), "{out}");
    let board = friends.run("vote --json").json();
    assert_eq!(board["proposals"].as_array().unwrap().len(), 1);
    assert_eq!(board["proposals"][0]["voters"], json!(["Ben"]));
    friends.run("redo --as Ana").ok();
    let board = friends.run("vote --json").json();
    assert_eq!(board["proposals"][0]["voters"], json!(["Ana", "Ben"]));
    assert_eq!(board["proposals"][1]["number"], 1, "the same number as before");
}

#[test]
fn people_who_came_by_mistake_go_with_it() {
    let friends = friends();
    friends.run("watched 1 --here Anaa,Bne").ok();
    assert_eq!(friends.run("vote --json").json()["voters"], json!(["Ana", "Anaa", "Bne"]));
    friends.run("undo --as Ana").ok();
    assert_eq!(friends.run("vote --json").json()["voters"], json!(["Ana"]));
}

#[test]
fn votes_that_were_taken_back_push_no_change_out_of_the_record() {
    let friends = friends();
    for _ in 0..100 {
        friends.run("vote 1 --as Ben").ok();
        friends.run("undo --as Ben").ok();
    }
    assert_eq!(
        friends.run("undo --as Ana").ok().out,
        "took back: Ana's proposal of tt0000001 and tt0000002, just now\n"
    );
    // A hundred that stand are kept.
    for n in 1..=60 {
        friends.run(&format!("propose tt00001{n:02} --as Ana")).ok();
        friends.run(&format!("unvote tt00001{n:02} --as Ana")).ok();
    }
    assert_eq!(friends.sql::<i64>("SELECT count(*) FROM changes WHERE undone_at IS NULL"), 100);
}

#[test]
fn a_cached_row_that_cannot_be_read_is_as_good_as_none() {
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
fn the_command_that_takes_back_a_new_name_names_it() {
    let mut friends = Friends::offline();
    friends.run("propose tt0000012 --as Gina").ok();
    let note = friends.args(&["vote", "1", "--as", "Gina M"]).ok().err;
    assert_eq!(note, "Gina M is new here; did you mean Gina? movienight undo --as 'Gina M' takes it back\n");
    friends.args(&["undo", "--as", "Gina M"]).ok();
    assert_eq!(friends.run("vote --json").json()["voters"], serde_json::json!(["Gina"]));
    // A login name that nobody has chosen.
    friends.set("LOGNAME", "root");
    let expected = "root is new here, by their login: --as NAME or MOVIENIGHT_USER gives another name, movienight undo takes it back\n";
    for line in ["vote 1", "vote --favorite 1", "withdraw 1", "watched 1 --here Gina"] {
        assert_eq!(friends.run(line).ok().err, expected, "{line}");
        friends.run("undo").ok();
    }
    assert_eq!(friends.run("watched 1 --as Zoe").ok().err, "Zoe is new here\n");
}

#[test]
fn a_person_has_one_favourite_whatever_is_taken_back() {
    for leave in ["watched 1 --as Ben", "withdraw 1 --as Ben"] {
        let friends = friends();
        friends.run("vote --favorite 1 --as Ana").ok();
        friends.run(leave).ok();
        friends.run("vote --favorite 2 --as Ana").ok();
        friends.run("undo --as Ben").ok();
        let board = friends.run("vote --json").json();
        let favored: Vec<_> = board["proposals"].as_array().unwrap().iter().filter(|p| p["favorites"] == 1).collect();
        assert_eq!((favored.len(), &favored[0]["number"]), (1, &json!(2)), "{leave}");
    }
}

#[test]
fn what_was_brought_back_stays_when_others_have_voted_for_it_since() {
    let friends = friends();
    friends.run("withdraw 1 --as Ana").ok();
    friends.run("propose tt0000001 --as Ana").ok();
    friends.run("vote 1 --as Ben").ok();
    let out = friends.run("undo --as Ana").ok().out;
    assert!(out.contains("tt0000001 stays on the board, because others voted for it"), "{out}");
}

#[test]
fn removing_somebody_is_done_by_who_says_so() {
    let friends = friends();
    friends.run("vote 1 --as Ben").ok();
    friends.run("voters remove Ben --as Ana").ok();
    assert!(friends.run("undo --list").ok().out.starts_with("Ana's removal of Ben"));
    friends.run("undo --as Ana").ok();
    assert_eq!(friends.run("vote --json").json()["voters"], json!(["Ana", "Ben"]));
}

#[test]
fn a_merge_that_is_done_again_hides_nobody_whose_vote_counts() {
    let friends = friends();
    friends.run("vote 1 --as Eve").ok();
    friends.run("voters merge Eve Ana --as Ana").ok();
    friends.run("vote 2 --as Eve").ok();
    friends.run("undo --as Ana").ok();
    friends.run("redo --as Ana").ok();
    assert_eq!(friends.run("vote --json").json()["voters"], json!(["Ana", "Eve"]));
    friends.run("pick --here Ana,Eve").ok();
}

#[test]
fn whose_vote_counts_is_listed_whatever_is_taken_back() {
    for commands in [
        // A removal that is older than the return.
        "vote 1 --as Ben; voters remove Ben --as Ana; vote 2 --as Ben; undo --as Ana; undo --as Ben",
        "vote 1 --as Ben; undo --any --as Ana; vote 2 --as Ben; redo --as Ana; undo --as Ben",
        "vote 1 --as Ben; vote 2 --as Ben; undo --as Ben; voters remove Ben --as Ana; redo --as Ben",
        "vote 1 --as Ben; unvote 1 --as Ben; voters remove Ben --as Ana; undo --as Ben",
        // A movie that comes back with votes.
        "vote 1 --as Ben; watched 1 --as Ana; voters remove Ben --as Ben; undo --as Ana",
    ] {
        let friends = friends();
        commands.split("; ").for_each(|line| drop(friends.run(line).ok()));
        let board = friends.run("vote --json").json();
        assert_eq!(board["voters"], json!(["Ana", "Ben"]), "{commands}");
        let votes = |movie: &Value| movie["voters"].as_array().unwrap().contains(&json!("Ben"));
        assert!(board["proposals"].as_array().unwrap().iter().any(votes), "{commands}");
    }
}

#[test]
fn who_is_in_the_history_by_a_change_that_was_done_again_is_listed() {
    let friends = friends();
    for line in ["watched 1 --here Ben --as Ana", "undo --as Ana", "vote 2 --as Ben", "redo --as Ana", "undo --as Ben"]
    {
        friends.run(line).ok();
    }
    assert_eq!(friends.run("history --json").json()["watched"][0]["present"], json!(["Ben"]));
    assert_eq!(friends.run("vote --json").json()["voters"], json!(["Ana", "Ben"]));
}

#[test]
fn a_renaming_is_taken_back_and_done_again() {
    let friends = friends();
    friends.run("vote 1 --as Cleo").ok();
    friends.run("voters rename Cleo Eve --as Eve").ok();
    friends.run("undo --as Eve").ok();
    assert_eq!(friends.run("vote --json").json()["voters"], json!(["Ana", "Cleo"]));
    friends.run("redo --as Cleo").ok();
    assert_eq!(friends.run("vote --json").json()["voters"], json!(["Ana", "Eve"]));
    // Also by the name that they had when they took it back.
    friends.run("undo --as Eve").ok();
    friends.run("redo --as Ana").fails();
    friends.run("redo --as Eve").ok();
    assert_eq!(friends.run("vote --json").json()["voters"], json!(["Ana", "Eve"]));
    // Somebody has the old name now, and is named.
    friends.run("vote 1 --as Cleo").ok();
    let error = friends.run("undo --as Eve").fails();
    assert!(error.contains("Cleo's vote for tt0000001 came after it"), "{error}");
    friends.run("undo --as Cleo").ok();
    friends.run("undo --as Eve").ok();
    assert_eq!(friends.run("vote --json").json()["voters"], json!(["Ana", "Cleo"]));
}

#[test]
fn a_vote_for_what_has_left_the_board_meanwhile_is_not_taken_back() {
    let friends = friends();
    friends.run("vote --favorite 1 --as Ben").ok();
    let mut store = friends.store();
    friends.run("watched 1 --as Ana").ok();
    let (ben, now) = (VoterName::parse("Ben").unwrap(), UtcDateTime::from_unix_timestamp(EVENING).unwrap());
    for error in [
        store.unvote(&ben, now, &[ProposalNumber(1)]).map(drop).unwrap_err(),
        store.unfavor(&ben, now, &[ProposalNumber(1)]).map(drop).unwrap_err(),
    ] {
        assert!(error.to_string().contains("off the board just now"), "{error}");
    }
    let watched = friends.run("history --json").json()["watched"][0].clone();
    assert_eq!(watched["voters"], json!(["Ana", "Ben"]));
}

#[test]
fn who_is_no_member_takes_back_what_they_did_to_names() {
    let friends = friends();
    friends.run("vote 1 --as Ben").ok();
    for line in ["voters merge Ben Ana", "voters remove Ben", "voters rename Ben Cleo"] {
        friends.run(&format!("{line} --as Zoe")).ok();
        assert!(friends.run("undo --list").ok().out.contains("Zoe's "));
        friends.run("undo --as Zoe").ok();
        assert_eq!(friends.run("vote --json").json()["voters"], json!(["Ana", "Ben"]), "{line}");
    }
}

#[test]
fn a_note_to_a_movie_is_no_trace_of_its_proposer() {
    let friends = friends();
    friends.run("propose tt0000012 --as Ben").ok();
    for line in ["voters remove Ben", "propose tt0000012 --note fine", "watched 1 --here Ben", "undo"] {
        friends.run(&format!("{line} --as Ana")).ok();
    }
    assert_eq!(friends.run("vote --json").json()["voters"], json!(["Ana"]));
}

#[test]
fn a_name_that_was_removed_is_taken_over_as_the_hint_says() {
    let friends = friends();
    friends.run("vote 1 --as Ben").ok();
    friends.run("voters remove Ben --as Ana").ok();
    friends.args(&["vote", "1", "--as", "Ben B"]).ok();
    let error = friends.args(&["voters", "rename", "Ben B", "Ben", "--as", "Ana"]).fails();
    assert!(error.contains("movienight voters merge 'Ben B' Ben makes them one"), "{error}");
    friends.args(&["voters", "merge", "Ben B", "Ben", "--as", "Ana"]).ok();
    assert_eq!(friends.run("vote --json").json()["voters"], json!(["Ana", "Ben"]));
    assert_eq!(friends.run("vote --json").json()["proposals"][0]["votes"], 2);
}

#[test]
fn a_withdrawal_is_not_taken_back_for_another_of_the_same_second() {
    let friends = Friends::offline();
    for line in
        ["propose tt0000012 --as Ana", "withdraw 1 --as Dan", "propose tt0000012 --as Cleo", "withdraw 1 --as Cleo"]
    {
        friends.run(line).ok();
    }
    let error = friends.run("undo --as Dan").fails();
    assert!(error.contains("Cleo"), "{error}");
    friends.run("undo --as Cleo").ok();
}

/// Runs lines for people who are named before a colon.
fn run_all(friends: &Friends, lines: &str) {
    for (who, line) in lines.lines().filter_map(|line| line.trim().split_once(": ")) {
        friends.run(&format!("{line} --as {who}")).ok();
    }
}

#[test]
fn what_stays_on_the_board_blocks_nothing_older() {
    let friends = Friends::offline();
    run_all(
        &friends,
        "Ana: propose tt0000001
         Ana: propose tt0000002
         Ana: withdraw 2
         Ben: propose tt0000002
         Cleo: vote 2
         Ben: undo
         Cleo: undo
         Ana: undo
         Ana: undo
         Ana: undo",
    );
    assert_eq!(friends.run("vote --json").json()["proposals"], json!([]));
    run_all(&friends, "Ana: redo\nAna: redo\nAna: redo");
    assert_eq!(friends.run("vote --json").json()["proposals"].as_array().unwrap().len(), 1);
}

#[test]
fn a_favourite_that_a_returning_movie_lost_is_found_again() {
    let off = ["watched 1", "withdraw 1"];
    for line in off {
        let friends = Friends::offline();
        run_all(&friends, "Ana: propose tt0000001\nAna: propose tt0000002\nBen: vote --favorite 1");
        run_all(&friends, &format!("Ana: {line}\nBen: vote --favorite 2\nAna: undo"));
        // Without doing it again, and with.
        run_all(&friends, "Ben: undo\nBen: undo\nBen: redo\nBen: redo");
        run_all(&friends, "Ana: redo\nBen: undo\nBen: undo");
        assert_eq!(friends.run("vote --json").json()["voters"], json!(["Ana"]), "{line}");
    }
    let friends = Friends::offline();
    run_all(&friends, "Ana: propose tt0000001\nAna: propose tt0000002\nBen: vote --favorite 1\nAna: withdraw 1");
    run_all(&friends, "Ben: vote --favorite 2\nAna: undo\nBen: unvote 1\nAna: redo\nAna: propose tt0000001");
    assert_eq!(friends.run("vote --json").json()["proposals"][0]["favorite_of"], json!(["Ben"]));
}

#[test]
fn a_name_that_nobody_uses_any_more_goes_back() {
    let friends = friends();
    run_all(&friends, "Ben: vote 1\nBen: voters rename Ben Benjamin");
    assert!(friends.run("vote 1 --as Ben").ok().err.contains("did you mean Benjamin?"));
    run_all(&friends, "Ben: undo\nBen: undo");
    assert_eq!(friends.run("vote --json").json()["voters"], json!(["Ana", "Ben"]));
    assert_eq!(friends.run("vote --json").json()["proposals"][0]["voters"], json!(["Ana", "Ben"]));
    run_all(&friends, "Benjamin: redo\nAna: watched 2 --here Ben");
    assert!(friends.run("undo --as Ben").fails().contains("Ben has nothing to take back"));
    run_all(&friends, "Ana: undo\nBenjamin: undo\nBen: undo");
    assert_eq!(friends.run("vote --json").json()["voters"], json!(["Ana"]));
}

#[test]
fn a_title_of_ones_own_stands_on_the_board_once() {
    let friends = Friends::offline();
    for line in ["propose --title Wedding --as Ana", "watched 1 --as Ana", "propose --title WEDDING --as Ben"] {
        friends.run(line).ok();
    }
    let error = friends.run("undo --as Ana").fails();
    assert!(error.contains("Ben's proposal of WEDDING came after it"), "{error}");
}

#[test]
fn a_removal_is_not_taken_back_over_a_later_one() {
    let friends = friends();
    run_all(&friends, "Test: vote 1\nBen: vote 1\nBen: voters remove Test\nTest: vote 1\nAna: voters remove Test");
    let error = friends.run("undo --as Ben").fails();
    assert!(error.contains("Ana's removal of Test came after it"), "{error}");
    run_all(&friends, "Ana: undo\nTest: undo\nBen: undo");
    assert_eq!(friends.run("vote --json").json()["voters"], json!(["Ana", "Test", "Ben"]));
}

#[test]
fn what_stayed_for_others_goes_when_they_want_it_no_more() {
    let friends = Friends::offline();
    run_all(&friends, "Ana: propose tt0000001 tt0000002\nBen: vote 1\nAna: undo\nBen: unvote 1\nAna: redo\nAna: undo");
    assert_eq!(friends.run("vote --json").json()["proposals"], json!([]));
}

#[test]
fn what_is_gone_is_named_by_its_number() {
    let friends = Friends::offline();
    run_all(&friends, "Ana: propose tt0000001\nBen: vote 1\nBen: undo\nAna: undo");
    let list = friends.run("undo --list").ok().out;
    assert!(list.contains("Ben's vote for number 1, just now (taken back)"), "{list}");
    let error = friends.run("redo --as Ben").fails();
    assert!(error.contains("number 1 is not there any more: its proposal was taken back"), "{error}");
}
