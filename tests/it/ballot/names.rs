//! Who is who in the chat.

use super::chat::{friends, group, opinions, paste};

#[test]
fn chat_names_are_matched_to_voters_and_remembered() {
    let mut friends = group("Cloe");
    friends.run("vote 1 --as Ben").ok();
    let shown = paste(&mut friends, "Ben Müller: 2\nCloe: 3", "--yes").ok().out;
    assert!(shown.contains("may be Ben: use --name 'Ben Müller=Ben', or"), "{shown}");
    assert_eq!(opinions(&friends), "Ben: 1\nCloe: 3\n");
    friends.stdin = "Ben Müller: 2\nCloe: 3".into();
    friends.args(&["ballot", "--chat", "--yes", "--name", "Ben Müller=Ben"]).ok();
    paste(&mut friends, "Ben Müller: 2\nCloe: 3\nBen Müller: 4", "--yes").ok();
    assert_eq!(opinions(&friends), "Ben: 1 2 4\nCloe: 3\n");
}

#[test]
fn name_pairs_may_share_names() {
    for (pairs, expected) in [
        (["Ben=Benjamin", "Benny=Ben"], "Ben: 2\nBenjamin: 1\n"),
        (["Benny=Ben", "Ben=Benjamin"], "Ben: 2\nBenjamin: 1\n"),
        (["Ben=Benny", "Benny=Ben"], "Ben: 2\nBenny: 1\n"),
    ] {
        let mut friends = group("Ben Benjamin");
        let chat = "22/11/2026, 19:42 - Ben: 1\n22/11/2026, 19:43 - Benny: 2\n";
        friends.stdin = chat.into();
        friends.args(&["ballot", "--chat", "--yes", "--name", pairs[0], "--name", pairs[1]]).ok();
        assert_eq!(opinions(&friends), expected, "{pairs:?}");
        // They are remembered, also for a name that a voter has.
        let ran = paste(&mut friends, chat, "--yes").ok();
        assert!(ran.out.ends_with("Nothing to change: the board has these votes already\n"), "{pairs:?}: {ran:?}");
    }
}

#[test]
fn no_question_is_asked_with_yes() {
    let mut friends = group("Ben");
    friends.asks = true;
    let ran = paste(&mut friends, "22/11/2026, 19:42 - Ben Miller: 1\n", "--yes").ok();
    assert!(!ran.err.contains("same person"), "{ran:?}");
    assert!(ran.out.contains("  Ben Miller: (all messages): may be Ben: use --name 'Ben Miller=Ben', or"), "{ran:?}");
    // Hanna is not Ana.
    paste(&mut friends, "22/11/2026, 19:42 - Hanna: 1\n", "--yes").ok();
    assert_eq!(opinions(&friends), "Hanna: 1\n");
}

#[test]
fn a_ballot_signed_with_another_name_needs_a_name_pair() {
    let friends = &mut friends();
    let page = "22/11/2026, 19:42 - Flo \"$(x)\" Meyer: Florence: only 1 3";
    let shown = paste(friends, page, "--yes").ok().out;
    let pair = r#"--name 'Flo "$(x)" Meyer=Florence'"#;
    assert!(shown.contains(&format!("it is signed Florence: if that is the same person, use {pair}")), "{shown}");
    assert!(shown.ends_with("No message was counted, so nothing was stored\n"), "{shown}");
    friends.stdin = page.into();
    friends.args(&["ballot", "--chat", "--yes", "--name", "Flo \"$(x)\" Meyer=Florence"]).ok();
    assert_eq!(opinions(friends), "Florence: 1 3\n");
    // The name is remembered when the page's answer changes.
    paste(friends, &format!("{page}\n22/11/2026, 19:43 - Flo \"$(x)\" Meyer: Florence: only 2"), "--yes").ok();
    assert_eq!(opinions(friends), "Florence: 2\n");
}

#[test]
fn a_remembered_pair_outlives_other_pairs_and_renames() {
    let chat = "22/11/2026, 19:41 - Ben: 1\n22/11/2026, 19:42 - Benny: 2\n";
    let mut friends = group("Ben Benjamin");
    friends.stdin = chat.into();
    friends.args(&["ballot", "--chat", "--yes", "--name", "Ben=Benjamin"]).ok();
    friends.stdin = chat.into();
    friends.args(&["ballot", "--chat", "--yes", "--name", "~Benny=Ben"]).ok();
    assert_eq!(opinions(&friends), "Ben: 2\nBenjamin: 1\n");
    friends.run("voters rename Ben Benno --as Ben").ok();
    paste(&mut friends, chat, "--yes").ok();
    assert_eq!(opinions(&friends), "Benjamin: 1\nBenno: 2\n");
}

#[test]
fn a_name_given_for_itself_follows_a_renamed_voter() {
    let mut friends = group("Ben");
    let chat = "22/11/2026, 19:41 - Zoe: 1\n";
    friends.stdin = chat.into();
    friends.args(&["ballot", "--chat", "--yes", "--name", "Zoe"]).ok();
    friends.run("voters rename Zoe Lena --as Zoe").ok();
    paste(&mut friends, &format!("{chat}22/11/2026, 19:45 - Zoe: 2\n"), "--yes").ok();
    assert_eq!(opinions(&friends), "Lena: 1 2\n");
}

#[test]
fn a_chat_name_may_have_an_equals_sign() {
    let mut friends = group("Ben");
    let chat = "22/11/2026, 19:41 - Ben =): 1\n";
    let ran = paste(&mut friends, chat, "--yes").ok();
    assert!(ran.out.contains("use --name 'Ben =)=Ben', or --name 'Ben =)=NAME'"), "{ran:?}");
    friends.stdin = chat.into();
    friends.args(&["ballot", "--chat", "--yes", "--name", "Ben =)=Ben"]).ok();
    assert_eq!(opinions(&friends), "Ben: 1\n");
}

#[test]
fn new_voters_are_in_the_document() {
    let mut friends = friends();
    let ran = paste(&mut friends, "22/11/2026, 19:41 - Zoe: 1\n22/11/2026, 19:42 - Flo: 2\n", "--yes --json");
    let document = ran.json();
    assert_eq!(document["new_voter"], "Zoe");
    assert_eq!(document["warnings"][0], "New voter \"Flo\"");
}
