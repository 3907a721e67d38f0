//! Random commands by several people against a simple model of a board, compared after each command. The seed is printed
//! when they differ: `MOVIENIGHT_SEED=N cargo test model` repeats it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::support::Friends;

/// A row of the board, by what it is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Person(String),
    Proposal(i64),
    Vote(i64, String),
    Present(i64, String),
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Row {
    Person,
    Proposal { movie: String, by: String, note: Option<String>, withdrawn: Option<u64>, watched: Option<u64> },
    Vote { favorite: bool, order: u64 },
    Present,
}

type State = BTreeMap<Key, Row>;

/// What a command did: rows before and after.
#[derive(Clone, Debug)]
struct Change {
    id: u64,
    by: String,
    rows: BTreeMap<Key, (Option<Row>, Option<Row>)>,
    undone_by: Option<(String, u64)>,
}

#[derive(Default)]
struct Model {
    state: State,
    changes: Vec<Change>,
    last_number: i64,
    clock: u64,
}

impl Model {
    fn tick(&mut self) -> u64 {
        self.clock += 1;
        self.clock
    }

    fn proposal(&self, number: i64) -> Option<(&str, bool)> {
        match self.state.get(&Key::Proposal(number)) {
            Some(Row::Proposal { movie, withdrawn, watched, .. }) => {
                Some((movie, withdrawn.is_none() && watched.is_none()))
            }
            _ => None,
        }
    }

    fn on_board(&self) -> Vec<i64> {
        let numbers = self.state.keys().filter_map(|key| if let Key::Proposal(n) = key { Some(*n) } else { None });
        numbers.filter(|n| self.proposal(*n).unwrap().1).collect()
    }

    fn favorites(&self, who: &str) -> Vec<i64> {
        let board = self.on_board();
        let is_one =
            |n: &i64| matches!(self.state.get(&Key::Vote(*n, who.into())), Some(Row::Vote { favorite: true, .. }));
        board.into_iter().filter(is_one).collect()
    }

    /// Carries out a change and remembers it, if it changes anything.
    fn change(&mut self, by: &str, act: impl FnOnce(&mut Self)) {
        let before = self.state.clone();
        act(self);
        let keys: BTreeSet<Key> = before.keys().chain(self.state.keys()).cloned().collect();
        let rows: BTreeMap<_, _> = keys
            .into_iter()
            .filter(|key| before.get(key) != self.state.get(key))
            .map(|key| (key.clone(), (before.get(&key).cloned(), self.state.get(&key).cloned())))
            .collect();
        if rows.is_empty() {
            return;
        }
        self.changes.retain(|change| change.undone_by.as_ref().is_none_or(|(who, _)| who != by));
        let id = self.tick();
        self.changes.push(Change { id, by: by.into(), rows, undone_by: None });
    }

    fn person(&mut self, who: &str) {
        self.state.insert(Key::Person(who.into()), Row::Person);
    }

    fn give_vote(&mut self, number: i64, who: &str) {
        let order = self.tick();
        self.state.entry(Key::Vote(number, who.into())).or_insert(Row::Vote { favorite: false, order });
    }

    fn set_favorite(&mut self, number: i64, who: &str, value: bool) {
        if let Some(Row::Vote { favorite, .. }) = self.state.get_mut(&Key::Vote(number, who.into())) {
            *favorite = value;
        }
    }

    fn propose(&mut self, who: &str, movie: &str, remark: Option<&str>) {
        self.person(who);
        let known = self.state.iter().find_map(|(key, row)| match (key, row) {
            (Key::Proposal(n), Row::Proposal { movie: m, watched: None, withdrawn, .. }) if m == movie => {
                Some((*n, withdrawn.is_some()))
            }
            _ => None,
        });
        let number = match known {
            Some((number, withdrawn)) => {
                if withdrawn {
                    let fans: Vec<String> = self.fans(number);
                    let keep: Vec<bool> = fans.iter().map(|fan| self.favorites(fan).is_empty()).collect();
                    for (fan, keep) in fans.iter().zip(keep) {
                        self.set_favorite(number, fan, keep);
                    }
                    if let Some(Row::Proposal { withdrawn, .. }) = self.state.get_mut(&Key::Proposal(number)) {
                        *withdrawn = None;
                    }
                }
                number
            }
            None => {
                self.last_number += 1;
                let row =
                    Row::Proposal { movie: movie.into(), by: who.into(), note: None, withdrawn: None, watched: None };
                self.state.insert(Key::Proposal(self.last_number), row);
                self.last_number
            }
        };
        self.give_vote(number, who);
        if let (Some(remark), Some(Row::Proposal { note, .. })) = (remark, self.state.get_mut(&Key::Proposal(number))) {
            *note = Some(remark.into());
        }
    }

