//! The life of a no: said, taken back, undone, lapsed.

use serde_json::{Value, json};

use crate::support::Friends;

/// Returns friends with five movies by Ana, which have no votes.
fn friends() -> Friends {
    let friends = Friends::offline();
    for title in ["Heat", "Alien", "Brazil", "Dune", "Evita"] {
        friends.args(&["propose", "--title", title, "--as", "Ana"]).ok();
    }
    friends.run("unvote 1 2 3 4 5 --as Ana").ok();
    friends
}

/// Returns who said no to a movie on the board.
fn no_of(friends: &Friends, number: i64) -> Value {
    let board = friends.run("vote --json").json();
    board["proposals"].as_array().unwrap().iter().find(|movie| movie["number"] == number).unwrap()["no_of"].clone()
}

#[test]
fn every_change_of_an_opinion_is_reported() {
    let friends = friends();
    for (line, said, outcome) in [
        ("vote --no heat", "Ben said no to Heat", "no"),
        ("vote --no heat", "Ben had said no to Heat already", "already_no"),
        ("vote heat", "Ben voted for Heat, instead of a no", "voted"),
        ("vote --favorite heat", "Heat is Ben's favourite now", "favorite"),
        ("vote --no heat", "Ben said no to Heat, instead of a vote", "no"),
        ("unvote --favorite heat", "Heat was not Ben's favourite", "was_no_favorite"),
        ("unvote heat", "Ben took back the no to Heat", "removed"),
        ("unvote heat", "Ben had no vote for Heat", "had_none"),
    ] {
        let before = friends.sql::<i64>("SELECT count(*) FROM changes");
        assert_eq!(friends.run(&format!("{line} --as Ben")).ok().out, format!("{said}\n"));
        if friends.sql::<i64>("SELECT count(*) FROM changes") > before {
            friends.run("undo --as Ben").ok();
        }
        assert_eq!(friends.run(&format!("{line} --as Ben --json")).json()["votes"][0]["outcome"], outcome, "{line}");
    }
    assert_eq!(friends.run("vote --no --favorite heat").code, 2);
    assert_eq!(friends.run("vote --no").code, 2);
    let listed = friends.run("undo --list").ok().out;
    assert!(listed.contains("Ben took back the no to Heat") && listed.contains("Ben said no to Heat"), "{listed}");
}

#[test]
fn a_fourth_no_is_refused_and_the_three_are_listed() {
    let friends = friends();
    friends.run("vote 3 --as Dan").ok();
    friends.run("vote --no 1 2 3 --as Ben").ok();
    let error = friends.run("vote --no 4 --as Ben").fails();
    assert_eq!(
        error,
        "error: a person has at most 3 noes on the board, and Ben says no to Heat, Alien and Brazil already: take one back: \
         movienight unvote 1 --as Ben or movienight unvote 2 --as Ben or movienight unvote 3 --as Ben\n"
    );
    assert!(friends.run("vote --no 1 2 3 4 --as Cleo").fails().contains("a person has at most 3 noes on the board"));
    assert_eq!(no_of(&friends, 4), json!([]), "nothing of it is stored");
    friends.run("vote --no 1 --as Ben").ok();
    friends.run("unvote 1 --as Ben").ok();
    friends.run("vote --no 4 --as Ben").ok();
    // Movies that left the board are not counted.
    friends.run("withdraw 2 --as Ana").ok();
    friends.run("vote --no 5 --as Ben").ok();
}

#[test]
fn proposing_a_movie_turns_ones_own_no_into_a_vote() {
    let friends = friends();
    friends.run("vote --no 1 2 --as Ben").ok();
    let out = friends.args(&["propose", "--title", "Heat", "--as", "Ben"]).ok().out;
    assert_eq!(out, "Heat: Ben's no is now a vote\n");
    friends.run("withdraw 2 --as Ana").ok();
    let out = friends.args(&["propose", "--title", "Alien", "--as", "Ben"]).ok().out;
    assert_eq!(out, "Ben brought back Alien, with the votes it had; Ben's no is now a vote\n");
    let movie = friends.run("show 2 --json").json();
    assert_eq!((&movie["voters"], &movie["no_of"]), (&json!(["Ben"]), &json!([])));
}

