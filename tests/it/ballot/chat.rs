//! `ballot --chat`: from a posted list to stored ballots.

use std::fs;

use movienight::model::chat::LIST_HEADING;
use serde_json::{Value, json};

use crate::support::Friends;

/// Returns friends with six movies without IMDb ids, proposed by Ana.
pub fn friends() -> Friends {
    let friends = Friends::offline();
    for title in ["The Matrix", "Heat", "Amélie", "The Godfather", "No Country for Old Men", "Alien"] {
        friends.args(&["propose", "--title", title, "--as", "Ana"]).ok();
    }
    friends
}

/// Returns the same friends, with people who have seen a movie and given no opinion.
pub fn group(names: &str) -> Friends {
    let friends = friends();
    for name in names.split(' ') {
        friends.run(&format!("seen 1 --as {name}")).ok();
    }
    friends
}

/// Pastes `chat` into `ballot --chat`.
pub fn paste(friends: &mut Friends, chat: &str, args: &str) -> crate::support::Ran {
    friends.stdin = chat.to_owned();
    friends.run(&format!("ballot --chat {args}"))
}

/// Returns everybody's opinions on the board, except Ana's, as `Ben: 2 !3 4♥`.
pub fn opinions(friends: &Friends) -> String {
    let board = friends.run("vote --json").json();
    let mut people: std::collections::BTreeMap<String, Vec<String>> = std::collections::BTreeMap::new();
    let mut movies = board["proposals"].as_array().unwrap().clone();
    movies.sort_by_key(|movie| movie["number"].as_i64());
    for movie in movies {
        let names = |key: &str| -> Vec<Value> { movie[key].as_array().unwrap().clone() };
        let favorites = names("favorite_of");
        for name in names("voters") {
            let mark = if favorites.contains(&name) { "♥" } else { "" };
            people.entry(name.as_str().unwrap().into()).or_default().push(format!("{}{mark}", movie["number"]));
        }
        for name in names("no_of") {
            people.entry(name.as_str().unwrap().into()).or_default().push(format!("!{}", movie["number"]));
        }
    }
    let lines = people.into_iter().filter(|(name, _)| name != "Ana");
    lines.map(|(name, said)| format!("{name}: {}\n", said.join(" "))).collect()
}

#[test]
fn ballots_from_a_chat_are_previewed_stored_and_undone() {
    let mut friends = friends();
    let list = friends.run("page --markdown").ok().out;
    assert!(list.starts_with(&format!("**{LIST_HEADING}**\n")), "{list}");
    let chat = format!(
        "22/11/2026, 18:00 - Ben: 1\n22/11/2026, 19:40 - Ana: {list}\n22/11/2026, 19:42 - Ben: 2 4♥ not 3\n\
         22/11/2026, 19:43 - Cleo: Heat and Matrix, see you\n22/11/2026, 19:44 - Cleo: see you at 8\n"
    );
    let shown = paste(&mut friends, &chat, "--dry-run").ok().out;
    assert_trimmed_eq(
        &shown,
        "
Ben (new): yes to 2 Heat; ♥ 4 The Godfather; no to 3 Amélie
Cleo (new): yes to 1 The Matrix, 2 Heat
Not counted: 1 message
  Cleo: \"see you at 8\": \"at\" is not understood
",
    );
    assert_eq!(opinions(&friends), "");
    let error = paste(&mut friends, &chat, "").fails();
    assert!(error.contains("nothing was stored") && error.contains("--yes"), "{error}");
    let stored = paste(&mut friends, &chat, "--yes").ok().out;
    assert!(stored.ends_with("Stored the ballots of Ben and Cleo; movienight undo reverts this\n"), "{stored}");
    assert_eq!(opinions(&friends), "Ben: 2 !3 4♥\nCleo: 1 2\n");
    let again = paste(&mut friends, &chat, "--yes").ok().out;
    assert!(again.contains("Nothing to change"), "{again}");
    // All ballots are one change and are undone together.
    assert_eq!(friends.run("undo").ok().out, "Undid: Ana stored the ballots of Ben and Cleo from the chat, just now\n");
    assert_eq!(opinions(&friends), "");
    friends.run_all("Ana: redo\nBen: hide");
    assert_eq!(friends.run("undo").ok().out, "Undid: Ana stored ballots from the chat, just now\n");
    friends.run_all("Ana: redo\nBen: reveal");
    assert_eq!(opinions(&friends), "Ben: 2 !3 4♥\nCleo: 1 2\n");
}

