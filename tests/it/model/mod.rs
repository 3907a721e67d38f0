//! Random commands by several people, compared with a simple model of a board after each command. The seed is printed
//! when they differ: `MOVIENIGHT_SEED=N cargo test model` tries another.

mod board;
mod reverse;

use std::collections::BTreeSet;

use serde_json::Value;

use board::{Key, Model, Row};
use movienight::model::Opinion;
use movienight::model::opinion::MAX_NOES;

use crate::support::{Friends, in_threads};

const PEOPLE: [&str; 4] = ["Ana", "Ben", "Cleo", "Dan"];

/// Makes a random command. Returns its words, and false if it must fail and change nothing according to the model.
fn step(model: &mut Model, rng: &mut fastrand::Rng) -> (String, bool) {
    let who = PEOPLE[rng.usize(..PEOPLE.len())];
    let board = model.on_board();
    let number = |rng: &mut fastrand::Rng| (!board.is_empty()).then(|| board[rng.usize(..board.len())]);
    let action = rng.u32(..100);
    let (line, expected) = match (action, number(rng)) {
        (0..25, _) | (25..75, None) => {
            let movie = format!("tt00000{:02}", rng.u32(1..13));
            let note = rng.bool().then(|| format!("note{}", rng.u32(..3)));
            let tail = note.as_ref().map(|note| format!(" --note {note}")).unwrap_or_default();
            model.change(who, |model| model.propose(who, &movie, note.as_deref()));
            (format!("propose --again {movie}{tail}"), true)
        }
        (25..33, Some(n)) => {
            let noes = model.with_opinion(who, Opinion::No);
            let expected = noes.contains(&n) || noes.len() < MAX_NOES;
            if expected && !model.has_said(n, who, Opinion::No) {
                model.change(who, |model| {
                    model.person(who);
                    model.set_opinion(n, who, Opinion::No);
                });
            }
            (format!("vote --no {n}"), expected)
        }
        (33..45, Some(n)) => {
            let opinion = model.opinion(n, who).filter(|own| own.is_yes()).unwrap_or(Opinion::Yes);
            if !model.has_said(n, who, opinion) {
                model.change(who, |model| {
                    model.person(who);
                    model.set_opinion(n, who, opinion);
                });
            }
            (format!("vote {n}"), true)
        }
        (45..55, Some(n)) => {
            let old = model.with_opinion(who, Opinion::Favorite);
            if !model.has_said(n, who, Opinion::Favorite) {
                model.change(who, |model| {
                    model.person(who);
                    for other in old.into_iter().filter(|other| *other != n) {
                        model.remark(other, who, Opinion::Yes);
                    }
                    model.set_opinion(n, who, Opinion::Favorite);
                });
            }
            (format!("vote --favorite {n}"), true)
        }
        (55..62, Some(n)) => {
            model.change(who, |model| drop(model.state.remove(&Key::Vote(n, who.into()))));
            (format!("unvote {n}"), true)
        }
        (62..65, Some(n)) => {
            if model.opinion(n, who) == Some(Opinion::Favorite) {
                model.change(who, |model| model.set_opinion(n, who, Opinion::Yes));
            }
            (format!("unvote --favorite {n}"), true)
        }
        (68..70, Some(n)) => {
            let Some(Row::Proposal { movie, .. }) = model.state.get(&Key::Proposal(n)) else { unreachable!() };
            let (key, has_seen) = (Key::Seen(movie.clone(), who.into()), rng.bool());
            if model.state.contains_key(&key) != has_seen {
                model.change(who, |model| {
                    model.person(who);
                    match has_seen {
                        true => drop(model.state.insert(key, Row::Seen)),
                        false => drop(model.state.remove(&key)),
                    }
                });
            }
            (format!("seen {} {n}", if has_seen { "" } else { "--not" }), true)
        }
        (65..68, Some(n)) => {
            model.change(who, |model| {
                model.person(who);
                let now = model.now;
                if let Some(Row::Proposal { withdrawn, .. }) = model.state.get_mut(&Key::Proposal(n)) {
                    *withdrawn = Some(now);
                }
            });
            (format!("withdraw {n}"), true)
        }
        (70..75, Some(n)) => {
            let here = PEOPLE[rng.usize(..PEOPLE.len())];
            model.change(who, |model| {
                model.person(who);
                model.person(here);
                model.state.insert(Key::Present(n, here.into()), Row::Present);
                let now = model.now;
                if let Some(Row::Proposal { movie, watched, .. }) = model.state.get_mut(&Key::Proposal(n)) {
                    *watched = Some(now);
                    let movie = movie.clone();
                    model.state.insert(Key::Seen(movie, here.into()), Row::Seen);
                }
            });
            (format!("watched {n} --here {here}"), true)
        }
        (75..77, _) => {
            let other = PEOPLE[rng.usize(..PEOPLE.len())];
            let expected = model.listed().contains(other);
            if expected {
                model.remove(who, other);
            }
            (format!("voters remove {other}"), expected)
        }
        (77..86, _) => ("undo".into(), model.undo(who, false)),
        (86..91, _) => ("undo --any".into(), model.undo(who, true)),
        _ => ("redo".into(), model.redo(who)),
    };
    (format!("{line} --as {who}"), expected)
}

