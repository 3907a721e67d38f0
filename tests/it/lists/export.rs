//! Exports hold a whole board, and are imported again without loss.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::support::{Friends, Ran};

/// Returns friends whose board has something of everything.
fn with_everything() -> Friends {
    let mut friends = Friends::offline();
    friends.run_all(
        "Ana: propose tt0000012 tt0000013 tt0000014
         Ben: vote 1
         Ben: vote --favorite 2
         Cleo: propose tt0000015 --note popcorn
         Ben: vote --no 1
         Ana: withdraw 3
         Ana: watched 2 --here Ana,Ben",
    );
    friends.args(&["propose", "--title", "Ana's wedding video", "--as", "Dan"]).ok();
    friends.stdin = "tt0000021\nHeat (1995)\n".into();
    friends.run("import - --as Eve").ok();
    // Lists of other programs may have any year.
    friends.stdin = json!([{ "title": "Dune", "year": 20_190 }]).to_string();
    friends.run("import - --as Dan").ok();
    friends.run("seen 5 --as Dan").ok();
    friends
}

/// Exports the friends' board into their folder. Returns the path.
fn export_of(friends: &Friends) -> PathBuf {
    let export = friends.folder.path().join("board.json");
    friends.args(&["export", "--out", export.to_str().unwrap()]).ok();
    export
}

fn import_as(friends: &Friends, export: &Path, who: &str) -> Ran {
    friends.args(&["import", export.to_str().unwrap(), "--as", who])
}

fn exported(friends: &Friends) -> Value {
    let mut document: Value = serde_json::from_str(&friends.run("export").ok().out).unwrap();
    assert_eq!(document["movienight"], 1);
    document.as_object_mut().unwrap().remove("exported_at");
    document
}

#[test]
fn an_export_is_imported_without_loss_into_either_store() {
    let friends = with_everything();
    let export = export_of(&friends);
    let before = exported(&friends);
    for kind in ["voter", "proposal", "vote", "attendance", "wishes", "note", "seen"] {
        assert!(before[kind].as_array().is_some_and(|rows| !rows.is_empty()), "{kind}");
    }
    for other in [Friends::offline(), Friends::offline().in_file()] {
        let ran = import_as(&other, &export, "Ana").ok();
        assert!(ran.out.contains("5 movies"), "{}", ran.out);
        assert_eq!(exported(&other), before);
        let again = import_as(&other, &export, "Ana").ok();
        assert_eq!(again.out, "Nothing changed: the board has everything already\n");
        assert_eq!(other.run("vote --json").json()["proposals"], friends.run("vote --json").json()["proposals"]);
        other.run("undo --as Ana").ok();
        assert_eq!(other.sql::<i64>("SELECT count(*) FROM proposals"), 0);
    }
}

#[test]
fn an_import_that_adds_a_vote_to_a_withdrawn_movie_is_undone() {
    let friends = Friends::offline();
    friends.run_all("Ana: propose tt0000012\nBen: vote 1\nAna: withdraw 1");
    let export = export_of(&friends);
    let other = Friends::offline();
    other.run_all("Ana: propose tt0000012\nAna: withdraw 1");
    let before = exported(&other);
    import_as(&other, &export, "Ana").ok();
    assert_ne!(exported(&other), before);
    other.run("undo --as Ana").ok();
    assert_eq!(exported(&other), before);
}

#[test]
fn an_export_that_adds_only_notes_and_viewers_says_so() {
    let friends = Friends::offline();
    friends.run_all("Ana: propose tt0000012\nBen: propose tt0000013\nAna: watched 2");
    let mut export = exported(&friends);
    assert_eq!([&export["note"], &export["seen"], &export["wishes"]], [&json!([]); 3], "every kind has its array");
    export["note"] = json!([{ "proposal_id": 1, "voter_id": 1, "text": "bring tissues" }]);
    export["attendance"] = json!([{ "proposal_id": 2, "voter_id": 1 }, { "proposal_id": 2, "voter_id": 2 }]);
    let path = friends.folder.path().join("notes.json");
    std::fs::write(&path, export.to_string()).unwrap();
    let ran = import_as(&friends, &path, "Ana").ok();
    assert_eq!(ran.out, "Added 1 note and 2 attendances\n");
    assert_eq!(friends.run("show 1 --json").json()["note"], "bring tissues");
}