    fn fans(&self, number: i64) -> Vec<String> {
        let fans = self.state.iter().filter_map(|(key, row)| match (key, row) {
            (Key::Vote(n, who), Row::Vote { favorite: true, .. }) if *n == number => Some(who.clone()),
            _ => None,
        });
        fans.collect()
    }

    /// Takes a change back, or does it again: true when it could be done.
    fn revert(&mut self, at: usize, back: bool, by: &str) -> bool {
        let mut change = self.changes[at].clone();
        let mut stays = BTreeSet::new();
        if back {
            for (key, (before, _)) in &change.rows {
                let Key::Proposal(number) = key else { continue };
                let wanted =
                    |other: &Key| matches!(other, Key::Vote(n, _) if n == number) && !change.rows.contains_key(other);
                if before.is_none() && self.state.keys().any(wanted) {
                    stays.insert(key.clone());
                }
            }
        }
        change.rows.retain(|key, _| !stays.contains(key));
        let sides = |(before, after): &(Option<Row>, Option<Row>)| match back {
            true => (after.clone(), before.clone()),
            false => (before.clone(), after.clone()),
        };
        let is_person = |key: &Key| matches!(key, Key::Person(_));
        let conflicts = |(key, rows): (&Key, &(Option<Row>, Option<Row>))| {
            !is_person(key) && self.state.get(key) != sides(rows).0.as_ref()
        };
        // A vote needs its proposal.
        let is_lost = |(key, rows): (&Key, &(Option<Row>, Option<Row>))| match key {
            Key::Vote(n, _) | Key::Present(n, _) => {
                let proposal = Key::Proposal(*n);
                sides(rows).1.is_some() && !self.state.contains_key(&proposal) && !change.rows.contains_key(&proposal)
            }
            Key::Person(_) | Key::Proposal(_) => false,
        };
        let is_impossible = change.rows.iter().any(conflicts) || change.rows.iter().any(is_lost);
        if is_impossible || self.stands_twice(&change, back) {
            return false;
        }
        for (key, rows) in &change.rows {
            match sides(rows).1 {
                // Who has left other traces stays.
                None if is_person(key) && self.has_traces(key, &change) => {}
                None => drop(self.state.remove(key)),
                Some(row) => drop(self.state.insert(key.clone(), row)),
            }
        }
        let stamp = self.tick();
        change.undone_by = back.then(|| (by.to_owned(), stamp));
        self.changes[at] = change;
        true
    }

    /// A movie that would come back stands on the board, or off it, by another number.
    fn stands_twice(&self, change: &Change, back: bool) -> bool {
        change.rows.iter().any(|(key, (before, after))| {
            let Some(Row::Proposal { movie, watched: None, .. }) = (if back { before } else { after }) else {
                return false;
            };
            let same = |(other, row): (&Key, &Row)| {
                other != key && matches!(row, Row::Proposal { movie: m, watched: None, .. } if m == movie)
            };
            movie.starts_with("tt") && self.state.iter().any(same)
        })
    }

    fn has_traces(&self, person: &Key, change: &Change) -> bool {
        let Key::Person(who) = person else { return false };
        self.state.iter().any(|(key, row)| {
            let is_own = match (key, row) {
                (Key::Vote(_, voter) | Key::Present(_, voter), _) => voter == who,
                (Key::Proposal(_), Row::Proposal { by, .. }) => by == who,
                _ => false,
            };
            is_own && !change.rows.contains_key(key)
        })
    }

    fn undo(&mut self, by: &str, any: bool) -> bool {
        let last = self.changes.iter().rposition(|c| c.undone_by.is_none() && (any || c.by == by));
        last.is_some_and(|at| self.revert(at, true, by))
    }

