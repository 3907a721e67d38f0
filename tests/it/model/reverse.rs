//! Random changes by one person, whatever others did before, are undone and redone exactly. What cannot be undone or
//! redone is refused with a command that works as printed.

use serde_json::{Value, json};

use super::in_threads;
use crate::support::Friends;

const PEOPLE: [&str; 5] = ["Ana", "Ben", "Cleo", "Dan", "Eve"];

/// Returns what everybody can see of the board.
fn seen(friends: &Friends) -> Value {
    let (board, history) = (friends.run("vote --json").json(), friends.run("history --json").json());
    let movies = |list: &Value, fields: &[&str]| -> Vec<Value> {
        let movie = |movie: &Value| fields.iter().map(|field| movie[*field].clone()).collect();
        list.as_array().unwrap().iter().map(movie).collect()
    };
    let voters = friends.run("voters --json").json();
    let people: Vec<&Value> =
        voters["voters"].as_array().unwrap().iter().flat_map(|voter| [&voter["name"], &voter["votes"]]).collect();
    json!({
        "on board": movies(&board["proposals"], &["number", "imdb_id", "note", "proposed_by", "voters", "favorite_of", "no_of", "notes", "seen_by"]),
        "watched": movies(&history["watched"], &["number", "imdb_id", "proposed_by", "voters", "no_of", "notes", "seen_by", "present"]),
        "people": people,
    })
}

fn random_command(rng: &mut fastrand::Rng, friends: &Friends) -> String {
    let board = friends.run("vote --json").json();
    let numbers: Vec<Value> = board["proposals"].as_array().unwrap().iter().map(|m| m["number"].clone()).collect();
    let mut person = || PEOPLE[rng.usize(..PEOPLE.len())];
    let (one, other) = (person(), person());
    let number = if numbers.is_empty() { Value::Null } else { numbers[rng.usize(..numbers.len())].clone() };
    match rng.u32(..if numbers.is_empty() { 5 } else { 20 }) {
        0 => format!("voters rename {one} {other}"),
        1 => format!("voters merge {one} {other}"),
        2 => format!("voters remove {one}"),
        3..5 => format!("propose --again tt00000{:02} --note note{}", rng.u32(1..9), rng.u32(..3)),
        5..10 => format!("vote {number}"),
        10..12 => format!("vote --favorite {number}"),
        12 => format!("unvote {number}"),
        13 => format!("unvote --favorite {number}"),
        14..16 => format!("vote --no {number}"),
        17 => format!("seen {number}"),
        18 => format!("seen --not {number}"),
        16 => format!("withdraw {number}"),
        _ => format!("watched {number} --here {one} --here {other}"),
    }
}

/// Returns the command that a refused undo or redo names. `None` if there is none.
fn printed_command(error: &str) -> Option<String> {
    let (_, hint) = error.strip_prefix("error: cannot ").and_then(|error| error.rsplit_once("movienight "))?;
    let command = hint.trim_end().trim_end_matches(" instead").trim_end_matches(" shows the changes since");
    Some(command.to_owned())
}

/// Returns the id of the last change that is not undone, or 0.
fn last_change(friends: &Friends) -> i64 {
    friends.sql("SELECT coalesce(max(id), 0) FROM changes WHERE undone_at IS NULL")
}

fn run(seed: u64, rounds: usize) {
    let mut rng = fastrand::Rng::with_seed(seed);
    let friends = Friends::offline();
    friends.make_board();
    let mut done = vec!["propose tt0000001 --as Ana".to_owned()];
    friends.run(&done[0]);
    for _ in 0..rounds {
        for _ in 0..rng.usize(..6) {
            let who = PEOPLE[rng.usize(..PEOPLE.len())];
            let line = match rng.u32(..10) {
                0..3 => "undo".to_owned(),
                3 => "undo --any".to_owned(),
                4 => "redo".to_owned(),
                _ => random_command(&mut rng, &friends),
            };
            done.push(format!("{line} --as {who}"));
            let ran = friends.run(done.last().unwrap());
            if let Some(command) = printed_command(&ran.err) {
                done.push(command);
                let again = friends.run(done.last().unwrap());
                assert_eq!(again.code, 0, "MOVIENIGHT_SEED={seed}: {ran:?}\n{again:?}\n{}", done.join("\n"));
            }
            friends.later(std::time::Duration::from_secs(rng.u64(..2)));
        }
        let who = PEOPLE[rng.usize(..PEOPLE.len())];
        let mut states = vec![seen(&friends)];
        for _ in 0..rng.usize(1..5) {
            let last = last_change(&friends);
            let line = random_command(&mut rng, &friends);
            done.push(format!("{line} --as {who}"));
            friends.run(done.last().unwrap());
            friends.later(std::time::Duration::from_secs(rng.u64(..2)));
            if last_change(&friends) > last {
                states.push(seen(&friends));
            }
        }
        let back = (0..states.len() - 1).rev().map(|at| ("undo --any", at));
        let again = (1..states.len()).map(|at| ("redo", at));
        for (word, at) in back.chain(again) {
            done.push(format!("{word} --as {who}"));
            let ran = friends.run(done.last().unwrap());
            let now = seen(&friends);
            if ran.code != 0 || now != states[at] {
                let last = done[done.len().saturating_sub(40)..].join("\n");
                panic!(
                    "MOVIENIGHT_SEED={seed}, after {} commands: {ran:?}\n{now}\nis not\n{}\n{last}",
                    done.len(),
                    states[at]
                );
            }
        }
    }
}

#[test]
fn random_changes_of_one_person_are_undone_and_redone() {
    in_threads(4, |n, seed| run(seed + n, 12));
}

#[test]
#[ignore = "takes minutes"]
fn many_random_changes_of_one_person_are_undone_and_redone() {
    in_threads(4, |n, seed| (0..50).for_each(|k| run(seed + 100 * n + k, 30)));
}
