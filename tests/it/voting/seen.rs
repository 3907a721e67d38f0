//! What people have seen, and the movies that are left out for that reason.

use std::time::Duration;

use serde_json::json;
use time::UtcOffset;

use crate::support::Friends;

/// Returns friends with three movies by Ana, and Ben's votes for the first two.
fn friends() -> Friends {
    let friends = Friends::offline();
    for title in ["Heat", "Alien", "Brazil"] {
        friends.args(&["propose", "--title", title, "--as", "Ana"]).ok();
    }
    friends.run("vote 1 2 --as Ben").ok();
    friends
}

#[test]
fn seen_marks_can_be_set_and_removed() {
    let friends = friends();
    for (line, said, outcome) in [
        ("seen heat", "Ben has seen Heat", "seen"),
        ("seen heat", "Heat was already marked as seen by Ben", "already_seen"),
        ("seen --not heat", "Heat is no longer marked as seen by Ben", "not_seen"),
        ("seen --not heat", "Heat was not marked as seen by Ben", "was_not_seen"),
        ("seen tt0000012", "Ben has seen tt0000012", "seen"),
    ] {
        assert_eq!(friends.run(&format!("{line} --as Ben")).ok().out, format!("{said}\n"));
        if outcome != "already_seen" && outcome != "was_not_seen" {
            friends.run("undo --as Ben").ok();
        }
        assert_eq!(friends.run(&format!("{line} --as Ben --json")).json()["seen"][0]["outcome"], outcome, "{line}");
    }
    let listed = friends.run("undo --list").ok().out;
    assert!(
        listed.contains("Ben marked tt0000012 as seen") && listed.contains("Ben removed the seen mark from Heat"),
        "{listed}"
    );
    // A title that comes to the board later is known to be seen.
    friends.run("propose tt0000012 --as Ana").ok();
    assert_eq!(friends.run("show 4 --json").json()["seen_by"], json!(["Ben"]));
    assert!(friends.run("show 4").ok().out.contains("Seen by      Ben\n"));
}

#[test]
fn unseen_leaves_out_movies_seen_by_people_who_are_here() {
    let friends = friends();
    friends.run("seen 1 --as Ben").ok();
    assert_eq!(friends.run("pick --json").json()["winner"]["title"], "Heat");
    let pick = friends.run("pick --unseen").ok().out;
    assert!(pick.starts_with("Alien\n") && pick.contains("✗ seen by Ben"), "{pick}");
    let pick = friends.run("pick --unseen --here Ana --json").json();
    assert_eq!(pick["winner"]["title"], "Heat", "Ben is not here");
    let board = friends.run("vote --unseen --json").json();
    let last = &board["proposals"][2];
    assert_eq!((&last["title"], &last["misfit"]), (&json!("Heat"), &json!("seen")));
    // People who took no part for three months are not part of the evening.
    friends.later(Duration::from_secs(91 * 24 * 3600));
    friends.run("vote 3 --as Ana").ok();
    assert_eq!(friends.run("vote --unseen --json").json()["proposals"][0]["misfit"], json!(null));
}

#[test]
fn watched_marks_movies_as_seen_and_dates_the_evening() {
    let mut friends = friends();
    friends.run("watched 1 --on 2026-11-20 --here Ana,Cleo").ok();
    let movie = friends.run("show 1 --json").json();
    assert_eq!((&movie["seen_by"], &movie["watched_on"]), (&json!(["Ana", "Cleo"]), &json!("2026-11-20")));
    // The date is that of the evening in every zone.
    friends.zone = movienight::env::Zone::from_fn(|_| UtcOffset::from_hms(-8, 0, 0).unwrap());
    assert!(friends.run("history").ok().out.contains("\n2026-11-20  Heat"));
    assert!(friends.run("show 1").ok().out.contains("Watched      2026-11-20\n"));
    // A movie that ends in the morning was watched the evening before. It is 20:00 UTC.
    friends.zone = movienight::env::Zone::from_fn(|_| UtcOffset::from_hms(9, 0, 0).unwrap());
    friends.run("watched 2").ok();
    let history = friends.run("history --json").json();
    assert_eq!(history["watched"][0]["watched_on"], "2026-11-22", "05:00 on the 23rd");
    friends.later(Duration::from_secs(3600));
    friends.run("watched 3").ok();
    assert_eq!(friends.run("history --json").json()["watched"][0]["watched_on"], "2026-11-23");
    friends.run("undo").ok();
    assert_eq!(friends.run("show 3 --json").json()["watched_on"], json!(null));
}

#[test]
fn nobody_joins_the_voters_for_whom_nothing_was_stored() {
    let mut friends = friends();
    friends.run_all("Ana: propose tt0000012\nAna: watched 4");
    for (line, input) in [
        ("seen --not heat", ""),
        ("propose -", "tt0000012\n"),
        ("import - --propose", "Const,Title\ntt0000012,Watched\n"),
    ] {
        friends.stdin = input.to_owned();
        let ran = friends.run(&format!("{line} --as Zed")).ok();
        assert!(!ran.err.contains("New voter"), "{line}: {ran:?}");
        let document = friends.run(&format!("{line} --as Zed --json")).json();
        assert_eq!(document.get("new_voter"), None, "{line}: {document}");
    }
    assert!(!friends.run("voters").ok().out.contains("Zed"));
}
