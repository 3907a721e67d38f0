//! A thread that is pasted again: what it said before stays or goes.

use std::time::Duration;

use super::chat::{friends, opinions, paste};
use crate::support::Friends;

const SAID: &str = "22/11/2026, 19:00 - Ben: 2 3\n22/11/2026, 19:01 - Cleo: 4\n";

/// Friends after the thread was pasted once.
fn pasted() -> Friends {
    let mut friends = friends();
    paste(&mut friends, SAID, "--yes").ok();
    friends
}

#[test]
fn what_cannot_be_read_any_more_takes_nothing_back() {
    for line in ["withdraw 2", "watched 2", "propose --title 2"] {
        let mut friends = pasted();
        friends.run(line).ok();
        let ran = paste(&mut friends, &format!("{SAID}22/11/2026, 19:02 - Dan: 5\n"), "--yes").ok();
        assert!(!ran.out.contains("takes back"), "{line}: {ran:?}");
        let left =
            if line.starts_with("propose") { "Ben: 2 3\nCleo: 4\nDan: 5\n" } else { "Ben: 3\nCleo: 4\nDan: 5\n" };
        assert_eq!(opinions(&friends), left, "{line}");
    }
}

#[test]
fn what_was_changed_by_hand_since_stays() {
    let mut friends = pasted();
    friends.later(Duration::from_secs(60));
    friends.run("vote --no 2 --as Ben").ok();
    for _ in 0..2 {
        let ran = paste(&mut friends, SAID, "--yes").ok();
        let expected = "Ben: keeps 2 Heat, changed by hand\nCleo: no change\n\
                        Nothing to change: what was changed by hand stays\n";
        assert_eq!(ran.out, expected);
        assert_eq!(opinions(&friends), "Ben: !2 3\nCleo: 4\n");
    }
    // What is new in the thread counts.
    paste(&mut friends, &format!("{SAID}22/11/2026, 19:05 - Ben: ♥2\n"), "--yes").ok();
    assert_eq!(opinions(&friends), "Ben: 2♥ 3\nCleo: 4\n");
}

#[test]
fn what_was_undone_is_stored_again() {
    let mut friends = pasted();
    friends.later(Duration::from_secs(60));
    friends.run("undo").ok();
    assert_eq!(opinions(&friends), "");
    paste(&mut friends, &format!("{SAID}22/11/2026, 19:05 - Dan: 5\n"), "--yes").ok();
    assert_eq!(opinions(&friends), "Ben: 2 3\nCleo: 4\nDan: 5\n");
}

#[test]
fn a_thread_whose_first_message_was_edited_is_the_same() {
    for edited in [
        "22/11/2026, 19:00 - Ben: 2 <This message was edited>\n22/11/2026, 19:01 - Cleo: 4\n",
        "22/11/2026, 19:01 - Cleo: 4\n22/11/2026, 19:03 - Ben: 2\n",
    ] {
        let mut friends = pasted();
        paste(&mut friends, edited, "--yes").ok();
        assert_eq!(opinions(&friends), "Ben: 2\nCleo: 4\n", "{edited}");
    }
}

#[test]
fn nobody_is_asked_for_the_vote_of_somebody_who_was_merged() {
    let mut friends = friends();
    friends.args(&["vote", "1", "--as", "Ben Miller"]).ok();
    friends.run("vote 1 --as Ben").ok();
    friends.args(&["voters", "merge", "Ben Miller", "Ben"]).ok();
    let ran = paste(&mut friends, "Ben: 1\n", "--yes").ok();
    assert!(!ran.err.contains("Miller"), "{ran:?}");
}
