//! While votes are hidden, a ballot still takes back earlier answers, but no output says so.

use std::time::Duration;

use super::chat::{friends, opinions, paste};
use crate::support::Friends;

fn line(friends: &mut Friends, voter: &str, line: &str) -> String {
    friends.stdin = format!("{line}\n");
    friends.run(&format!("ballot --plain {voter}")).ok().out
}

#[test]
fn only_replaces_all_earlier_answers() {
    let mut friends = friends();
    friends.run("vote 6 --as Kim").ok();
    friends.run("hide").ok();
    let friends = &mut friends;
    for said in ["2 3 4", "only 5"] {
        assert_eq!(line(friends, "Kim", said), "Stored the ballot of Kim\n");
    }
    // Noes that are replaced do not count against the limit.
    for said in ["not 2 not 3 not 4", "only 5 not 1"] {
        assert_eq!(line(friends, "Gil", said), "Stored the ballot of Gil\n");
    }
    friends.run("vote 1 --as Zed").ok();
    let ran = paste(friends, "[22.11.26, 19:42:00] Zed: only 3\n", "--yes").ok();
    assert!(ran.err.contains("Earlier votes are hidden; \"only\" takes back those for other movies"), "{ran:?}");
    friends.run("reveal").ok();
    assert_eq!(opinions(friends), "Gil: !1 5\nKim: 5\nZed: 3\n");
}

#[test]
fn a_change_of_mind_in_the_chat_counts() {
    let mut friends = friends();
    let friends = &mut friends;
    friends.run("hide").ok();
    let said = "[22.11.26, 19:42:00] Gus: 2 not 3\n";
    let changed = format!("{said}[22.11.26, 19:44:00] Gus: sorry, only 5\n");
    paste(friends, said, "--yes").ok();
    paste(friends, &changed, "--yes").ok();
    friends.run("reveal").ok();
    assert_eq!(opinions(friends), "Gus: 5\n");
    assert!(paste(friends, &changed, "--yes").ok().out.contains("Nothing to change"));
}

#[test]
fn a_change_of_mind_counts_also_after_votes_are_revealed() {
    let mut friends = friends();
    let friends = &mut friends;
    friends.run("hide").ok();
    let said = "[22.11.26, 19:42:00] Gus: 2 not 3\n";
    paste(friends, said, "--yes").ok();
    friends.run("reveal").ok();
    paste(friends, &format!("{said}[22.11.26, 19:44:00] Gus: sorry, only 5\n"), "--yes").ok();
    assert_eq!(opinions(friends), "Gus: 5\n");
}

#[test]
fn votes_given_by_hand_since_are_kept() {
    let mut friends = friends();
    let friends = &mut friends;
    friends.run("hide").ok();
    let said = "[22.11.26, 19:42:00] Gus: 2 4\n";
    paste(friends, said, "--yes").ok();
    friends.later(Duration::from_secs(60));
    friends.run_all("Gus: unvote 4\nGus: vote 4");
    let changed = format!("{said}[22.11.26, 19:44:00] Gus: only 6\n");
    let shown = paste(friends, &changed, "--yes").ok().out;
    assert!(shown.contains("Gus: yes to 6 Alien; takes back 2 Heat, 4 The Godfather\n"), "as the chat says: {shown}");
    friends.run("reveal").ok();
    assert_eq!(opinions(friends), "Gus: 4 6\n");
}

#[test]
fn an_earlier_thread_is_remembered_after_another_paste() {
    let mut friends = friends();
    let friends = &mut friends;
    let said = "[22.11.26, 19:42:00] Eve: 2 not 3\n";
    paste(friends, said, "--yes").ok();
    paste(friends, "[22.11.26, 20:42:00] Fay: 4\n", "--yes").ok();
    paste(friends, &format!("{said}[22.11.26, 19:44:00] Eve: sorry, only 5\n"), "--yes").ok();
    assert_eq!(opinions(friends), "Eve: 5\nFay: 4\n");
}

/// Returns what one of Ana's commands prints, and what `undo` says about it, after she ran `opinion`.
fn printed(opinion: &str, line: &str) -> String {
    let mut friends = friends();
    friends.run_all(
        "Ben: vote 2
Ben: hide",
    );
    friends.run(&format!("{opinion} --as Ana")).ok();
    friends.stdin = "Heat
New One
"
    .into();
    let ran = friends.run(&format!("{line} --as Ana")).ok();
    let listed = ["undo --list", "undo --as Ana", "undo --list --json"].map(|line| friends.run(line).ok().out);
    ran.out + &listed.concat()
}

#[test]
fn output_does_not_reveal_an_earlier_opinion() {
    for line in ["vote 2", "vote --no 2", "vote --favorite 2", "unvote 2", "propose --title Heat"] {
        assert_eq!(printed("vote 2", line), printed("vote --no 2", line), "{line}");
    }
}

#[test]
fn a_change_without_an_effect_is_undone_like_any_other() {
    let friends = friends();
    friends.run("hide").ok();
    friends.run_all(
        "Ben: vote 2
Ben: vote 2",
    );
    friends.run("reveal --as Ana").ok();
    let list = friends.run("undo --list").ok().out;
    assert!(
        list.starts_with(
            "Ben voted, just now
Ben voted for Heat, just now
"
        ),
        "{list}"
    );
    friends.run("undo --as Ben").ok();
    assert_eq!(
        opinions(&friends),
        "Ben: 2
"
    );
    friends.run("redo --as Ben").ok();
    friends.run_all(
        "Ben: undo
Ben: undo",
    );
    assert_eq!(opinions(&friends), "");
}

#[test]
fn a_copy_does_not_count_hidden_votes() {
    let friends = Friends::offline().in_file();
    friends.args(&["propose", "--title", "Heat", "--as", "Ana"]).ok();
    friends.run("hide").ok();
    let copy = friends.folder.path().join("copy.db");
    let (from, to) = (friends.db().display().to_string(), copy.display().to_string());
    let printed = friends.args(&["board", "copy", &from, &to]).ok().out;
    assert!(printed.starts_with("Copied 1 movie by 1 person to "), "{printed}");
}
