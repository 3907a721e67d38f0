//! Taking back one's own change, somebody else's, and what stands in the way.

use std::time::Duration;

use movienight::model::{ProposalNumber, VoterName};
use serde_json::json;
use time::UtcDateTime;

use crate::support::{EVENING, Friends};

fn friends() -> Friends {
    let friends = Friends::offline();
    friends.run("propose tt0000001 tt0000002 --as Ana").ok();
    friends
}

#[test]
fn what_people_take_back_is_their_own_unless_they_say_otherwise() {
    let friends = friends();
    friends.run("vote 1 --as Ben").ok();
    friends.later(Duration::from_secs(60));
    friends.run("vote 2 --as Cleo").ok();
    assert_eq!(friends.run("undo --as Ben").ok().out, "took back: Ben's vote for tt0000001, 1 minute ago\n");
    let error = friends.run("undo --as Ben").fails();
    let expected =
        "Ben has nothing to take back; the last change is Cleo's vote for tt0000002, just now: movienight undo --any";
    assert!(error.contains(expected), "{error}");
    assert_eq!(friends.run("undo --any --as Ben").ok().out, "took back: Cleo's vote for tt0000002, just now\n");
    assert_eq!(friends.run("vote --json").json()["voters"], json!(["Ana"]), "who has left no trace is gone");
    // Ben took it back, so Ben does it again.
    assert!(friends.run("redo --as Cleo").fails().contains("Cleo has taken nothing back"));
    assert_eq!(friends.run("redo --as Ben").ok().out, "done again: Cleo's vote for tt0000002, just now\n");
}

#[test]
fn a_new_change_ends_what_can_be_done_again() {
    let friends = friends();
    friends.run("vote 1 --as Ben").ok();
    friends.run("undo --as Ben").ok();
    friends.run("unvote 1 --as Ana").ok();
    friends.run("redo --as Ben").ok();
    friends.run("undo --as Ben").ok();
    friends.run("vote 2 --as Ben").ok();
    assert!(friends.run("redo --as Ben").fails().contains("Ben has taken nothing back that can be done again"));
}

#[test]
fn nothing_is_taken_back_that_somebody_has_built_upon() {
    let friends = friends();
    friends.run("withdraw 1 --as Ben").ok();
    friends.run("propose tt0000001 --as Cleo").ok();
    let error = friends.run("undo --as Ben").fails();
    let expected = "Ben's withdrawal of tt0000001 cannot be taken back: Cleo's proposal of tt0000001 came after it";
    assert!(error.contains(expected), "{error}");
    assert!(error.contains("take that back first"), "{error}");
    // Her own next change is no obstacle to the change before it, once it is taken back.
    friends.run("undo --as Cleo").ok();
    friends.run("undo --as Ben").ok();
    friends.run("propose tt0000003 --as Dan").ok();
    friends.run("undo --as Dan").ok();
    friends.run("propose tt0000003 --as Ben").ok();
    let error = friends.run("redo --as Dan").fails();
    assert!(error.contains("Dan's proposal of tt0000003 cannot be done again: Ben's proposal"), "{error}");
}

#[test]
fn a_proposal_that_others_want_stays_without_my_vote() {
    let friends = friends();
    friends.run("vote 2 --as Ben").ok();
    let out = friends.run("undo --as Ana").ok().out;
    assert!(out.ends_with("\ntt0000002 stays on the board, because others voted for it\n"), "{out}");
    let board = friends.run("vote --json").json();
    assert_eq!(board["proposals"].as_array().unwrap().len(), 1);
    assert_eq!(board["proposals"][0]["voters"], json!(["Ben"]));
    friends.run("redo --as Ana").ok();
    let board = friends.run("vote --json").json();
    assert_eq!(board["proposals"][0]["voters"], json!(["Ana", "Ben"]));
    assert_eq!(board["proposals"][1]["number"], 1, "the same number as before");
}

#[test]
fn votes_that_were_taken_back_push_no_change_out_of_the_record() {
    let friends = friends();
    for _ in 0..100 {
        friends.run("vote 1 --as Ben").ok();
        friends.run("undo --as Ben").ok();
    }
    assert_eq!(
        friends.run("undo --as Ana").ok().out,
        "took back: Ana's proposal of tt0000001 and tt0000002, just now\n"
    );
    // A hundred that stand are kept, and whatever is younger than a day.
    for n in 1..=60 {
        friends.run(&format!("propose tt00001{n:02} --as Ana")).ok();
        friends.run(&format!("unvote tt00001{n:02} --as Ana")).ok();
    }
    let kept = "SELECT count(*) FROM changes WHERE undone_at IS NULL";
    assert_eq!(friends.sql::<i64>(kept), 120);
    friends.later(Duration::from_secs(25 * 60 * 60));
    friends.run("propose tt0000200 --as Ana").ok();
    assert_eq!(friends.sql::<i64>(kept), 100);
}

#[test]
fn a_cached_row_that_cannot_be_read_is_as_good_as_none() {
    let friends = friends();
    friends.run("vote 1 --as Ben").ok();
    for data in ["'{'", "'[]'", "'{\"title\":\"One\",\"year\":\"nineteen\"}'"] {
        friends.execute(&format!(
            "INSERT INTO imdb_cache (imdb_id, cached_imdb_data, cached_at, source) VALUES ('tt0000001', {data}, 1795377600, 'x')
             ON CONFLICT (imdb_id) DO UPDATE SET cached_imdb_data = excluded.cached_imdb_data"
        ));
        assert_eq!(friends.run("vote --json").json()["proposals"][0]["cache"], "missing", "{data}");
        friends.run("undo --as Ben").ok();
        friends.run("redo --as Ben").ok();
        for line in ["pick", "history", "show 1", "undo --list", "cache stats", "voters"] {
            friends.run(line).ok();
        }
    }
}

