//! A simple model of a board: its rows, its changes, and which of them can be undone.

use std::collections::{BTreeMap, BTreeSet};

use movienight::model::Opinion;
use movienight::model::opinion::MAX_NOES;

/// The key of a row: what the row is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    Person(String),
    Proposal(i64),
    Vote(i64, String),
    Present(i64, String),
    Note(i64, String),
    Seen(String, String),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Row {
    Person { is_removed: bool },
    Proposal { movie: String, by: String, withdrawn: Option<u64>, watched: Option<u64> },
    Vote { opinion: Opinion, voted_at: u64 },
    Present,
    Note(String),
    Seen,
}

pub type State = BTreeMap<Key, Row>;

/// Returns true if the row belongs to that person.
fn is_of(key: &Key, person: &str) -> bool {
    matches!(key, Key::Person(who) | Key::Vote(_, who) | Key::Present(_, who) | Key::Note(_, who) | Key::Seen(_, who) if who == person)
}

/// Returns the number of the movie that a row is about. `None` for rows about people.
fn movie_of(key: &Key) -> Option<i64> {
    match key {
        Key::Proposal(n) | Key::Vote(n, _) | Key::Present(n, _) | Key::Note(n, _) => Some(*n),
        Key::Person(_) | Key::Seen(..) => None,
    }
}

fn is_on_board(row: Option<&Row>) -> bool {
    matches!(row, Some(Row::Proposal { withdrawn: None, watched: None, .. }))
}

fn is_open(row: Option<&Row>) -> bool {
    matches!(row, Some(Row::Proposal { watched: None, .. }))
}

fn is_removed(row: Option<&Row>) -> bool {
    matches!(row, Some(Row::Person { is_removed: true }))
}

/// The effect of a command: rows before and after.
#[derive(Clone, Debug)]
pub struct Change {
    pub id: u64,
    /// The tick at which it was made, or last undone or redone.
    pub sequence: u64,
    pub by: String,
    pub is_removal: bool,
    pub rows: BTreeMap<Key, (Option<Row>, Option<Row>)>,
    pub is_undone: bool,
    /// The person who can redo it.
    pub undone_by: Option<String>,
}

#[derive(Default)]
pub struct Model {
    pub state: State,
    pub changes: Vec<Change>,
    pub last_number: i64,
    pub clock: u64,
    /// The time in seconds.
    pub now: u64,
}

impl Model {
    pub fn tick(&mut self) -> u64 {
        self.clock += 1;
        self.clock
    }

    pub fn on_board(&self) -> Vec<i64> {
        let numbers = self.state.iter().filter(|(_, row)| is_on_board(Some(row))).filter_map(|(key, _)| movie_of(key));
        numbers.collect()
    }

    /// Returns the people who were not removed and to whom a proposal or another row belongs.
    pub fn listed(&self) -> BTreeSet<String> {
        let has_something = |who: &str| {
            self.state.iter().any(|(key, row)| match (key, row) {
                (Key::Vote(_, other) | Key::Present(_, other) | Key::Note(_, other) | Key::Seen(_, other), _) => {
                    other == who
                }
                (_, Row::Proposal { by, .. }) => by == who,
                _ => false,
            })
        };
        let people = self.state.iter().filter_map(|(key, row)| match key {
            Key::Person(who) if !is_removed(Some(row)) && has_something(who) => Some(who.clone()),
            _ => None,
        });
        people.collect()
    }

    pub fn opinion(&self, number: i64, who: &str) -> Option<Opinion> {
        match self.state.get(&Key::Vote(number, who.into())) {
            Some(Row::Vote { opinion, .. }) => Some(*opinion),
            _ => None,
        }
    }

    /// Returns the movies on the board of which a person has that opinion.
    pub fn with_opinion(&self, who: &str, opinion: Opinion) -> Vec<i64> {
        self.on_board().into_iter().filter(|number| self.opinion(*number, who) == Some(opinion)).collect()
    }

    /// Carries out a change, and records it if it changes anything.
    pub fn change(&mut self, by: &str, act: impl FnOnce(&mut Self)) {
        self.record(by, false, act);
    }

    fn record(&mut self, by: &str, is_removal: bool, act: impl FnOnce(&mut Self)) {
        let before = self.state.clone();
        act(self);
        let keys: BTreeSet<Key> = before.keys().chain(self.state.keys()).cloned().collect();
        // Entering a new person is not part of the change.
        let is_entered = |key: &Key| matches!(key, Key::Person(_)) && !before.contains_key(key);
        let rows: BTreeMap<_, _> = keys
            .into_iter()
            .filter(|key| before.get(key) != self.state.get(key) && !is_entered(key))
            .map(|key| (key.clone(), (before.get(&key).cloned(), self.state.get(&key).cloned())))
            .collect();
        if rows.is_empty() {
            return;
        }
        for change in self.changes.iter_mut().filter(|change| change.undone_by.as_deref() == Some(by)) {
            change.undone_by = None;
        }
        let id = self.tick();
        self.changes.push(Change {
            id,
            sequence: id,
            by: by.into(),
            is_removal,
            rows,
            is_undone: false,
            undone_by: None,
        });
    }

