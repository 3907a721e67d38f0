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
fn movies_that_follow_in_further_messages_are_new_one_by_one() {
    let mut friends = friends();
    let thread = "22/11/2026, 19:00 - Ben: Yes:\n22/11/2026, 19:01 - Ben: 3\n";
    paste(&mut friends, thread, "--yes").ok();
    friends.later(Duration::from_secs(60));
    friends.run("vote --no 3 --as Ben").ok();
    paste(&mut friends, &format!("{thread}22/11/2026, 19:20 - Ben: 4\n"), "--yes").ok();
    assert_eq!(opinions(&friends), "Ben: !3 4\n");
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