#[test]
fn an_export_that_only_restores_people_says_so() {
    let friends = Friends::offline();
    friends.run_all("Ana: propose tt0000012\nBen: vote 1\nAna: watched 1");
    let export = export_of(&friends);
    friends.run_all("Cleo: voters remove Ana\nCleo: voters remove Ben");
    let ran = import_as(&friends, &export, "Cleo").ok();
    assert_eq!(ran.out, "Added 2 people who had been removed\n");
    assert_eq!(friends.run("undo --as Cleo").ok().out, "Undid: Cleo imported a list, just now\n");
}

#[test]
fn a_movie_watched_since_the_export_is_not_added_again() {
    let friends = Friends::offline();
    friends.run_all("Ana: propose tt0000012\nBen: vote 1");
    let export = export_of(&friends);
    // The history has Ben's current opinion, not the exported one.
    friends.run_all("Ben: unvote 1\nAna: watched 1");
    let ran = import_as(&friends, &export, "Ana").ok();
    assert!(ran.out.starts_with("Nothing changed"), "{}", ran.out);
    assert!(!friends.run("vote").ok().out.contains("tt0000012"));
    assert_eq!(friends.run("history --json").json()["watched"][0]["voters"], json!(["Ana"]));
}

#[test]
fn an_export_is_merged_into_another_board() {
    let friends = with_everything();
    let export = export_of(&friends);
    let other = Friends::offline();
    other.run_all(
        "Zoe: propose tt0000099
         Ben: propose tt0000012
         Dan: vote 1
         Zoe: voters remove Dan",
    );
    import_as(&other, &export, "Zoe").ok();
    let board = other.run("show tt0000012 --json").json();
    assert_eq!(board["number"], 2);
    assert_eq!(board["voters"], serde_json::json!(["Ben", "Ana"]));
    assert_eq!(other.run("show tt0000015 --json").json()["note"], "popcorn");
    // Dan takes part in the exported board, so he is no longer removed here.
    assert!(other.run("voters").ok().out.contains("Dan"));
    assert_eq!(other.run("history --json").json()["watched"][0]["present"], serde_json::json!(["Ben", "Ana"]));
    other.run("undo --as Zoe").ok();
    assert!(!other.run("voters").ok().out.contains("Dan"));
}