#[test]
fn the_no_of_a_returning_movie_lapses_if_its_owner_has_three() {
    let friends = friends();
    friends.run("vote --no 1 2 --as Ben").ok();
    friends.run("vote --no 1 --as Cleo").ok();
    friends.run("withdraw 1 --as Ana").ok();
    let export = friends.folder.path().join("export.json");
    std::fs::write(&export, friends.run("export").ok().out).unwrap();
    friends.run("vote --no 3 4 --as Ben").ok();
    let ran = friends.args(&["propose", "--title", "Heat", "--as", "Dan"]).ok();
    let but = "with the votes it had, but for a no or a favourite that would be one too many\n";
    assert!(ran.out.ends_with(but), "{ran:?}");
    assert_eq!(no_of(&friends, 1), json!(["Cleo"]));
    let imported = friends.args(&["import", export.to_str().unwrap(), "--as", "Ana"]).ok().out;
    assert_eq!(imported, "Nothing changed\nLeft out 1 no: a person has at most 3 noes on the board\n");
    friends.run("undo --as Dan").ok();
    // Now that Ben has taken back another no, this one comes back with the movie.
    friends.run("unvote 4 --as Ben").ok();
    let ran = friends.args(&["propose", "--title", "Heat", "--as", "Dan"]).ok();
    assert!(ran.out.ends_with("brought back Heat, with the votes it had\n"), "{ran:?}");
    assert_eq!(no_of(&friends, 1), json!(["Ben", "Cleo"]));
}

#[test]
fn an_undo_that_would_give_somebody_four_noes_is_refused() {
    let friends = friends();
    friends.run("vote --no 1 2 3 --as Ben").ok();
    friends.run("withdraw 1 --as Ana").ok();
    friends.run("vote --no 4 --as Ben").ok();
    let error = friends.run("undo --as Ana").fails();
    assert!(error.contains("cannot undo: Ana withdrew Heat, but since then Ben said no to Dune"), "{error}");
    assert!(error.contains("use movienight propose --title=Heat instead"), "{error}");
    friends.args(&["propose", "--title", "Heat", "--as", "Ana"]).ok();
    assert_eq!(no_of(&friends, 1), json!([]));
}

#[test]
fn a_merge_keeps_the_opinions_of_the_remaining_person() {
    let friends = friends();
    friends.run_all(
        "Benny: vote --favorite 1
         Benny: vote --no 2 3 4
         Ben: vote --no 1 5
         Ben: vote 2",
    );
    friends.run("voters merge Benny Ben --as Ana").ok();
    let movies = friends.run("show 1 2 3 4 5 --json").ok().out;
    let movies: Vec<Value> = movies.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let opinions: Vec<_> = movies.iter().map(|movie| (movie["voters"].clone(), movie["no_of"].clone())).collect();
    let (ben, nobody) = (json!(["Ben"]), json!([]));
    let (yes, no, nothing) = ((ben.clone(), nobody.clone()), (nobody.clone(), ben), (nobody.clone(), nobody));
    assert_eq!(opinions, [no.clone(), yes, no.clone(), nothing, no], "one of the four noes lapsed");
    friends.run("undo --as Ana").ok();
    assert_eq!(no_of(&friends, 4), json!(["Benny"]));
}

