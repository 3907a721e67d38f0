//! Undoing changes to people, and by people who are not listed: names, removals, returns.

use serde_json::json;

use crate::support::Friends;

fn friends() -> Friends {
    let friends = Friends::offline();
    friends.run("propose tt0000001 tt0000002 --as Ana").ok();
    friends
}

#[test]
fn a_renaming_can_be_undone_under_the_old_and_the_new_name() {
    let friends = friends();
    friends.run("voters rename Ana Rudi --as Ben").ok();
    assert!(friends.run("undo --as Ana").fails().contains("Ana has nothing to undo"));
    friends.run("undo --any --as Ana").ok();
    assert_eq!(friends.run("vote --json").json()["voters"], json!(["Ana"]));
    friends.run("redo --as Ana").ok();
    assert_eq!(friends.run("vote --json").json()["voters"], json!(["Rudi"]));
    // After renaming themselves, people go on typing one of the two names.
    for typed in ["Rudi", "Rudolf"] {
        friends.run(&format!("voters rename Rudi Rudolf --as {typed}")).ok();
        for (word, name) in [("undo", "Rudi"), ("redo", "Rudolf"), ("undo", "Rudi")] {
            friends.run(&format!("{word} --as {typed}")).ok();
            assert_eq!(friends.run("vote --json").json()["voters"], json!([name]), "{typed}, {word}");
        }
    }
}

#[test]
fn undoing_the_vote_of_a_returned_person_removes_them_again() {
    let friends = friends();
    friends.run("voters remove Ana --as Ben").ok();
    assert_eq!(friends.run("vote --json").json()["voters"], json!([]));
    friends.run("vote 2 --as Ana").ok();
    friends.run("undo --as Ana").ok();
    assert_eq!(friends.run("vote --json").json()["voters"], json!([]), "her proposals were there before");
    friends.run("redo --as Ana").ok();
    friends.run("watched 1 --here Ana --as Ben").ok();
    let error = friends.run("undo --as Ana").fails();
    let expected = "but since then Ben marked tt0000001 as watched: use movienight unvote 2 instead";
    assert!(error.contains(expected), "{error}");
}

#[test]
fn people_who_were_entered_by_mistake_are_not_listed_after_undo() {
    let friends = friends();
    friends.run("watched 1 --here Anaa,Bne").ok();
    assert_eq!(friends.run("vote --json").json()["voters"], json!(["Ana", "Anaa", "Bne"]));
    friends.run("undo --as Ana").ok();
    assert_eq!(friends.run("vote --json").json()["voters"], json!(["Ana"]));
    assert_eq!(friends.run("voters").ok().out.lines().count(), 2);
    assert!(friends.run("vote 1 --as Bne").ok().err.contains("New voter \"Bne\""));
    friends.run("undo --as Bne").ok();
    for line in ["rename Bne Ben", "remove Bne", "merge Bne Ana", "merge Ana Bne"] {
        assert!(friends.run(&format!("voters {line}")).fails().contains("no voter is called Bne"), "{line}");
    }
}

#[test]
fn a_name_that_differs_by_an_accent_is_suggested_first() {
    let friends = Friends::offline();
    friends.run_all("Zoe: propose tt0000012\nZoey: vote 1");
    assert!(friends.run("vote 1 --as Zoë").ok().err.contains("Did you mean Zoe?"));
}

#[test]
fn the_note_about_a_new_voter_has_a_working_undo_command() {
    let mut friends = Friends::offline();
    friends.run("propose tt0000012 --as Gina").ok();
    let note = friends.args(&["vote", "1", "--as", "Gina M"]).ok().err;
    assert_eq!(note, "New voter \"Gina M\". Did you mean Gina? movienight undo --as 'Gina M' reverts this\n");
    friends.args(&["undo", "--as", "Gina M"]).ok();
    assert_eq!(friends.run("vote --json").json()["voters"], json!(["Gina"]));
    // This name is a login that nobody has chosen as a name.
    friends.set("LOGNAME", "root");
    let expected = "New voter \"root\" (your login). Choose a name with --as NAME; movienight undo reverts this\n";
    for line in ["vote 1", "vote --favorite 1", "withdraw 1", "watched 1 --here Gina"] {
        assert_eq!(friends.run(line).ok().err, expected, "{line}");
        friends.run("undo").ok();
    }
    assert_eq!(friends.run("watched 1 --as Zoe").ok().err, "New voter \"Zoe\"\n");
}