#[test]
fn an_invalid_export_is_refused_and_stores_nothing() {
    let person =
        |name: String| json!({"movienight": 1, "voter": [{"voter_id": 1, "name": name, "name_key": name}]}).to_string();
    let note =
        |text: String| json!({"movienight": 1, "note": [{"proposal_id": 1, "voter_id": 1, "text": text}]}).to_string();
    let title = |title: String| {
        let row = json!({"proposal_id": 1, "title": title, "proposed_by": 1, "proposed_at": 1});
        json!({"movienight": 1, "proposal": [row]}).to_string()
    };
    let number = |column: &str, number: i64| {
        let mut row = json!({"proposal_id": 1, "title": "Up", "proposed_by": 1, "proposed_at": 1});
        row[column] = number.into();
        json!({"movienight": 1, "proposal": [row]}).to_string()
    };
    let wish = |title: String| {
        let movies = json!({"x ()": {"title": title, "entered_at": 1}});
        json!({"movienight": 1, "wishes": [{"voter_id": 1, "movies": movies}]}).to_string()
    };
    let friends = Friends::offline();
    friends.run("propose tt0000012 --as Ana").ok();
    let file = friends.folder.path().join("bad.json");
    for (text, expected) in [
        (
            r#"{"movienight": 2}"#,
            "bad.json is an export of version 2; this movienight reads version 1: update movienight",
        ),
        (
            r#"{"movienight": 1, "voter": [{"voter_id": 9223372036854775807, "name": "Zoe", "name_key": "zoe"}]}"#,
            "row 1 of \"voter\" in the export is invalid",
        ),
        (r#"{"movienight": 1, "vote": [{"voter_id": 1}]}"#, "row 1 of \"vote\" in the export is invalid"),
        (
            r#"{"movienight": 1, "vote": [{"proposal_id": 7, "voter_id": 1, "voted_at": 1, "opinion": "yes"}]}"#,
            "the export refers to a person or a movie that it does not contain",
        ),
        (
            r#"{"movienight": 1, "voter": [{"voter_id": 1, "name": "Ana", "name_key": "ana"},
                {"voter_id": 2, "name": " ", "name_key": ""}]}"#,
            "bad.json: row 2 of \"voter\" in the export is invalid, so nothing was stored",
        ),
        (
            r#"{"movienight": 1, "voter": [{"voter_id": 1, "name": "Ana", "name_key": "ana"}],
                "proposal": [{"proposal_id": 1, "title": "Up", "proposed_by": 1, "proposed_at": 1,
                              "watched_at": 1, "watched_on": "2020-13-45"}]}"#,
            "bad.json: row 1 of \"proposal\" in the export is invalid",
        ),
        (
            r#"{"movienight": 1, "voter": [{"voter_id": 1, "name": "Ana", "name_key": "ana"}],
                "proposal": [{"proposal_id": 1, "imdb_id": "tt0000013", "title": "Up", "proposed_by": 1, "proposed_at": 1}]}"#,
            "bad.json: row 1 of \"proposal\" in the export is invalid",
        ),
        (&note("a\u{1b}[2Jb".into()), "bad.json: row 1 of \"note\" in the export is invalid"),
        (&note("a\nb".into()), "bad.json: row 1 of \"note\" in the export is invalid"),
        (&title("a\u{202e}b".into()), "bad.json: row 1 of \"proposal\" in the export is invalid"),
        (&wish("a\u{9b}b".into()), "bad.json: row 1 of \"wishes\" in the export is invalid"),
        (&number("year", 99_999), "bad.json: row 1 of \"proposal\" in the export is invalid"),
        (&number("year", -5), "bad.json: row 1 of \"proposal\" in the export is invalid"),
        (&number("runtime", 1 << 40), "bad.json: row 1 of \"proposal\" in the export is invalid"),
        (&number("proposed_at", 1 << 62), "bad.json: row 1 of \"proposal\" in the export is invalid"),
        (&note("x".repeat(501)), "bad.json: row 1 of \"note\" in the export is invalid"),
        (&title("x".repeat(301)), "bad.json: row 1 of \"proposal\" in the export is invalid"),
        (&wish("x".repeat(301)), "bad.json: row 1 of \"wishes\" in the export is invalid"),
        (&person("x".repeat(65)), "bad.json: row 1 of \"voter\" in the export is invalid"),
    ] {
        std::fs::write(&file, text).unwrap();
        let error = friends.args(&["import", file.to_str().unwrap()]).fails();
        assert!(error.contains(expected), "{error}");
    }
    let new = friends.folder.path().join("new.db");
    friends.args(&["import", file.to_str().unwrap(), "--db", new.to_str().unwrap()]).fails();
    assert!(!new.exists(), "a refused export creates no board");
    assert_eq!(friends.sql::<i64>("SELECT count(*) FROM votes"), 1);
}

