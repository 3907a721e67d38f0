//! Pasting a thread again: which of its earlier answers stay and which go.

use std::time::Duration;

use super::chat::{friends, opinions, paste};
use crate::support::Friends;

pub const THREAD: &str = "22/11/2026, 19:00 - Ben: 2 3\n22/11/2026, 19:01 - Cleo: 4\n";

/// Returns friends after the thread was pasted once.
pub fn pasted() -> Friends {
    let mut friends = friends();
    paste(&mut friends, THREAD, "--yes").ok();
    friends
}

#[test]
fn answers_that_can_no_longer_be_read_take_nothing_back() {
    for line in ["withdraw 2", "watched 2", "propose --title 2"] {
        let mut friends = pasted();
        friends.run(line).ok();
        let ran = paste(&mut friends, &format!("{THREAD}22/11/2026, 19:02 - Dan: 5\n"), "--yes").ok();
        assert!(!ran.out.contains("takes back"), "{line}: {ran:?}");
        let left =
            if line.starts_with("propose") { "Ben: 2 3\nCleo: 4\nDan: 5\n" } else { "Ben: 3\nCleo: 4\nDan: 5\n" };
        assert_eq!(opinions(&friends), left, "{line}");
    }
}

#[test]
fn changes_made_by_hand_since_the_paste_are_kept() {
    let mut friends = pasted();
    friends.later(Duration::from_secs(60));
    friends.run("vote --no 2 --as Ben").ok();
    for _ in 0..2 {
        let ran = paste(&mut friends, THREAD, "--yes").ok();
        let expected = "Ben: keeps 2 Heat, changed by hand since\nCleo: no change\n\
                        Nothing to change: votes that were changed by hand stay as they are\n";
        assert_eq!(ran.out, expected);
        assert_eq!(opinions(&friends), "Ben: !2 3\nCleo: 4\n");
    }
    // A new message of the thread still counts.
    paste(&mut friends, &format!("{THREAD}22/11/2026, 19:05 - Ben: ♥2\n"), "--yes").ok();
    assert_eq!(opinions(&friends), "Ben: 2♥ 3\nCleo: 4\n");
}

#[test]
fn undone_ballots_are_stored_again_by_the_next_paste() {
    let mut friends = pasted();
    friends.later(Duration::from_secs(60));
    friends.run("undo").ok();
    assert_eq!(opinions(&friends), "");
    paste(&mut friends, &format!("{THREAD}22/11/2026, 19:05 - Dan: 5\n"), "--yes").ok();
    assert_eq!(opinions(&friends), "Ben: 2 3\nCleo: 4\nDan: 5\n");
}

#[test]
fn a_thread_with_an_edited_first_message_is_recognized() {
    for edited in [
        "22/11/2026, 19:00 - Ben: 2 <This message was edited>\n22/11/2026, 19:01 - Cleo: 4\n",
        "22/11/2026, 18:59 - Eve: hello\n22/11/2026, 19:01 - Cleo: 4\n22/11/2026, 19:03 - Ben: 2\n",
    ] {
        let mut friends = pasted();
        paste(&mut friends, edited, "--yes").ok();
        assert_eq!(opinions(&friends), "Ben: 2\nCleo: 4\n", "{edited}");
    }
}

#[test]
fn merged_voters_are_not_asked_to_vote() {
    let mut friends = friends();
    friends.args(&["vote", "1", "--as", "Ben Miller"]).ok();
    friends.run("vote 1 --as Ben").ok();
    friends.args(&["voters", "merge", "Ben Miller", "Ben"]).ok();
    let ran = paste(&mut friends, "Ben: 1\n", "--yes").ok();
    assert!(!ran.err.contains("Miller"), "{ran:?}");
}

#[test]
fn changes_made_by_hand_are_kept_while_votes_are_hidden() {
    let mut friends = friends();
    friends.run("hide --as Ana").ok();
    paste(&mut friends, THREAD, "--yes").ok();
    friends.later(Duration::from_secs(60));
    friends.run_all("Ben: vote --no 2\nCleo: unvote 4");
    paste(&mut friends, &format!("{THREAD}22/11/2026, 19:05 - Dan: 5\n"), "--yes").ok();
    friends.run("reveal --as Ana").ok();
    assert_eq!(opinions(&friends), "Ben: !2 3\nDan: 5\n");
}