#[track_caller]
fn assert_trimmed_eq(shown: &str, expected: &str) {
    assert_eq!(shown.trim(), expected.trim());
}

#[test]
fn a_later_paste_takes_back_what_the_thread_no_longer_says() {
    let mut friends = group("Ben Cleo");
    let ana = "Ana: who votes?\n";
    paste(&mut friends, &format!("{ana}Ben: 2 4\nCleo: 1"), "--yes").ok();
    friends.run("vote 5 --as Ben").ok();
    let shown = paste(&mut friends, &format!("{ana}Ben: 2 4\nBen: only 6\nCleo: 1"), "--yes").ok().out;
    assert!(shown.contains("Ben: yes to 6 Alien; takes back 2 Heat, 4 The Godfather"), "{shown}");
    assert_eq!(opinions(&friends), "Ben: 5 6\nCleo: 1\n");
    // Another thread takes nothing back.
    paste(&mut friends, "Cleo: 2", "--yes").ok();
    assert_eq!(opinions(&friends), "Ben: 5 6\nCleo: 1 2\n");
}

#[test]
fn votes_given_by_hand_since_are_not_taken_back() {
    let mut friends = group("Ben");
    let ana = "Ana: who votes?\n";
    paste(&mut friends, &format!("{ana}Ben: 2 4"), "--yes").ok();
    friends.later(std::time::Duration::from_secs(60));
    friends.run_all("Ben: unvote 4\nBen: vote 4");
    let shown = paste(&mut friends, &format!("{ana}Ben: 2 4\nBen: only 6"), "--yes").ok().out;
    assert!(shown.contains("Ben: yes to 6 Alien; takes back 2 Heat\n"), "{shown}");
    assert_eq!(opinions(&friends), "Ben: 4 6\n");
    // The next paste does not take it back either.
    friends.later(std::time::Duration::from_secs(60));
    paste(&mut friends, &format!("{ana}Ben: 2 4\nBen: only 6\nBen: only 5"), "--yes").ok();
    assert_eq!(opinions(&friends), "Ben: 4 5\n");
}

#[test]
fn a_list_in_several_messages_is_no_vote() {
    let mut friends = group("Ben");
    friends.run("vote 1 2 --as Ben").ok();
    let list = friends.run("page --markdown").ok().out;
    let (first, rest) = list.split_at(list.find("\n**3**").unwrap() + 1);
    let chat =
        format!("22/11/2026, 19:40 - Ana: {first}\n22/11/2026, 19:41 - Ana: {rest}\n22/11/2026, 19:42 - Ben: not 3\n");
    let ran = paste(&mut friends, &chat, "--yes").ok();
    assert!(ran.out.contains("…\": it looks like a part of the list\n"), "{ran:?}");
    assert!(!ran.err.contains("Not every message from Ana"), "{ran:?}");
    assert_eq!(opinions(&friends), "Ben: 1 2 !3\n");
    // An answer under a copy of the list is not found, and that is said.
    let ran = paste(&mut friends, &format!("22/11/2026, 19:43 - Ben: {list}\nnot 4\n"), "--yes").ok();
    assert_eq!(ran.out, "No message comes after the movie list, and only those count\n");
}

#[test]
fn more_than_three_noes_do_not_count() {
    let mut friends = group("Cleo");
    let shown = paste(&mut friends, "Ben: not 1 not 2 not 3 not 4\nCleo: not 5", "--yes").ok().out;
    assert!(shown.contains("says no to 4 movies: a person has at most 3 noes"), "{shown}");
    assert_eq!(opinions(&friends), "Cleo: !5\n");
    friends.run("vote --no 1 2 3 --as Ben").ok();
    let shown = paste(&mut friends, "Ben: not 5\nCleo: 4", "--yes").ok().out;
    assert!(shown.contains("says no to 4 movies: a person has at most 3 noes"), "{shown}");
    assert_eq!(opinions(&friends), "Ben: !1 !2 !3\nCleo: 4 !5\n");
    // Too many noes are not silence, which would take back the vote.
    paste(&mut friends, "Eve: 2", "--yes").ok();
    paste(&mut friends, "Eve: 2\nEve: not 1 not 3 not 4 not 5", "--yes").ok();
    assert!(opinions(&friends).ends_with("Eve: 2\n"));
}