    /// Enters a person who takes part, even one who was removed.
    pub fn person(&mut self, who: &str) {
        self.state.insert(Key::Person(who.into()), Row::Person { is_removed: false });
    }

    /// Enters the author of a change, who stays removed if they were.
    fn author(&mut self, who: &str) {
        self.state.entry(Key::Person(who.into())).or_insert(Row::Person { is_removed: false });
    }

    pub fn set_opinion(&mut self, number: i64, who: &str, opinion: Opinion) {
        let key = Key::Vote(number, who.into());
        let voted_at = match self.state.get(&key) {
            Some(Row::Vote { opinion: old, voted_at })
                if old.is_yes() == opinion.is_yes() && Some(*voted_at) > self.since() =>
            {
                *voted_at
            }
            _ => self.since().map_or(self.now, |since| self.now.max(since + 1)),
        };
        self.state.insert(key, Row::Vote { opinion, voted_at });
    }

    /// Returns the time of the last evening. Opinions from before are not tonight's.
    fn since(&self) -> Option<u64> {
        let watched = |row: &Row| if let Row::Proposal { watched, .. } = row { *watched } else { None };
        self.state.values().filter_map(watched).max()
    }

    /// Returns true if a person gave this opinion tonight.
    pub fn has_said(&self, number: i64, who: &str, opinion: Opinion) -> bool {
        matches!(self.state.get(&Key::Vote(number, who.into())),
            Some(Row::Vote { opinion: own, voted_at }) if *own == opinion && Some(*voted_at) > self.since())
    }

    /// Changes an opinion, but not its time.
    pub fn remark(&mut self, number: i64, who: &str, to: Opinion) {
        if let Some(Row::Vote { opinion, .. }) = self.state.get_mut(&Key::Vote(number, who.into())) {
            *opinion = to;
        }
    }

    pub fn give_vote(&mut self, number: i64, who: &str) {
        let yes = self.opinion(number, who).filter(|old| old.is_yes());
        self.set_opinion(number, who, yes.unwrap_or(Opinion::Yes));
    }

    pub fn propose(&mut self, who: &str, movie: &str, remark: Option<&str>) {
        self.person(who);
        let known = self.state.iter().find_map(|(key, row)| match row {
            Row::Proposal { movie: m, watched: None, withdrawn, .. } if m == movie => {
                Some((movie_of(key).unwrap(), withdrawn.is_some()))
            }
            _ => None,
        });
        let number = match known {
            Some((number, withdrawn)) => {
                if withdrawn {
                    self.drop_marks_without_room(number);
                    if let Some(Row::Proposal { withdrawn, .. }) = self.state.get_mut(&Key::Proposal(number)) {
                        *withdrawn = None;
                    }
                }
                number
            }
            None => {
                self.last_number += 1;
                let row = Row::Proposal { movie: movie.into(), by: who.into(), withdrawn: None, watched: None };
                self.state.insert(Key::Proposal(self.last_number), row);
                self.last_number
            }
        };
        self.give_vote(number, who);
        if let Some(remark) = remark {
            self.state.insert(Key::Note(number, who.into()), Row::Note(remark.into()));
        }
    }

    /// Drops marks of a returning movie that are too many now: a second favourite becomes a yes, a fourth no is
    /// removed.
    fn drop_marks_without_room(&mut self, number: i64) {
        let people: Vec<String> = self
            .state
            .keys()
            .filter_map(|key| match key {
                Key::Vote(n, who) if *n == number => Some(who.clone()),
                _ => None,
            })
            .collect();
        for who in people {
            let others = |opinion| self.with_opinion(&who, opinion).len();
            match self.opinion(number, &who) {
                Some(Opinion::Favorite) if others(Opinion::Favorite) > 0 => {
                    self.remark(number, &who, Opinion::Yes);
                }
                Some(Opinion::No) if others(Opinion::No) >= MAX_NOES => {
                    self.state.remove(&Key::Vote(number, who));
                }
                _ => {}
            }
        }
    }

    /// Removes a person with their votes for movies that are not watched yet.
    pub fn remove(&mut self, by: &str, who: &str) {
        self.record(by, true, |model| {
            model.author(by);
            let state = model.state.clone();
            let is_open_vote = |key: &Key| match key {
                Key::Vote(number, voter) => voter == who && is_open(state.get(&Key::Proposal(*number))),
                _ => false,
            };
            model.state.retain(|key, _| !is_open_vote(key));
            model.state.insert(Key::Person(who.into()), Row::Person { is_removed: true });
        });
    }