#[test]
fn votes_removed_by_hand_do_not_return() {
    let mut friends = pasted();
    friends.run("unvote 2 --as Ben").ok();
    let ran = paste(&mut friends, THREAD, "--yes").ok();
    assert!(ran.out.starts_with("Ben: keeps 2 Heat, changed by hand since\n"), "{ran:?}");
    assert_eq!(opinions(&friends), "Ben: 3\nCleo: 4\n");
}

#[test]
fn a_paste_that_was_undone_is_forgotten() {
    let mut friends = pasted();
    let only = format!("{THREAD}22/11/2026, 19:05 - Ben: only 5\n");
    for _ in 0..2 {
        let ran = paste(&mut friends, &only, "--yes").ok();
        assert!(ran.out.contains("Ben: yes to 5 No Country for Old Men; takes back 2 Heat, 3 Amélie"), "{ran:?}");
        assert_eq!(opinions(&friends), "Ben: 5\nCleo: 4\n");
        // This paste changes nothing, so the undo takes back the one before it.
        paste(&mut friends, &only, "--yes").ok();
        friends.run("undo").ok();
        assert_eq!(opinions(&friends), "Ben: 2 3\nCleo: 4\n");
    }
    friends.run("redo").ok();
    assert!(paste(&mut friends, &only, "--yes").ok().out.contains("Nothing to change"));
    assert_eq!(opinions(&friends), "Ben: 5\nCleo: 4\n");
}

#[test]
fn a_chat_name_follows_a_renamed_voter() {
    let mut friends = friends();
    friends.run("vote 1 --as Florence").ok();
    // A paste that changes nothing remembers the name as well.
    friends.stdin = "Flo Meyer: 1".into();
    friends.args(&["ballot", "--chat", "--yes", "--name", "Flo Meyer=Florence"]).ok();
    friends.run("voters rename Florence Anna --as Florence").ok();
    paste(&mut friends, "Flo Meyer: 1 3", "--yes").ok();
    assert_eq!(opinions(&friends), "Anna: 1 3\n");
}

#[test]
fn the_same_answer_on_another_evening_counts_again() {
    for chat in [true, false] {
        let mut friends = friends();
        friends.run_all("Ben: vote 2\nAna: vote 2");
        friends.later(Duration::from_secs(60));
        friends.run("watched 1 --as Ana").ok();
        friends.later(Duration::from_secs(60));
        if chat {
            paste(&mut friends, "Ben: 2", "--yes").ok();
        } else {
            friends.stdin = "2\n".into();
            friends.run("ballot --plain Ben").ok();
        }
        let missing = friends.run("vote --missing").out;
        assert!(missing.contains("Ana") && !missing.contains("Ben"), "{chat}: {missing}");
    }
}

#[test]
fn only_also_replaces_votes_from_before_the_thread() {
    let mut friends = friends();
    friends.run("vote 2 3 --as Ben").ok();
    paste(&mut friends, "22/11/2026, 19:00 - Ben: 2", "--yes").ok();
    paste(&mut friends, "22/11/2026, 19:00 - Ben: 2\n22/11/2026, 19:05 - Ben: only 5", "--yes").ok();
    assert_eq!(opinions(&friends), "Ben: 5\n");
}

#[test]
fn only_in_a_later_paste_replaces_earlier_votes() {
    for hides in [false, true] {
        let mut friends = friends();
        if hides {
            friends.run("hide --as Ana").ok();
        }
        paste(&mut friends, "22/11/2026, 19:43 - Ben: 1 5 not 3", "--yes").ok();
        let again = "22/11/2026, 19:50 - Ben: only 4 1";
        paste(&mut friends, again, "--yes").ok();
        if !hides {
            assert_eq!(opinions(&friends), "Ben: 1 4\n", "what is named stays");
        }
        friends.run("vote 2 --as Ben").ok();
        // The message is known already, so the vote that was given by hand since then stays.
        let earlier = format!("22/11/2026, 19:40 - Eve: hello\n{again}");
        paste(&mut friends, &earlier, "--yes").ok();
        if hides {
            friends.run("reveal --as Ana").ok();
        }
        assert_eq!(opinions(&friends), "Ben: 1 2 4\n", "{hides}");
    }
}