    fn redo(&mut self, by: &str) -> bool {
        let own = self.changes.iter().enumerate();
        let own =
            own.filter_map(|(at, c)| c.undone_by.as_ref().filter(|(who, _)| who == by).map(|(_, stamp)| (*stamp, at)));
        own.max().is_some_and(|(_, at)| self.revert(at, false, by))
    }
}

const PEOPLE: [&str; 4] = ["Ana", "Ben", "Cleo", "Dan"];

/// One random command: its words, and what the model does. False: it must fail and change nothing.
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
        (25..45, Some(n)) => {
            model.change(who, |model| {
                model.person(who);
                model.give_vote(n, who);
            });
            (format!("vote {n}"), true)
        }
        (45..55, Some(n)) => {
            let old = model.favorites(who);
            if !old.contains(&n) {
                model.change(who, |model| {
                    model.person(who);
                    model.give_vote(n, who);
                    for other in old {
                        model.set_favorite(other, who, false);
                    }
                    model.set_favorite(n, who, true);
                });
            }
            (format!("vote --favorite {n}"), true)
        }
        (55..62, Some(n)) => {
            model.change(who, |model| drop(model.state.remove(&Key::Vote(n, who.into()))));
            (format!("unvote {n}"), true)
        }
        (62..65, Some(n)) => {
            model.change(who, |model| model.set_favorite(n, who, false));
            (format!("unvote --favorite {n}"), true)
        }
        (65..70, Some(n)) => {
            model.change(who, |model| {
                model.person(who);
                let now = model.tick();
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
                let now = model.tick();
                if let Some(Row::Proposal { watched, .. }) = model.state.get_mut(&Key::Proposal(n)) {
                    *watched = Some(now);
                }
            });
            (format!("watched {n} --here {here}"), true)
        }
        (75..86, _) => ("undo".into(), model.undo(who, false)),
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
    let people: BTreeSet<String> =
        model.state.keys().filter_map(|k| if let Key::Person(who) = k { Some(who.clone()) } else { None }).collect();
    if set(&board["voters"]) != people {
        return Err(format!("people: {} instead of {people:?}", board["voters"]));
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
        let Some(Row::Proposal { movie: id, by, note, withdrawn: None, watched }) =
            model.state.get(&Key::Proposal(number))
        else {
            return Err(format!("number {number} is not in the model: {movie}"));
        };
        let votes = |only_favorites: bool| {
            let own = model.state.iter().filter_map(|(key, row)| match (key, row) {
                (Key::Vote(n, who), Row::Vote { favorite, .. }) if *n == number && (*favorite || !only_favorites) => {
                    Some(who.clone())
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
        let is_same = watched.is_none() == is_on_board
            && movie["imdb_id"] == **id
            && movie["proposed_by"] == **by
            && set(&movie["voters"]) == votes(false)
            && match is_on_board {
                true => movie["note"].as_str() == note.as_deref() && set(&movie["favorite_of"]) == votes(true),
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
        // Several changes within one second keep their order, too.
        friends.later(std::time::Duration::from_secs(rng.u64(..2)));
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
        // The model keeps all changes, the program the last hundred.
        if model.changes.iter().filter(|change| change.undone_by.is_none()).count() > 100 {
            let first = model.changes.iter().position(|change| change.undone_by.is_none()).unwrap();
            let id = model.changes[first].id;
            model.changes.retain(|change| change.id != id);
        }
    }
    assert_eq!(friends.sql::<String>("PRAGMA integrity_check"), "ok");
    assert_eq!(friends.sql::<i64>("SELECT count(*) FROM pragma_foreign_key_check"), 0);
}

fn seed() -> u64 {
    let given = std::env::var("MOVIENIGHT_SEED").ok().and_then(|seed| seed.parse().ok());
    given.unwrap_or_else(|| fastrand::u64(..1_000_000_000))
}

#[test]
fn two_thousand_random_commands_do_what_the_model_does() {
    let seed = seed();
    std::thread::scope(|scope| {
        for n in 0..10 {
            scope.spawn(move || run(seed + n, 220));
        }
    });
}

#[test]
#[ignore = "takes minutes"]
fn fifty_thousand_random_commands_do_what_the_model_does() {
    let seed = seed();
    std::thread::scope(|scope| {
        for n in 0..4 {
            scope.spawn(move || (0..25).for_each(|k| run(seed + 100 * n + k, 500)));
        }
    });
}