#[test]
fn noes_are_shown_wherever_votes_are() {
    let mut friends = friends();
    friends.run_all(
        "Ana: vote 1 2
         Ben: vote --favorite 1
         Cleo: vote --no 1
         Cleo: vote 2
         Dan: vote --no 3",
    );
    friends.terminal = Some(70);
    assert_eq!(
        friends.run("vote --as Cleo --color never").ok().out,
        "\
#  Movie   Votes  ✗  Voters            Proposed by
2  Alien     ● 2     Ana, Cleo         Ana
1  Heat      ✗ 2  1  Ben♥, Ana, Cleo✗  Ana
4  Dune        0                       Ana
5  Evita       0                       Ana
3  Brazil      0  1  Dan✗              Ana
5 movies · 4 votes and 2 noes by 4 people · ● your votes (Cleo)
"
    );
    friends.terminal = None;
    assert!(friends.run("show 1").ok().out.contains("Votes        2: Ana, Ben♥\nNoes         1: Cleo\n"));
    let list = friends.run("page --markdown").ok().out;
    assert!(list.contains("**1** · Heat · 2 votes and 1 no · ♥ 1\nAna, Ben ♥, Cleo ✗\n"), "{list}");
    let hidden = friends.run("page --markdown --hide-names").ok().out;
    assert!(hidden.contains("2 votes and 1 no") && !hidden.contains("Cleo"), "{hidden}");
    let page = friends.run("page").ok().out;
    assert!(page.contains("2 votes and 1 no") && page.contains("Cleo <span role=\"img\" aria-label=\"no\">✗</span>"));
    let page = friends.run("page --json").json();
    assert_eq!((&page["movies"][1]["noes"], &page["movies"][1]["no_of"]), (&json!(1), &json!(["Cleo"])));
    assert_eq!(
        friends.run("pick").ok().out.lines().nth(1),
        Some("2 votes, 1 more than Heat, which has 2 votes minus 1 no.")
    );
    friends.terminal = Some(30);
    let narrow = friends.run("vote --color never").ok().out;
    assert!(narrow.contains("✗1"), "noes are counted where they cannot be named: {narrow}");
    friends.run("watched 1").ok();
    let history = friends.run("history --json").json();
    assert_eq!((&history["watched"][0]["votes"], &history["watched"][0]["no_of"]), (&json!(2), &json!(["Cleo"])));
    friends.terminal = None;
    assert!(friends.run("history").ok().out.contains("Ana, Ben, Cleo✗"));
}

#[test]
fn a_draw_never_takes_a_movie_without_a_positive_score() {
    let friends = friends();
    friends.run_all(
        "Ana: vote 1 2 3
         Ben: vote --no 2
         Ben: vote 3",
    );
    for _ in 0..20 {
        let pick = friends.run("pick --random --json").json();
        assert_ne!(pick["winner"]["number"], 2);
        assert_eq!(pick["random"]["among"], 2);
    }
}

#[test]
fn a_withdrawn_movie_keeps_its_noes() {
    let friends = Friends::offline();
    friends.run_all("Ana: propose --title One\nBen: vote --no 1\nCleo: vote --no 1");
    assert_eq!(friends.run("withdraw 1").ok().out, "Withdrew One; its 1 vote and 2 noes are kept\n");
}

#[test]
fn the_ranking_on_a_terminal_has_no_gap() {
    let mut friends = friends();
    friends.args(&["propose", "--title", "Fargo", "--as", "Ana"]).ok();
    friends.run("unvote 6 --as Ana").ok();
    for (at, name) in ["Ana", "Ben", "Cleo", "Dan", "Eve", "Finn"].iter().enumerate() {
        friends.run(&format!("vote 1 --as {name}")).ok();
        if at < 3 {
            friends.run(&format!("vote --favorite {} --as {name}", at + 2)).ok();
            friends.run(&format!("vote --no {} --as {name}", (at + 1) % 3 + 2)).ok();
        }
    }
    let lines = |friends: &Friends| -> Vec<String> {
        let out = friends.run("pick --color never").ok().out;
        let rows = out.lines().skip_while(|line| !line.starts_with('#')).skip(1);
        rows.map(|row| row.split_whitespace().next().unwrap().to_owned()).collect()
    };
    let all = lines(&friends);
    assert_eq!(all, ["1", "5", "6", "2", "3", "4"]);
    friends.terminal = Some(80);
    assert_eq!(lines(&friends), all);
    // Movies without an opinion are left out at the end, if that saves a line.
    friends.run_all("Ana: unvote 2 3\nBen: unvote 3 4\nCleo: unvote 4 2\nDan: vote 2");
    assert_eq!(lines(&friends), ["1", "2", "…"]);
    friends.run("withdraw 4 5 6").ok();
    assert_eq!(lines(&friends), ["1", "2", "3"]);
}