#[test]
fn names_that_differ_in_an_accent_are_two_people() {
    let mut friends = friends();
    paste(&mut friends, "Ben: 2 not 1\nBén: 1 ❤️❤️\n", "--yes --name Ben=Ben --name Bén=Bén").ok();
    assert_eq!(opinions(&friends), "Ben: !1 2\nBén: 1♥\n");
}

#[test]
fn an_exported_chat_of_several_days_needs_since() {
    let friends = friends();
    let file = friends.folder.path().join("chat.txt");
    let file = file.to_str().unwrap();
    fs::write(file, "[20.11.26, 19:42:11] Ben: 1\n[22.11.26, 19:42:11] Ben: 2\n[22.11.26, 20:10:11] Cleo: 4\n")
        .unwrap();
    let error = friends.args(&["ballot", "--chat", file, "--yes"]).fails();
    assert!(error.contains("spans several days") && error.contains("--since"), "{error}");
    for (since, said) in [("20:00", "Cleo: 4\n"), ("today", "Ben: 2\nCleo: 4\n"), ("2026-11-20", "Ben: 1 2\nCleo: 4\n")]
    {
        friends.args(&["ballot", "--chat", file, "--yes", "--since", since]).ok();
        assert_eq!(opinions(&friends), said);
    }
    assert!(friends.args(&["ballot", "--chat", file, "--since", "soon"]).fails().contains("not a day or a time"));
    let out = friends.args(&["ballot", "--chat", file, "--since", "2026-11-23"]).ok().out;
    assert_eq!(out, "No message is newer than --since\n");
}

#[test]
fn a_chat_with_ambiguous_or_unordered_dates_is_refused() {
    let friends = friends();
    let file = friends.folder.path().join("chat.txt");
    let file = file.to_str().unwrap();
    for (days, why) in [(["05/11", "08/11"], "in two ways"), (["22/11", "20/11"], "not in chronological order")] {
        let line = |day: &str| format!("{day}/2026, 19:42 - Ben: 1\n");
        fs::write(file, days.map(line).concat()).unwrap();
        let error = friends.args(&["ballot", "--chat", file, "--yes"]).fails();
        assert!(error.contains(why), "{error}");
    }
    fs::write(file, "05/11/2026, 19:42 - Ben: 1\n05/11/2026, 19:50 - Ben: 2\n").unwrap();
    friends.args(&["ballot", "--chat", file, "--yes"]).ok();
    assert_eq!(opinions(&friends), "Ben: 1 2\n");
}

#[test]
fn since_with_a_time_still_to_come_means_yesterday() {
    let mut friends = friends();
    // It is 21:00 on 22 November.
    let chat = "[21.11.26, 22:59:11] Cleo: 3\n[21.11.26, 23:42:11] Cleo: 1\n[22.11.26, 20:10:11] Ben: 2";
    paste(&mut friends, chat, "--yes --since 23:00").ok();
    assert_eq!(opinions(&friends), "Ben: 2\nCleo: 1\n");
}

#[test]
fn a_thread_of_another_evening_takes_nothing_back() {
    let mut friends = group("Eve Fay");
    paste(&mut friends, "Ben: 5\nEve: 2", "--yes").ok();
    friends.later(std::time::Duration::from_secs(7 * 86_400));
    let shown = paste(&mut friends, "Ben: 5\nFay: 3", "--yes").ok().out;
    assert!(!shown.contains("takes back"), "{shown}");
    paste(&mut friends, "[22.11.26, 19:42:00] Ben: 5\n[22.11.26, 19:43:00] Eve: 4", "--yes").ok();
    paste(&mut friends, "[29.11.26, 19:42:00] Ben: 5\n[29.11.26, 19:43:00] Fay: 4", "--yes").ok();
    assert_eq!(opinions(&friends), "Ben: 5\nEve: 2 4\nFay: 3 4\n");
}