#[test]
fn a_merge_is_not_redone_after_later_changes() {
    let friends = friends();
    friends.run_all("Eve: vote 1\nAna: voters merge Eve Ana\nAna: undo\nEve: vote 2");
    let error = friends.run("redo --as Ana").fails();
    let expected = "cannot redo: Ana merged Eve into Ana, but since then Eve voted for tt0000002: \
                    movienight undo --list shows the changes since";
    assert!(error.contains(expected), "{error}");
    friends.run("voters merge Eve Ana --as Ana").ok();
    assert_eq!(friends.run("vote --json").json()["voters"], json!(["Ana"]));
}

#[test]
fn undoing_a_return_restores_the_earlier_note() {
    let friends = friends();
    friends.run("propose tt0000001 --note old --as Ben").ok();
    friends.run("voters remove Ben --as Ana").ok();
    friends.run("propose tt0000001 --note new --as Ben").ok();
    friends.run("undo --as Ben").ok();
    let notes = friends.run("show tt0000001 --json").json()["notes"].to_string();
    assert!(notes.contains("old") && !notes.contains("new"), "{notes}");
    assert_eq!(friends.run("vote --json").json()["voters"], json!(["Ana"]));
    friends.run("redo --as Ben").ok();
    assert_eq!(friends.run("vote --json").json()["voters"], json!(["Ana", "Ben"]));
}

#[test]
fn a_removed_person_does_not_come_back_by_undo_and_redo() {
    for (commands, refused) in [
        ("Ben: vote 1\nBen: undo\nAna: voters remove Ben", ""),
        ("Ben: vote 1\nBen: vote 2\nBen: undo\nAna: voters remove Ben", "Ben: redo"),
        ("Ben: vote 1\nBen: vote 2\nBen: unvote 1\nAna: voters remove Ben", "Ben: undo"),
        ("Ben: propose tt0000003\nBen: unvote 3\nAna: voters remove Ben", "Ben: undo"),
        // A movie comes back with the vote of somebody who was removed meanwhile.
        ("Ben: vote 1\nAna: watched 1\nAna: undo\nAna: redo\nCleo: voters remove Ben\nAna: undo", ""),
    ] {
        let friends = friends();
        for (who, line) in commands.lines().filter_map(|line| line.split_once(": ")) {
            // Removing somebody who is not listed fails.
            friends.run(&format!("{line} --as {who}"));
        }
        if let Some((who, line)) = refused.split_once(": ") {
            let error = friends.run(&format!("{line} --as {who}")).fails();
            assert!(error.contains("Ana removed Ben"), "{error}");
        }
        let board = friends.run("vote --json").json();
        assert_eq!(board["voters"], json!(["Ana"]), "{commands}");
        assert!(!board["proposals"].to_string().contains("Ben\"]"), "{board}");
        assert!(!friends.run("voters").ok().out.contains("Ben"));
    }
}

#[test]
fn a_person_who_appears_in_the_history_is_listed() {
    let friends = friends();
    friends.run_all("Ana: watched 1 --here Ben\nAna: undo\nBen: vote 2\nAna: redo\nBen: undo");
    assert_eq!(friends.run("history --json").json()["watched"][0]["present"], json!(["Ben"]));
    assert_eq!(friends.run("vote --json").json()["voters"], json!(["Ana", "Ben"]));
}

#[test]
fn undo_does_not_restore_a_name_that_is_taken() {
    let friends = friends();
    friends.run_all("Cleo: vote 1\nEve: voters rename Cleo Eve\nCleo: vote 1");
    let error = friends.run("undo --as Eve").fails();
    let expected = "cannot undo: Eve renamed Cleo to Eve, but since then Cleo voted for tt0000001: \
                    movienight --as Eve undo --list shows the changes since";
    assert!(error.contains(expected), "{error}");
    friends.run_all("Cleo: undo\nEve: undo");
    assert_eq!(friends.run("vote --json").json()["voters"], json!(["Ana", "Cleo"]));
    friends.run("redo --as Eve").ok();
    friends.run("voters rename Eve Eva --as Ana").ok();
    let error = friends.run("undo --as Eva").fails();
    assert!(error.contains("since then Ana renamed Eve to Eva: movienight --as Eva undo --list"), "{error}");
    friends.run("voters rename Eva Cleo").ok();
    assert_eq!(friends.run("vote --json").json()["voters"], json!(["Ana", "Cleo"]));
}