fn compare(model: &Model, friends: &Friends) -> Result<(), String> {
    let board = friends.run("vote --json").json();
    let history = friends.run("history --json").json();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let set = |value: &Value| value.as_array().unwrap().iter().map(text).collect::<BTreeSet<_>>();
    let people = model.listed();
    if set(&board["voters"]) != people {
        return Err(format!("people: {} instead of {people:?}", board["voters"]));
    }
    let has_too_many = |who: &&String| {
        let marked = |opinion| model.with_opinion(who, opinion).len();
        marked(Opinion::Favorite) > 1 || marked(Opinion::No) > MAX_NOES
    };
    if let Some(who) = people.iter().find(has_too_many) {
        return Err(format!("{who} has two favourites or four noes"));
    }
    let mut seen = BTreeSet::new();
    for (movie, is_on_board) in board["proposals"]
        .as_array()
        .unwrap()
        .iter()
        .map(|m| (m, true))
        .chain(history["watched"].as_array().unwrap().iter().map(|m| (m, false)))
    {
        let number = movie["number"].as_i64().unwrap();
        let Some(Row::Proposal { movie: id, by, withdrawn: None, watched }) = model.state.get(&Key::Proposal(number))
        else {
            return Err(format!("number {number} is not in the model: {movie}"));
        };
        let people_with = |wanted: &[Opinion]| {
            let own = model.state.iter().filter_map(|(key, row)| match (key, row) {
                (Key::Vote(n, who), Row::Vote { opinion, .. }) if *n == number && wanted.contains(opinion) => {
                    // Votes of a removed person no longer count.
                    (!is_on_board || people.contains(who)).then(|| who.clone())
                }
                _ => None,
            });
            own.collect::<BTreeSet<_>>()
        };
        let present: BTreeSet<String> = model
            .state
            .keys()
            .filter_map(|k| if let Key::Present(n, who) = k { (*n == number).then(|| who.clone()) } else { None })
            .collect();
        let notes: BTreeSet<(String, String)> = model
            .state
            .iter()
            .filter_map(|(key, row)| match (key, row) {
                (Key::Note(n, who), Row::Note(text)) if *n == number => Some((who.clone(), text.clone())),
                _ => None,
            })
            .collect();
        let shown = movie["notes"].as_array().unwrap().iter().map(|note| (text(&note["voter"]), text(&note["text"])));
        let has_seen = |who: &&String| model.state.contains_key(&Key::Seen(id.clone(), (*who).clone()));
        let is_same = watched.is_none() == is_on_board
            && movie["imdb_id"] == **id
            && movie["proposed_by"] == **by
            && set(&movie["voters"]) == people_with(&[Opinion::Yes, Opinion::Favorite])
            && shown.collect::<BTreeSet<_>>() == notes
            && set(&movie["seen_by"]) == people.iter().filter(has_seen).cloned().collect()
            && set(&movie["no_of"]) == people_with(&[Opinion::No])
            && match is_on_board {
                true => {
                    notes.iter().find(|(who, _)| who == by).map(|(_, text)| text.as_str()) == movie["note"].as_str()
                        && set(&movie["favorite_of"]) == people_with(&[Opinion::Favorite])
                }
                false => set(&movie["present"]) == present,
            };
        if !is_same {
            return Err(format!("number {number}: {movie} instead of {:?}", model.state));
        }
        seen.insert(number);
    }
    let expected = model.state.iter().filter_map(|(key, row)| match (key, row) {
        (Key::Proposal(n), Row::Proposal { withdrawn: None, .. }) => Some(*n),
        _ => None,
    });
    if expected.collect::<BTreeSet<_>>() != seen {
        return Err(format!("{seen:?} are shown"));
    }
    Ok(())
}

fn run(seed: u64, commands: usize) {
    let mut rng = fastrand::Rng::with_seed(seed);
    let friends = Friends::offline();
    friends.make_board();
    let mut model = Model::default();
    let mut done: Vec<String> = Vec::new();
    for _ in 0..commands {
        // Several changes within a second must keep their order.
        let seconds = rng.u64(..2);
        friends.later(std::time::Duration::from_secs(seconds));
        model.now += seconds;
        let (line, expected) = step(&mut model, &mut rng);
        let ran = friends.run(&line);
        done.push(line);
        let result = match ran.code == u8::from(!expected) {
            true => compare(&model, &friends),
            false => Err(format!("{ran:?}, expected {expected}")),
        };
        if let Err(why) = result {
            let last = done[done.len().saturating_sub(40)..].join("\n");
            panic!("MOVIENIGHT_SEED={seed}, after {} commands: {why}\n{last}", done.len());
        }
    }
    assert_eq!(friends.sql::<String>("PRAGMA integrity_check"), "ok");
    assert_eq!(friends.sql::<i64>("SELECT count(*) FROM pragma_foreign_key_check"), 0);
}

#[test]
fn a_thousand_random_commands_match_the_model() {
    in_threads(5, |n, seed| run(seed + n, 200));
}

#[test]
#[ignore = "takes minutes"]
fn fifty_thousand_random_commands_match_the_model() {
    in_threads(4, |n, seed| (0..25).for_each(|k| run(seed + 100 * n + k, 500)));
}