#[test]
fn messages_of_unknown_senders_do_not_count() {
    let mut friends = friends();
    let shown = paste(&mut friends, "[22.11.26, 19:42:00] Me: 4\n[22.11.26, 19:43:00] Ben: 2", "--yes").ok().out;
    friends.run("seen 1 --as Gus").ok();
    assert!(shown.contains("unknown sender: name the person with --name Me=NAME"), "{shown}");
    let ran = paste(&mut friends, "Me: 4\nGus: 2", "--yes --name Me=Eve --name Nope=Zed").ok();
    assert!(ran.err.contains("--name: nobody in the chat is called \"Nope\""), "{}", ran.err);
    assert_eq!(opinions(&friends), "Ben: 2\nEve: 4\nGus: 2\n");
    // A sender is still recognized after the voter was renamed.
    friends.run("voters rename Gus Gustav --as Gus").ok();
    let shown = paste(&mut friends, "Me: 4\nGus: 3", "--yes").ok().out;
    assert!(shown.contains("Gustav: yes to 3 Amélie; takes back 2 Heat"), "{shown}");
    assert_eq!(opinions(&friends), "Ben: 2\nEve: 4\nGustav: 3\n");
}

#[test]
fn too_many_hidden_noes_affect_only_their_voter() {
    let mut friends = group("Dan");
    friends.run("vote --no 2 3 4 --as Ben").ok();
    friends.run("hide").ok();
    let ran = paste(&mut friends, "Ben: not 1, not 5\nDan: 6", "--yes --json");
    let document = ran.json();
    assert_eq!(document["not_understood"][0]["voter"], "Ben", "{document}");
    assert_eq!(document["not_understood"][0]["reason"], "a person has at most 3 noes on the board");
    friends.run("reveal").ok();
    assert_eq!(opinions(&friends), "Ben: !2 !3 !4\nDan: 6\n");
}