#[test]
fn an_unlisted_person_can_undo_their_changes_to_people() {
    let friends = friends();
    friends.run("vote 1 --as Ben").ok();
    for line in ["voters merge Ben Ana", "voters remove Ben", "voters rename Ben Cleo"] {
        friends.run(&format!("{line} --as Zoe")).ok();
        assert!(friends.run("undo --list").ok().out.starts_with("Zoe "));
        friends.run("undo --as Zoe").ok();
        assert_eq!(friends.run("vote --json").json()["voters"], json!(["Ana", "Ben"]), "{line}");
    }
}

#[test]
fn the_hint_to_merge_takes_over_a_removed_name() {
    let friends = friends();
    friends.run_all("Ben: propose tt0000003\nAna: voters remove Ben");
    friends.args(&["vote", "1", "--as", "Ben B"]).ok();
    let error = friends.args(&["voters", "rename", "Ben B", "Ben", "--as", "Ana"]).fails();
    assert!(error.contains("movienight voters merge 'Ben B' Ben merges the two"), "{error}");
    friends.args(&["voters", "merge", "Ben B", "Ben", "--as", "Ana"]).ok();
    assert_eq!(friends.run("vote --json").json()["voters"], json!(["Ana", "Ben"]));
    assert_eq!(friends.run("vote --json").json()["proposals"][0]["votes"], 2);
}

#[test]
fn an_unused_name_becomes_free() {
    let friends = friends();
    friends.run_all("Ben: vote 1\nBen: voters rename Ben Benjamin");
    assert!(friends.run("vote 1 --as Ben").ok().err.contains("Did you mean Benjamin?"));
    friends.run_all("Ben: undo\nBen: undo");
    assert_eq!(friends.run("vote --json").json()["voters"], json!(["Ana", "Ben"]));
    assert_eq!(friends.run("vote --json").json()["proposals"][0]["voters"], json!(["Ana", "Ben"]));
    friends.run_all("Bne: vote 2\nBne: undo\nAna: voters rename Ben Bne\nAna: undo\nAna: redo");
    assert_eq!(friends.run("vote --json").json()["voters"], json!(["Ana", "Bne"]));
}

#[test]
fn a_removal_is_not_undone_over_a_later_one() {
    let friends = friends();
    friends.run_all("Test: vote 1\nBen: vote 1\nBen: voters remove Test\nTest: vote 1\nAna: voters remove Test");
    let error = friends.run("undo --as Ben").fails();
    assert!(error.contains("but since then Ana removed Test: movienight --as Ben undo --list"), "{error}");
    friends.run_all("Ana: undo\nTest: undo\nBen: undo");
    assert_eq!(friends.run("vote --json").json()["voters"], json!(["Ana", "Test", "Ben"]));
}

#[test]
fn an_import_with_a_removed_person_can_be_redone() {
    let (others, friends) = (Friends::offline(), Friends::offline());
    others.run_all("Ana: propose tt1000002\nBen: seen 1\nAna: voters remove Ben");
    let path = others.folder.path().join("a.json");
    std::fs::write(&path, others.run("export").ok().out).unwrap();
    friends.run("propose tt0000012 --as Cleo").ok();
    let import = format!("import {} --as Cleo", path.display());
    friends.run(&import).ok();
    friends.run("undo --as Cleo").ok();
    friends.run("redo --as Cleo").ok();
    assert_eq!(friends.run("vote --json").json()["proposals"].as_array().unwrap().len(), 2);
    // The redo is refused if the person was removed after the undo.
    friends.run_all("Cleo: undo\nBen: vote 1");
    friends.run(&import).ok();
    friends.run("undo --as Cleo").ok();
    friends.later(std::time::Duration::from_secs(60));
    friends.run("voters remove Ben --as Dan").ok();
    assert!(friends.run("redo --as Cleo").fails().contains("but since then Dan removed Ben"));
}

#[test]
fn a_renaming_that_changes_nothing_is_refused() {
    let friends = friends();
    friends.run("vote 2 --as Ben").ok();
    let error = friends.run("voters rename Ben Ben --as Ben").fails();
    assert!(error.contains("Ben and Ben are the same person"), "{error}");
    friends.run("voters rename Ben BEN --as Ben").ok();
    assert_eq!(friends.run("voters").ok().out.matches("BEN").count(), 1);
}

#[test]
fn the_vote_of_a_removed_person_is_not_taken_back() {
    let friends = friends();
    friends.run_all("Dan: vote 1\nCleo: watched 1\nAna: voters remove Dan\nCleo: undo");
    let error = friends.run("undo --as Dan").fails();
    assert!(error.contains("but since then Ana removed Dan"), "{error}");
    friends.run_all("Ana: undo\nDan: undo\nDan: redo");
}
