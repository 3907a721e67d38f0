//! What is remembered of a thread: its messages, its people, and what was stored from it.

use std::time::Duration;

use super::again::{THREAD, pasted};
use super::chat::{friends, opinions, paste};

/// A message of a chat that changes nothing.
const CHATTER: &str = "22/11/2026, 19:30 - Eve: great evening\n";

#[test]
fn a_paste_without_votes_forgets_nothing() {
    let mut friends = pasted();
    friends.later(Duration::from_secs(60));
    friends.run("unvote 2 --as Ben").ok();
    let whole = format!("{THREAD}{CHATTER}");
    paste(&mut friends, &whole, "--yes").ok();
    paste(&mut friends, CHATTER, "--yes");
    paste(&mut friends, &whole, "--yes").ok();
    assert_eq!(opinions(&friends), "Ben: 3\nCleo: 4\n");
}

#[test]
fn two_parts_of_a_thread_are_joined_by_a_paste_with_both() {
    let mut friends = pasted();
    friends.later(Duration::from_secs(60));
    friends.run("unvote 2 --as Ben").ok();
    let dan = "22/11/2026, 19:05 - Dan: 5\n";
    paste(&mut friends, dan, "--yes").ok();
    friends.later(Duration::from_secs(60));
    friends.run("vote --no 5 --as Dan").ok();
    for _ in 0..2 {
        paste(&mut friends, &format!("{THREAD}{dan}"), "--yes").ok();
        assert_eq!(opinions(&friends), "Ben: 3\nCleo: 4\nDan: !5\n");
    }
}

#[test]
fn long_threads_are_recognized_to_their_end() {
    let mut friends = friends();
    let talk: String = (0..300).map(|at| format!("22/11/2026, 19:00 - Eve: hello {at} times\n")).collect();
    let end = "22/11/2026, 19:10 - Ben: 2 3\n";
    paste(&mut friends, &format!("{talk}{end}"), "--yes").ok();
    friends.later(Duration::from_secs(60));
    friends.run("unvote 2 --as Ben").ok();
    paste(&mut friends, end, "--yes").ok();
    assert_eq!(opinions(&friends), "Ben: 3\n");
}

#[test]
fn parts_of_a_thread_may_be_pasted_in_any_order() {
    let mut friends = friends();
    let early = "22/11/2026, 19:00 - Ben: 2\n22/11/2026, 19:00 - Cleo: 4\n";
    let late = "22/11/2026, 19:30 - Ben: not 2\n22/11/2026, 19:31 - Dan: 5\n";
    for chat in [late, early, &format!("{early}{late}")] {
        paste(&mut friends, chat, "--yes").ok();
        friends.later(Duration::from_secs(60));
    }
    assert_eq!(opinions(&friends), "Ben: !2\nCleo: 4\nDan: 5\n");
}

#[test]
fn an_earlier_message_that_counts_again_keeps_changes_by_hand() {
    let mut friends = friends();
    let first = "22/11/2026, 19:00 - Ben: not 1\n22/11/2026, 19:01 - Cleo: 4\n";
    paste(&mut friends, &format!("{first}22/11/2026, 19:02 - Ben: 1\n"), "--yes").ok();
    friends.later(Duration::from_secs(60));
    friends.run("unvote 1 --as Ben").ok();
    let ran = paste(&mut friends, first, "--yes").ok();
    assert!(ran.out.contains("Ben: keeps 1 The Matrix, changed by hand since"), "{ran:?}");
    assert_eq!(opinions(&friends), "Cleo: 4\n");
}

#[test]
fn an_undone_paste_under_a_later_one_is_stored_again() {
    let mut friends = friends();
    let dan = "22/11/2026, 19:05 - Dan: 5\n";
    paste(&mut friends, THREAD, "--yes --as Ana").ok();
    friends.later(Duration::from_secs(60));
    paste(&mut friends, &format!("{THREAD}{dan}"), "--yes --as Eve").ok();
    friends.run("undo --as Ana").ok();
    assert_eq!(opinions(&friends), "Dan: 5\n");
    paste(&mut friends, &format!("{THREAD}{dan}"), "--yes").ok();
    assert_eq!(opinions(&friends), "Ben: 2 3\nCleo: 4\nDan: 5\n");
}