#[test]
fn an_export_of_all_chats_of_telegram_is_refused() {
    let mut friends = friends();
    let error = paste(&mut friends, r#"{"about": "", "chats": {"about": "", "list": []}}"#, "--yes").fails();
    assert!(error.contains("does not contain exactly one chat"), "{error}");
}

#[test]
fn lines_of_a_list_are_not_ballots() {
    let mut friends = friends();
    for list in [
        "Ana: shopping list\nPizza: 2\nBeers: 6\nNachos: 3",
        "Ana: the game is over\n3:1\nScore: 2",
        "Ana: 2\nScore: 2",
    ] {
        let shown = paste(&mut friends, list, "--yes").ok().out;
        assert!(shown.contains("may be part of the previous message: if not, use --name "), "{shown}");
        assert_eq!(opinions(&friends), "", "{list}");
    }
    // Senders count if they are known or named with `--name`, and so does the first sender.
    paste(&mut friends, "Ana: shopping list\nBeers: 6", "--yes --name Beers=Ben").ok();
    paste(&mut friends, "Gus: 2\nBeers: 1\nCleo: 2\nDan: 4", "--yes --name Cleo").ok();
    assert_eq!(opinions(&friends), "Ben: 1 6\nCleo: 2\nGus: 2\n");
}

#[test]
fn an_error_is_one_json_document() {
    let mut friends = friends();
    friends.stdin = "junk\n".into();
    let error = friends.run("ballot Ben --plain --json").fails();
    assert!(serde_json::from_str::<Value>(&error).is_ok(), "{error}");
}

#[test]
fn ballots_from_a_chat_are_printed_as_json() {
    let mut friends = friends();
    let chat = "Ben: 2 4♥ not 3\nCleo: maybe 1\nAna: where?\nYou: hi\nCleo Marie: hm?";
    let document = paste(&mut friends, chat, "--json --yes").json();
    let expected = json!({
        "ballots": [{"voter": "Ben", "yes": [2, 4], "favorite": 4, "no": [3]}],
        "not_understood": [
            {"voter": "Cleo", "text": "maybe 1", "reason": "\"maybe\" is not understood"},
            {"voter": "Ana", "text": "where?", "reason": "\"where\" is not understood"},
            {"voter": "Cleo Marie", "text": "hm?", "reason": "a question is not a vote"},
        ],
        "without_ballot": ["Cleo", "Cleo Marie"],
        "stored": true, "new_voter": "Ben",
        "warnings": [],
    });
    assert_eq!(document, expected);
}

#[test]
fn lines_on_standard_input_are_ballots() {
    let mut friends = friends();
    friends.stdin = "2 4♥ not 3\nHeat\n".into();
    let ran = friends.run("ballot Ben Cleo Dan").ok();
    assert_eq!(ran.out, "Stored the ballot of Ben\nStored the ballot of Cleo\n");
    assert!(ran.err.contains("2 Heat\n"), "{}", ran.err);
    assert_eq!(opinions(&friends), "Ben: 2 !3 4♥\nCleo: 2\n");
    friends.stdin = "only 4 2\n".into();
    friends.run("ballot Ben").ok();
    assert!(opinions(&friends).starts_with("Ben: 2 4\n"), "{}", opinions(&friends));
    friends.stdin = "only 1\n".into();
    friends.run("ballot Ben").ok();
    friends.run("undo --as Cleo").ok();
    assert_eq!(opinions(&friends), "Ben: 1\n");
    friends.stdin = "1\nmaybe 2\n".into();
    let error = friends.run("ballot Ben Cleo").fails();
    assert!(error.contains("Stopped; nothing was stored\nerror: Cleo: \"maybe\" is not understood"), "{error}");
    friends.stdin = "2\nmaybe 2\n".into();
    let error = friends.run("ballot Ben Cleo").fails();
    assert!(error.contains("Stopped; stored: Ben\nerror: Cleo: \"maybe\" is not understood"), "{error}");
    friends.asks = true;
    friends.stdin = "eh\neh\neh\neh\n2\n1\n".into();
    let ran = friends.run("ballot --plain Ben Eve").ok();
    assert!(ran.out.ends_with("Stored the ballot of Eve\n"), "{ran:?}");
    friends.run("undo --as Eve").ok();
    friends.asks = false;
    friends.stdin = "2\n".into();
    let ran = friends.run("ballot Ben").ok();
    assert_eq!(ran.out, "Ben's votes are unchanged\n", "what was said is what the board has");
    friends.stdin = "2\n".into();
    assert_eq!(friends.run("ballot Ben --json").json()["stored"], false);
}

#[test]
fn the_chat_is_pasted_and_confirmed_at_a_terminal() {
    use crate::support::terminal::Terminal;
    let friends = friends();
    friends.run("vote 1 --as Ben").ok();
    let terminal = Terminal::movienight("ballot --chat", &friends, 80, 24);
    terminal.wait_for("Ctrl-D");
    terminal.types("Ben Müller: 2 4\nCleo: Heat\n\x04");
    terminal.wait_for("Is Ben Müller in the chat the same person as Ben?");
    terminal.types("y\n");
    terminal.wait_for("Store these ballots?");
    terminal.types("y\n");
    let (screen, printed, status) = terminal.end();
    assert!(status.success() && screen.contains("Stored the ballots of Ben and Cleo"), "{printed}");
    assert_eq!(opinions(&friends), "Ben: 1 2 4\nCleo: 2\n");
}

#[test]
fn voters_whose_possible_votes_were_not_counted_are_named() {
    let mut friends = group("Ben Cleo");
    let chat = "Ben: 2\nBen: or maybe 3\nCleo: 1\nCleo: see you at 8, I bring 3 pizzas";
    let ran = paste(&mut friends, chat, "--yes").ok();
    let expected = "Not every message from Ben was counted. Ask again, or enter the votes:\n  movienight ballot Ben\n";
    assert!(ran.err.contains(expected), "{ran:?}");
    for message in ["changed my mind: 3, 4", "put me down for 2 and 4", "honestly I can only say: 4♥ and 3"] {
        let ran = paste(&mut friends, &format!("Ben: {message}"), "--dry-run").ok();
        assert!(ran.err.contains(expected), "{message}: {ran:?}");
    }
    // All of it is understood, and it contradicts itself.
    let ran = paste(&mut friends, "Ben: 1 2 3 and 4, but not 1", "--dry-run").ok();
    assert!(ran.err.contains(expected), "{ran:?}");
}