#[test]
fn characters_that_steer_a_terminal_are_escaped() {
    let friends = Friends::offline();
    friends.run("propose tt0000012 --note x --as Ana").ok();
    friends.execute("UPDATE notes SET text = 'a\u{9b}\u{202e}\u{e0001}é'");
    let out = friends.run("export").ok().out;
    assert!(out.contains(r#""text": "a\u009b\u202e\udb40\udc01é""#), "{out}");
}

#[test]
fn hidden_votes_are_neither_exported_nor_compared_with_an_export() {
    let friends = with_everything();
    let file = friends.folder.path().join("export.json");
    friends.args(&["export", "--out", file.to_str().unwrap()]).ok();
    friends.run("hide --as Ana").ok();
    for format in ["json", "csv", "letterboxd", "radarr"] {
        let error = friends.run(&format!("export --format {format}")).fails();
        assert!(error.contains("votes are hidden, so nothing is exported: movienight reveal"), "{error}");
    }
    let error = friends.args(&["import", file.to_str().unwrap(), "--as", "Ana", "--json"]).fails();
    assert!(error.contains("is not imported") && error.contains(r#""code":"hidden""#), "{error}");
}

#[test]
fn other_programs_get_their_own_formats() {
    let friends = with_everything();
    assert_eq!(
        friends.run("export --format letterboxd").ok().out,
        "imdbID,Title,Year,WatchedDate\ntt0000013,,,2026-11-22\n"
    );
    assert_eq!(
        friends.run("export --format radarr").ok().out,
        "[{\"title\":\"tt0000015\",\"imdb_id\":\"tt0000015\",\"poster_url\":null},\
         {\"title\":\"tt0000012\",\"imdb_id\":\"tt0000012\",\"poster_url\":null}]\n"
    );
    let csv = friends.run("export --format csv").ok().out;
    assert!(csv.starts_with("number,title,year,imdb_id,"), "{csv}");
    assert!(csv.contains("1,,,tt0000012,,,,1,Ana,Ana,2026-11-22,,,1,Ben\n"), "{csv}");
    assert!(csv.contains("5,Ana's wedding video,,"), "{csv}");
}

#[test]
fn nothing_is_written_over_a_board() {
    let friends = Friends::offline().in_file();
    friends.run("propose --title Extra --as Ana").ok();
    let db = friends.db();
    let db = db.to_str().unwrap();
    let list = friends.folder.path().join("list.csv");
    let list = list.to_str().unwrap();
    std::fs::write(list, "title,year\nNowhere,1900\n").unwrap();
    for line in [format!("export --out {db}"), format!("export --format radarr --out {db}")] {
        assert!(friends.run(&line).fails().contains("is a database"), "{line}");
    }
    assert!(friends.run(&format!("import {list} --unmatched {db}")).fails().contains("is a database"));
    let error = friends.run(&format!("import {list} --unmatched {list}")).fails();
    assert!(error.contains("is one of the files to read"), "{error}");
    // A dry run writes no file either.
    let other = friends.folder.path().join("left.csv");
    friends.run(&format!("import {list} --dry-run --unmatched {}", other.display())).ok();
    assert!(!other.exists());
    assert_eq!(friends.sql::<i64>("SELECT count(*) FROM proposals"), 1);
    assert_eq!(std::fs::read_to_string(list).unwrap(), "title,year\nNowhere,1900\n");
}

#[test]
fn a_dash_is_standard_output() {
    let friends = Friends::offline().in_file();
    friends.run("propose --title Heat").ok();
    let output = friends.command().args(["export", "--format", "csv", "--out", "-"]).output().unwrap();
    assert_eq!(String::from_utf8(output.stdout).unwrap(), friends.run("export --format csv").ok().out);
    std::fs::write(friends.folder.path().join("list.csv"), "title,year\nNowhere,1900\n").unwrap();
    let output = friends.command().args(["import", "list.csv", "--unmatched", "-"]).output().unwrap();
    let error = "error: --unmatched cannot be standard output, where the result is printed: give a file\n";
    assert_eq!(String::from_utf8(output.stderr).unwrap(), error);
    assert!(!friends.folder.path().join("-").exists());
}
