//! A model of a board: its rows, its changes, and what may be taken back, as simply as it can be said.

use std::collections::{BTreeMap, BTreeSet};

/// A row of the board, by what it is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    Person(String),
    Proposal(i64),
    Vote(i64, String),
    Present(i64, String),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Row {
    Person,
    Proposal { movie: String, by: String, note: Option<String>, withdrawn: Option<u64>, watched: Option<u64> },
    Vote { favorite: bool, order: u64 },
    Present,
}

pub type State = BTreeMap<Key, Row>;
/// Rows before and after something.
pub type Rows = BTreeMap<Key, (Option<Row>, Option<Row>)>;

fn is_person(key: &Key) -> bool {
    matches!(key, Key::Person(_))
}

fn is_on_board(row: Option<&Row>) -> bool {
    matches!(row, Some(Row::Proposal { withdrawn: None, watched: None, .. }))
}

/// The effect of a command: rows before and after.
#[derive(Clone, Debug)]
pub struct Change {
    pub id: u64,
    pub by: String,
    pub rows: Rows,
    pub undone_by: Option<(String, u64)>,
}

#[derive(Default)]
pub struct Model {
    pub state: State,
    pub changes: Vec<Change>,
    pub last_number: i64,
    pub clock: u64,
}

impl Model {
    pub fn tick(&mut self) -> u64 {
        self.clock += 1;
        self.clock
    }

    pub fn proposal(&self, number: i64) -> Option<(&str, bool)> {
        match self.state.get(&Key::Proposal(number)) {
            Some(Row::Proposal { movie, withdrawn, watched, .. }) => {
                Some((movie, withdrawn.is_none() && watched.is_none()))
            }
            _ => None,
        }
    }

    pub fn on_board(&self) -> Vec<i64> {
        let numbers = self.state.keys().filter_map(|key| if let Key::Proposal(n) = key { Some(*n) } else { None });
        numbers.filter(|n| self.proposal(*n).unwrap().1).collect()
    }

    pub fn favorites(&self, who: &str) -> Vec<i64> {
        let board = self.on_board();
        let is_one =
            |n: &i64| matches!(self.state.get(&Key::Vote(*n, who.into())), Some(Row::Vote { favorite: true, .. }));
        board.into_iter().filter(is_one).collect()
    }