#[test]
fn a_name_pair_stays_with_a_renamed_voter() {
    let mut friends = friends();
    friends.stdin = "22/11/2026, 19:00 - Ben M: 2\n".into();
    friends.args(&["ballot", "--chat", "--yes", "--name", "Ben M=Ben"]).ok();
    friends.run_all("Ana: voters rename Ben Oscar\nBen: vote 1");
    paste(&mut friends, "22/11/2026, 19:00 - Ben M: 2\n22/11/2026, 19:10 - Ben M: 6\n", "--yes").ok();
    assert_eq!(opinions(&friends), "Ben: 1\nOscar: 2 6\n");
}

#[test]
fn a_rename_before_the_first_paste_is_followed() {
    let mut friends = friends();
    friends.run_all("Dan: vote 1\nAna: voters rename Dan Walter");
    paste(&mut friends, "22/11/2026, 19:00 - Dan: 5\n", "--yes").ok();
    assert_eq!(opinions(&friends), "Walter: 1 5\n");
}

#[test]
fn pastes_between_a_change_to_people_and_its_undo_are_remembered() {
    let mut friends = friends();
    friends.run("vote 2 --as Ben").ok();
    friends.later(Duration::from_secs(60));
    let chat = "22/11/2026, 19:00 - Zoe: 2 3\n22/11/2026, 19:01 - Cleo: 4\n22/11/2026, 19:02 - Ben: 5\n";
    for line in ["voters merge Zoe Ben --as Ana", "voters rename Zoe Mia --as Ana"] {
        paste(&mut friends, chat, "--yes").ok();
        friends.later(Duration::from_secs(60));
        friends.run(line).ok();
        paste(&mut friends, &format!("{chat}{CHATTER}"), "--yes").ok();
        friends.run("undo --as Ana").ok();
        friends.run("unvote 3 --as Zoe").ok();
        paste(&mut friends, &format!("{chat}{CHATTER}"), "--yes").ok();
        assert_eq!(opinions(&friends), "Ben: 2 5\nCleo: 4\nZoe: 2\n", "{line}");
    }
}

#[test]
fn an_undone_merge_leaves_each_person_their_own_messages() {
    let mut friends = friends();
    friends.run("vote 1 --as Lena").ok();
    for (chat, pair) in [("Zoe", "Zoe"), ("Zoe M", "Zoe M=Zoe")] {
        friends.stdin = format!("22/11/2026, 19:00 - {chat}: 2\n");
        friends.args(&["ballot", "--chat", "--yes", "--name", pair]).ok();
    }
    friends.run_all("Zoe: voters merge Zoe Lena\nZoe: undo");
    paste(&mut friends, "22/11/2026, 19:20 - Zoe: 3\n22/11/2026, 19:21 - Zoe M: 4\n", "--yes").ok();
    assert_eq!(opinions(&friends), "Lena: 1\nZoe: 2 3 4\n");
}

#[test]
fn a_new_favourite_does_not_keep_the_one_given_by_hand() {
    let mut friends = friends();
    let chat = "22/11/2026, 19:00 - Dan: 4\n";
    paste(&mut friends, chat, "--yes").ok();
    friends.later(Duration::from_secs(60));
    friends.run("vote --favorite 4 --as Dan").ok();
    let ran = paste(&mut friends, &format!("{chat}22/11/2026, 19:10 - Dan: ♥5\n"), "--yes").ok();
    assert!(!ran.out.contains("keeps"), "{ran:?}");
    assert_eq!(opinions(&friends), "Dan: 4 5♥\n");
}