#[test]
fn only_in_a_later_paste_replaces_votes_older_than_the_thread() {
    let mut friends = friends();
    friends.run("vote 1 6 --as Ben").ok();
    friends.later(Duration::from_secs(60));
    paste(&mut friends, "Ben: 2 1", "--yes").ok();
    friends.later(Duration::from_secs(60));
    friends.run("vote 4 --as Ben").ok();
    let ran = paste(&mut friends, "Ben: 2 1\nBen: only 3", "--yes").ok();
    assert!(ran.out.starts_with("Ben: yes to 3 Amélie; takes back 1 The Matrix, 2 Heat, 6 Alien\n"), "{ran:?}");
    assert_eq!(opinions(&friends), "Ben: 3 4\n", "the vote given by hand since stays");
}

#[test]
fn noes_that_only_replaces_do_not_count() {
    let mut friends = friends();
    friends.run("vote --no 2 3 4 --as Ben").ok();
    paste(&mut friends, "Ben: only 5 not 1", "--yes").ok();
    assert_eq!(opinions(&friends), "Ben: !1 5\n");
}

#[test]
fn a_new_message_restores_a_vote_removed_by_hand() {
    let mut friends = pasted();
    friends.run("unvote 2 --as Ben").ok();
    let again = format!("{THREAD}22/11/2026, 19:05 - Ben: yes 2\n");
    paste(&mut friends, &again, "--yes").ok();
    assert_eq!(opinions(&friends), "Ben: 2 3\nCleo: 4\n");
    // The same holds for a person whom the paste in between did not mention.
    friends.run("unvote 2 3 --as Ben").ok();
    paste(&mut friends, "22/11/2026, 18:59 - Eve: hello\n22/11/2026, 19:01 - Cleo: 4\n", "--yes").ok();
    paste(&mut friends, THREAD, "--yes").ok();
    assert_eq!(opinions(&friends), "Ben: 2 3\nCleo: 4\n");
}

#[test]
fn a_sender_is_the_current_voter_of_that_name_not_a_former_one() {
    let mut friends = pasted();
    friends.run_all("Ben: voters rename Ben Benjamin\nBen: vote 1");
    paste(&mut friends, "22/11/2026, 20:00 - Ben: 5\n", "--yes").ok();
    assert_eq!(opinions(&friends), "Ben: 1 5\nBenjamin: 2 3\nCleo: 4\n");
}

#[test]
fn a_repeated_only_message_takes_nothing_back() {
    let mut friends = friends();
    friends.run("vote 5 --as Ben").ok();
    let only = "22/11/2026, 19:00 - Ben: only 5";
    paste(&mut friends, only, "--yes").ok();
    friends.run("vote 3 --as Ben").ok();
    paste(&mut friends, only, "--yes").ok();
    paste(&mut friends, &format!("{only}\n22/11/2026, 19:05 - Ben: also 2"), "--yes").ok();
    assert_eq!(opinions(&friends), "Ben: 2 3 5\n");
    // Worded differently, it is a new message.
    paste(&mut friends, "22/11/2026, 19:00 - Ben: only 5 please\n22/11/2026, 19:01 - Eve: 1", "--yes").ok();
    paste(&mut friends, "22/11/2026, 19:00 - Ben: only 5!\n22/11/2026, 19:01 - Eve: 1", "--yes").ok();
    assert_eq!(opinions(&friends), "Ben: 5\nEve: 1\n");
}

#[test]
fn an_edited_message_is_taken_back_when_it_is_deleted() {
    let mut friends = pasted();
    let (eve, cleo) = ("22/11/2026, 18:59 - Eve: hello\n", "22/11/2026, 19:01 - Cleo: 4\n");
    paste(&mut friends, &format!("{eve}22/11/2026, 19:00 - Ben: 2 3!\n{cleo}"), "--yes").ok();
    paste(&mut friends, &format!("{eve}{cleo}"), "--yes").ok();
    assert_eq!(opinions(&friends), "Cleo: 4\n");
}