    /// Carries out a change and remembers it, if it changes anything.
    pub fn change(&mut self, by: &str, act: impl FnOnce(&mut Self)) {
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

    pub fn person(&mut self, who: &str) {
        self.state.insert(Key::Person(who.into()), Row::Person);
    }

    pub fn give_vote(&mut self, number: i64, who: &str) {
        let order = self.tick();
        self.state.entry(Key::Vote(number, who.into())).or_insert(Row::Vote { favorite: false, order });
    }

    pub fn set_favorite(&mut self, number: i64, who: &str, value: bool) {
        if let Some(Row::Vote { favorite, .. }) = self.state.get_mut(&Key::Vote(number, who.into())) {
            *favorite = value;
        }
    }

    pub fn propose(&mut self, who: &str, movie: &str, remark: Option<&str>) {
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

    pub fn fans(&self, number: i64) -> Vec<String> {
        let fans = self.state.iter().filter_map(|(key, row)| match (key, row) {
            (Key::Vote(n, who), Row::Vote { favorite: true, .. }) if *n == number => Some(who.clone()),
            _ => None,
        });
        fans.collect()
    }

    /// Takes a change back, or does it again: true when it could be done.
    pub fn revert(&mut self, at: usize, back: bool, by: &str) -> bool {
        let mut change = self.changes[at].clone();
        let rows = self.wanted(&change, back);
        let is_impossible = rows.iter().any(|(key, rows)| self.conflicts(key, rows, change.id, back));
        let lacks_proposal = |(key, (_, to)): (&Key, &(Option<Row>, Option<Row>))| match key {
            Key::Vote(n, _) | Key::Present(n, _) => {
                let proposal = Key::Proposal(*n);
                to.is_some() && !self.state.contains_key(&proposal) && !rows.contains_key(&proposal)
            }
            Key::Person(_) | Key::Proposal(_) => false,
        };
        if is_impossible || rows.iter().any(lacks_proposal) || self.stands_twice(&rows) {
            return false;
        }
        for (key, (_, to)) in &rows {
            match to {
                // Who has left other traces stays.
                None if is_person(key) && back && self.has_traces(key, &rows, change.id) => {}
                None => drop(self.state.remove(key)),
                Some(row) => drop(self.state.insert(key.clone(), row.clone())),
            }
        }
        self.keep_one_favorite(&mut change, &rows, back);
        for who in self.who_votes() {
            self.person(&who);
        }
        let stamp = self.tick();
        change.undone_by = back.then(|| (by.to_owned(), stamp));
        self.changes[at] = change;
        true
    }

    /// The rows to revert, from what they are to what they are to be: without what others want, and without what is there
    /// already.
    fn wanted(&self, change: &Change, back: bool) -> Rows {
        let mut rows = change.rows.clone();
        if back {
            rows.retain(|key, (before, _)| match (key, before) {
                (Key::Proposal(number), None) => {
                    let is_others = |other: &Key| {
                        matches!(other, Key::Vote(n, _) if n == number) && !change.rows.contains_key(other)
                    };
                    !self.state.keys().any(is_others)
                }
                (Key::Proposal(number), Some(Row::Proposal { withdrawn: Some(_), .. })) => {
                    !self.is_voted_for_since(*number, change.id)
                }
                _ => true,
            });
            rows = rows.into_iter().map(|(key, (before, after))| (key, (after, before))).collect();
        } else {
            let has_stayed = |key: &Key, from: Option<&Row>, to: Option<&Row>| {
                matches!(key, Key::Proposal(_))
                    && !is_on_board(from)
                    && is_on_board(to)
                    && is_on_board(self.state.get(key))
            };
            rows.retain(|key, (from, to)| !has_stayed(key, from.as_ref(), to.as_ref()));
        }
        // The favourite of a movie that comes or goes with the change.
        rows.retain(|key, (from, to)| match key {
            Key::Vote(number, _) if change.rows.contains_key(&Key::Proposal(*number)) => {
                from.is_none() || to.is_none() || self.state.get(key) == from.as_ref()
            }
            _ => true,
        });
        rows
    }

    fn conflicts(&self, key: &Key, (from, to): &(Option<Row>, Option<Row>), id: u64, back: bool) -> bool {
        let now = self.state.get(key);
        let differs = now != from.as_ref();
        let is_touched = || self.changes.iter().any(|c| c.id > id && c.undone_by.is_none() && c.rows.contains_key(key));
        let order = |row: Option<&Row>| if let Some(Row::Vote { order, .. }) = row { Some(*order) } else { None };
        match key {
            Key::Person(_) => back && now.is_none() && to.is_some() && is_touched(),
            Key::Proposal(_) => {
                let is_withdrawn = matches!(from, Some(Row::Proposal { withdrawn: Some(_), .. }));
                (differs || is_withdrawn) && is_touched() || differs && now != to.as_ref()
            }
            Key::Vote(..) => differs && (is_touched() || now != to.as_ref() && order(now) != order(from.as_ref())),
            Key::Present(..) => differs && is_touched(),
        }
    }

    /// A change after this one gave a vote that is still there.
    fn is_voted_for_since(&self, number: i64, id: u64) -> bool {
        let later = self.changes.iter().filter(|change| change.id > id && change.undone_by.is_none());
        let mut rows = later.flat_map(|change| &change.rows);
        rows.any(|(key, (before, _))| {
            matches!(key, Key::Vote(n, _) if *n == number) && before.is_none() && self.state.contains_key(key)
        })
    }

    /// Who has found another favourite meanwhile keeps that one.
    fn keep_one_favorite(&mut self, change: &mut Change, reverted: &Rows, back: bool) {
        let people: BTreeSet<String> = self.on_board().into_iter().flat_map(|number| self.fans(number)).collect();
        for who in people {
            let own = self.favorites(&who);
            for number in own.iter().filter(|_| own.len() > 1) {
                let key = Key::Vote(*number, who.clone());
                if !reverted.contains_key(&key) && !reverted.contains_key(&Key::Proposal(*number)) {
                    continue;
                }
                let favored = self.state.get(&key).cloned();
                self.set_favorite(*number, &who, false);
                let (before, after) = change.rows.entry(key).or_insert((favored.clone(), favored));
                if let Some(Row::Vote { favorite, .. }) = if back { before } else { after } {
                    *favorite = false;
                }
            }
        }
    }

    /// A movie that would come back stands on the board, or off it, by another number.
    fn stands_twice(&self, rows: &Rows) -> bool {
        rows.iter().any(|(key, (_, to))| {
            let Some(Row::Proposal { movie, watched: None, .. }) = to else { return false };
            let same = |(other, row): (&Key, &Row)| {
                other != key && matches!(row, Row::Proposal { movie: m, watched: None, .. } if m == movie)
            };
            self.state.iter().any(same)
        })
    }

    fn has_traces(&self, person: &Key, rows: &Rows, id: u64) -> bool {
        let Key::Person(who) = person else { return false };
        self.state.iter().any(|(key, row)| {
            let is_own = match (key, row) {
                (Key::Vote(_, voter) | Key::Present(_, voter), _) => voter == who,
                (Key::Proposal(_), Row::Proposal { by, .. }) => by == who,
                _ => false,
            };
            is_own && !rows.contains_key(key) && self.is_left(key, who, id)
        })
    }

    /// Another change than this one left that row, after that person was removed.
    fn is_left(&self, key: &Key, who: &str, id: u64) -> bool {
        let others = || self.changes.iter().filter(|change| change.id != id && change.undone_by.is_none());
        let person = Key::Person(who.into());
        let removals = others().filter(|change| change.rows.get(&person).is_some_and(|(_, after)| after.is_none()));
        let removal = removals.map(|change| change.id).max().unwrap_or_default();
        let later = others().filter(|change| change.id > removal);
        later.filter_map(|change| change.rows.get(key)).any(|(before, after)| before.is_none() && after.is_some())
    }

    /// Everybody who has a vote for what is not watched yet.
    fn who_votes(&self) -> BTreeSet<String> {
        let votes = self.state.keys().filter_map(|key| match key {
            Key::Vote(number, who) if self.is_open(*number) => Some(who.clone()),
            _ => None,
        });
        votes.collect()
    }

    fn is_open(&self, number: i64) -> bool {
        matches!(self.state.get(&Key::Proposal(number)), Some(Row::Proposal { watched: None, .. }))
    }

    /// Removes a person with their votes for what is not watched yet.
    pub fn remove(&mut self, who: &str) {
        let open: Vec<Key> = self.state.keys().filter(|key| self.is_open_vote(key, who)).cloned().collect();
        for key in open {
            self.state.remove(&key);
        }
        self.state.remove(&Key::Person(who.into()));
    }

    fn is_open_vote(&self, key: &Key, who: &str) -> bool {
        matches!(key, Key::Vote(number, voter) if voter == who && self.is_open(*number))
    }

    pub fn undo(&mut self, by: &str, any: bool) -> bool {
        let last = self.changes.iter().rposition(|c| c.undone_by.is_none() && (any || c.by == by));
        last.is_some_and(|at| self.revert(at, true, by))
    }

    pub fn redo(&mut self, by: &str) -> bool {
        let own = self.changes.iter().enumerate();
        let own =
            own.filter_map(|(at, c)| c.undone_by.as_ref().filter(|(who, _)| who == by).map(|(_, stamp)| (*stamp, at)));
        own.max().is_some_and(|(_, at)| self.revert(at, false, by))
    }
}
