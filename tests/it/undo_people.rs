//! Taking back what was done to people and by people who come and go: names, removals, who is listed.

use serde_json::{Value, json};

use crate::support::Friends;

fn friends() -> Friends {
    let friends = Friends::offline();
    friends.run("propose tt0000001 tt0000002 --as Ana").ok();
    friends
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
fn people_who_came_by_mistake_go_with_it() {
    let friends = friends();
    friends.run("watched 1 --here Anaa,Bne").ok();
    assert_eq!(friends.run("vote --json").json()["voters"], json!(["Ana", "Anaa", "Bne"]));
    friends.run("undo --as Ana").ok();
    assert_eq!(friends.run("vote --json").json()["voters"], json!(["Ana"]));
}

#[test]
fn the_command_that_takes_back_a_new_name_names_it() {
    let mut friends = Friends::offline();
    friends.run("propose tt0000012 --as Gina").ok();
    let note = friends.args(&["vote", "1", "--as", "Gina M"]).ok().err;
    assert_eq!(note, "Gina M is new here; did you mean Gina? movienight undo --as 'Gina M' takes it back\n");
    friends.args(&["undo", "--as", "Gina M"]).ok();
    assert_eq!(friends.run("vote --json").json()["voters"], json!(["Gina"]));
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
    friends.run_all("Ana: voters remove Ben\nAna: propose tt0000012 --note fine\nAna: watched 1 --here Ben\nAna: undo");
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
fn a_name_that_nobody_uses_any_more_goes_back() {
    let friends = friends();
    friends.run_all("Ben: vote 1\nBen: voters rename Ben Benjamin");
    assert!(friends.run("vote 1 --as Ben").ok().err.contains("did you mean Benjamin?"));
    friends.run_all("Ben: undo\nBen: undo");
    assert_eq!(friends.run("vote --json").json()["voters"], json!(["Ana", "Ben"]));
    assert_eq!(friends.run("vote --json").json()["proposals"][0]["voters"], json!(["Ana", "Ben"]));
    friends.run_all("Benjamin: redo\nAna: watched 2 --here Ben");
    assert!(friends.run("undo --as Ben").fails().contains("Ben has nothing to take back"));
    friends.run_all("Ana: undo\nBenjamin: undo\nBen: undo");
    assert_eq!(friends.run("vote --json").json()["voters"], json!(["Ana"]));
}

#[test]
fn a_removal_is_not_taken_back_over_a_later_one() {
    let friends = friends();
    friends.run_all("Test: vote 1\nBen: vote 1\nBen: voters remove Test\nTest: vote 1\nAna: voters remove Test");
    let error = friends.run("undo --as Ben").fails();
    assert!(error.contains("Ana's removal of Test came after it"), "{error}");
    friends.run_all("Ana: undo\nTest: undo\nBen: undo");
    assert_eq!(friends.run("vote --json").json()["voters"], json!(["Ana", "Test", "Ben"]));
}