#[test]
fn a_paste_that_begins_later_takes_nothing_back() {
    let mut friends = pasted();
    let (cleo, dan) = ("22/11/2026, 19:01 - Cleo: 4\n", "22/11/2026, 19:05 - Dan: 5\n");
    paste(&mut friends, &format!("{cleo}{dan}"), "--yes").ok();
    assert_eq!(opinions(&friends), "Ben: 2 3\nCleo: 4\nDan: 5\n");
    paste(&mut friends, &format!("{dan}22/11/2026, 19:06 - Cleo: only 1\n"), "--yes").ok();
    assert_eq!(opinions(&friends), "Ben: 2 3\nCleo: 1\nDan: 5\n", "\"only\" replaces what was pasted before");
    // --since leaves out the beginning as well.
    let file = friends.folder.path().join("thread.txt");
    std::fs::write(&file, format!("{THREAD}{dan}")).unwrap();
    friends.args(&["ballot", "--chat", file.to_str().unwrap(), "--yes", "--since", "2026-11-22 19:05"]).ok();
    assert!(opinions(&friends).starts_with("Ben: 2 3\n"));
    // A whole paste without Ben's message takes his votes back.
    paste(&mut friends, &format!("22/11/2026, 18:59 - Eve: hello\n{cleo}{dan}"), "--yes").ok();
    assert_eq!(opinions(&friends), "Cleo: 4\nDan: 5\n");
}

#[test]
fn a_later_paste_with_an_edited_first_message_takes_nothing_back() {
    let mut friends = pasted();
    let dan = "22/11/2026, 19:05 - Dan: 5\n";
    paste(&mut friends, &format!("{THREAD}{dan}"), "--yes").ok();
    paste(&mut friends, &format!("22/11/2026, 19:01 - Cleo: 1\n{dan}"), "--yes").ok();
    assert_eq!(opinions(&friends), "Ben: 2 3\nCleo: 1 4\nDan: 5\n");
}

#[test]
fn an_undone_paste_is_stored_again_as_it_was() {
    let mut friends = friends();
    let first = "22/11/2026, 19:00 - Ben: 1\n";
    paste(&mut friends, first, "--yes").ok();
    friends.later(Duration::from_secs(60));
    friends.run("vote --no 1 --as Ben").ok();
    let both = format!("{first}22/11/2026, 19:05 - Ben: 1 and 2\n");
    for _ in 0..2 {
        paste(&mut friends, &both, "--yes").ok();
        assert_eq!(opinions(&friends), "Ben: 1 2\n");
        friends.run("undo").ok();
        assert_eq!(opinions(&friends), "Ben: !1\n");
    }
}

#[test]
fn an_only_that_was_restated_is_not_new_again() {
    let mut friends = friends();
    friends.run("vote --favorite 1 --as Ben").ok();
    let chat = "22/11/2026, 19:00 - Eve: 1\n22/11/2026, 19:01 - Ben: only 1\n22/11/2026, 19:02 - Ben: 1♥\n";
    paste(&mut friends, chat, "--yes").ok();
    friends.later(Duration::from_secs(60));
    friends.run("vote 4 --as Ben").ok();
    paste(&mut friends, chat, "--yes").ok();
    assert_eq!(opinions(&friends), "Ben: 1♥ 4\nEve: 1\n");
}

#[test]
fn a_deleted_message_does_not_restore_a_vote_changed_by_hand() {
    for date in ["22/11/2026, 19:00 - ", ""] {
        let mut friends = friends();
        friends.run("seen 1 --as Cleo").ok();
        let first = format!("{date}Cleo: 2\n");
        paste(&mut friends, &format!("{first}{date}Cleo: 2 and 3\n"), "--yes").ok();
        friends.later(Duration::from_secs(60));
        friends.run("vote --no 2 --as Cleo").ok();
        let ran = paste(&mut friends, &first, "--yes").ok();
        assert!(
            ran.out.starts_with("Cleo: takes back 3 Amélie; keeps 2 Heat, changed by hand since\n"),
            "{date}{ran:?}"
        );
        assert_eq!(opinions(&friends), "Cleo: !2\n");
    }
}

#[test]
fn a_name_pair_is_remembered_after_its_paste_is_undone() {
    let mut friends = friends();
    friends.stdin = "Flo Meyer: 2".into();
    friends.args(&["ballot", "--chat", "--yes", "--name", "Flo Meyer=Florence"]).ok();
    friends.run("undo").ok();
    paste(&mut friends, "Flo Meyer: 2", "--yes").ok();
    assert_eq!(opinions(&friends), "Florence: 2\n");
    friends.run_all("Florence: voters rename Florence Anna\nFlorence: undo");
    paste(&mut friends, "Flo Meyer: 2 3", "--yes").ok();
    assert_eq!(opinions(&friends), "Florence: 2 3\n");
}