#[test]
fn a_person_has_one_favourite_whatever_is_taken_back() {
    for leave in ["watched 1 --as Ben", "withdraw 1 --as Ben"] {
        let friends = friends();
        friends.run("vote --favorite 1 --as Ana").ok();
        friends.run(leave).ok();
        friends.run("vote --favorite 2 --as Ana").ok();
        friends.run("undo --as Ben").ok();
        let board = friends.run("vote --json").json();
        let favored: Vec<_> = board["proposals"].as_array().unwrap().iter().filter(|p| p["favorites"] == 1).collect();
        assert_eq!((favored.len(), &favored[0]["number"]), (1, &json!(2)), "{leave}");
    }
}

#[test]
fn what_was_brought_back_stays_when_others_have_voted_for_it_since() {
    let friends = friends();
    friends.run("withdraw 1 --as Ana").ok();
    friends.run("propose tt0000001 --as Ana").ok();
    friends.run("vote 1 --as Ben").ok();
    let out = friends.run("undo --as Ana").ok().out;
    assert!(out.contains("tt0000001 stays on the board, because others voted for it"), "{out}");
}

#[test]
fn a_vote_for_what_has_left_the_board_meanwhile_is_not_taken_back() {
    let friends = friends();
    friends.run("vote --favorite 1 --as Ben").ok();
    let mut store = friends.store();
    friends.run("watched 1 --as Ana").ok();
    let (ben, now) = (VoterName::parse("Ben").unwrap(), UtcDateTime::from_unix_timestamp(EVENING).unwrap());
    for error in [
        store.unvote(&ben, now, &[ProposalNumber(1)]).map(drop).unwrap_err(),
        store.unfavor(&ben, now, &[ProposalNumber(1)]).map(drop).unwrap_err(),
    ] {
        assert!(error.to_string().contains("off the board just now"), "{error}");
    }
    let watched = friends.run("history --json").json()["watched"][0].clone();
    assert_eq!(watched["voters"], json!(["Ana", "Ben"]));
}

#[test]
fn a_withdrawal_is_not_taken_back_for_another_of_the_same_second() {
    let friends = Friends::offline();
    for line in
        ["propose tt0000012 --as Ana", "withdraw 1 --as Dan", "propose tt0000012 --as Cleo", "withdraw 1 --as Cleo"]
    {
        friends.run(line).ok();
    }
    let error = friends.run("undo --as Dan").fails();
    assert!(error.contains("Cleo"), "{error}");
    friends.run("undo --as Cleo").ok();
}

#[test]
fn what_stays_on_the_board_blocks_nothing_older() {
    let friends = Friends::offline();
    friends.run_all(
        "Ana: propose tt0000001
         Ana: propose tt0000002
         Ana: withdraw 2
         Ben: propose tt0000002
         Cleo: vote 2
         Ben: undo
         Cleo: undo
         Ana: undo
         Ana: undo
         Ana: undo",
    );
    assert_eq!(friends.run("vote --json").json()["proposals"], json!([]));
    friends.run_all("Ana: redo\nAna: redo\nAna: redo");
    assert_eq!(friends.run("vote --json").json()["proposals"].as_array().unwrap().len(), 1);
}

#[test]
fn a_favourite_that_a_returning_movie_lost_is_found_again() {
    let off = ["watched 1", "withdraw 1"];
    for line in off {
        let friends = Friends::offline();
        friends.run_all("Ana: propose tt0000001\nAna: propose tt0000002\nBen: vote --favorite 1");
        friends.run_all(&format!("Ana: {line}\nBen: vote --favorite 2\nAna: undo"));
        // Without doing it again, and with.
        friends.run_all("Ben: undo\nBen: undo\nBen: redo\nBen: redo");
        friends.run_all("Ana: redo\nBen: undo\nBen: undo");
        assert_eq!(friends.run("vote --json").json()["voters"], json!(["Ana"]), "{line}");
    }
    let friends = Friends::offline();
    friends.run_all("Ana: propose tt0000001\nAna: propose tt0000002\nBen: vote --favorite 1\nAna: withdraw 1");
    friends.run_all("Ben: vote --favorite 2\nAna: undo\nBen: unvote 1\nAna: redo\nAna: propose tt0000001");
    assert_eq!(friends.run("vote --json").json()["proposals"][0]["favorite_of"], json!(["Ben"]));
}

#[test]
fn a_title_of_ones_own_stands_on_the_board_once() {
    let friends = Friends::offline();
    friends.run_all("Ana: propose --title Wedding\nAna: watched 1\nBen: propose --title WEDDING");
    let error = friends.run("undo --as Ana").fails();
    assert!(error.contains("Ben's proposal of WEDDING came after it"), "{error}");
}

#[test]
fn what_stayed_for_others_goes_when_they_want_it_no_more() {
    let friends = Friends::offline();
    friends.run_all("Ana: propose tt0000001 tt0000002\nBen: vote 1\nAna: undo\nBen: unvote 1\nAna: redo\nAna: undo");
    assert_eq!(friends.run("vote --json").json()["proposals"], json!([]));
}

#[test]
fn what_is_gone_is_named_by_its_number() {
    let friends = Friends::offline();
    friends.run_all("Ana: propose tt0000001\nBen: vote 1\nBen: undo\nAna: undo");
    let list = friends.run("undo --list").ok().out;
    assert!(list.contains("Ben's vote for number 1, just now (taken back)"), "{list}");
    let error = friends.run("redo --as Ben").fails();
    assert!(error.contains("number 1 is not there any more: its proposal was taken back"), "{error}");
}