    pub fn undo(&mut self, by: &str, any: bool) -> bool {
        let standing = self.changes.iter().enumerate().filter(|(_, c)| !c.is_undone && (any || c.by == by));
        let last = standing.max_by_key(|(_, c)| c.sequence).map(|(at, _)| at);
        last.is_some_and(|at| self.revert(at, by))
    }

    pub fn redo(&mut self, by: &str) -> bool {
        let undone = self.changes.iter().enumerate().filter(|(_, c)| c.undone_by.as_deref() == Some(by));
        let last = undone.max_by_key(|(_, c)| c.sequence).map(|(at, _)| at);
        last.is_some_and(|at| self.revert(at, by))
    }

    /// Undoes a change, or redoes one that was undone. Returns true if that was possible.
    fn revert(&mut self, at: usize, by: &str) -> bool {
        let mut change = self.changes[at].clone();
        if !change.is_undone {
            change.rows.values_mut().for_each(|(before, after)| std::mem::swap(before, after));
        }
        let is_as_left = change.rows.iter().all(|(key, (from, _))| self.state.get(key) == from.as_ref());
        let mut state = self.state.clone();
        for (key, (_, to)) in &change.rows {
            match to {
                None => drop(state.remove(key)),
                Some(row) => drop(state.insert(key.clone(), row.clone())),
            }
        }
        if !is_as_left || self.is_built_upon(&change) || breaks_a_rule(&state, &change) {
            return false;
        }
        self.state = state;
        self.author(by);
        let sequence = self.tick();
        let changed = &mut self.changes[at];
        changed.is_undone = !changed.is_undone;
        changed.undone_by = changed.is_undone.then(|| by.to_owned());
        changed.sequence = sequence;
        true
    }

    /// Returns true if a later change touched the same rows, or any row of a movie or a person that would go.
    fn is_built_upon(&self, change: &Change) -> bool {
        let since = |other: &&Change| {
            !other.is_undone && if change.is_undone { other.id } else { other.sequence } > change.sequence
        };
        let depends = |other: &Key| {
            change.rows.contains_key(other)
                || change.rows.iter().any(|(key, (from, to))| match key {
                    Key::Proposal(n) => {
                        is_on_board(from.as_ref()) && !is_on_board(to.as_ref()) && movie_of(other) == Some(*n)
                    }
                    Key::Person(who) => !is_removed(from.as_ref()) && is_removed(to.as_ref()) && is_of(other, who),
                    _ => false,
                })
        };
        self.changes.iter().filter(since).any(|other| other.rows.keys().any(depends))
    }
}

/// Returns true if a state breaks a rule after a change was undone or redone.
fn breaks_a_rule(state: &State, change: &Change) -> bool {
    let movie = |number: i64| state.get(&Key::Proposal(number));
    let is_moved = |number: i64| change.rows.contains_key(&Key::Proposal(number));
    let is_vote_without_a_movie =
        |key: &Key| !matches!(key, Key::Person(_)) && movie_of(key).is_some_and(|n| movie(n).is_none());
    let has_left = |key: &Key| match key {
        Key::Vote(n, _) if !is_moved(*n) => {
            !if change.is_removal { is_open(movie(*n)) } else { is_on_board(movie(*n)) }
        }
        _ => false,
    };
    let is_by_a_removed_person = |key: &Key, to: Option<&Row>| match key {
        Key::Vote(_, who) | Key::Present(_, who) | Key::Note(_, who) | Key::Seen(_, who) => {
            // A person who came back with the change goes again when it is undone, and leaves the rows from before.
            let person = Key::Person(who.clone());
            to.is_some() && !change.rows.contains_key(&person) && is_removed(state.get(&person))
        }
        _ => false,
    };
    let mut open = BTreeSet::new();
    let (mut favorites, mut noes) = (BTreeSet::new(), BTreeMap::<&String, usize>::new());
    let is_too_much = state.iter().any(|(key, row)| match (key, row) {
        (_, Row::Proposal { movie, watched: None, .. }) => !open.insert(movie),
        (Key::Vote(n, who), Row::Vote { opinion, .. }) if is_on_board(movie(*n)) => match opinion {
            Opinion::Favorite => !favorites.insert(who),
            Opinion::No => {
                *noes.entry(who).or_default() += 1;
                noes[who] > MAX_NOES
            }
            Opinion::Yes => false,
        },
        _ => false,
    });
    is_too_much
        || state.keys().any(is_vote_without_a_movie)
        || change.rows.iter().any(|(key, (_, to))| has_left(key) || is_by_a_removed_person(key, to.as_ref()))
}
