//! People's lists: the movies that they want to see, and those that they have seen.

use std::collections::{BTreeMap, HashSet};

use time::UtcDateTime;

use super::change::{Proposing, wanted_to_propose};
use super::change_log::write_and_log;
use super::change_set::{ChangeSet, IS_ACTIVE, OF_PERSON};
use super::db::{Result, required, statement};
use super::rows::{BoardRow, RowKey, WishRow, WishRows};
use super::tables::{MAX_SHORT, SEEN, WISHES};
use super::{Store, Transaction, cache};
use crate::model::change::{Action, NewProposal, Proposed};
use crate::model::overlap::PersonList;
use crate::model::{Fetched, ImdbId, MovieKey, VoterId, VoterName, Wish, from_unix_seconds};

/// The contents of an import.
#[derive(Clone, Debug, Default)]
pub struct Import {
    /// Movies that the person wants to see.
    pub wishes: Vec<Wish>,
    /// Movies that the person has seen.
    pub seen: Vec<ImdbId>,
    /// True if the new list replaces the old one.
    pub replaces: bool,
    /// Movies for the board, with the person's votes.
    pub proposals: Vec<NewProposal>,
}

/// The outcome of an import.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// The number of movies added to the list.
    pub listed: usize,
    /// The number of movies removed from the list.
    pub unlisted: usize,
    /// The number of movies on the list that had only a title and now have an id.
    pub identified: usize,
    /// The number of movies newly marked as seen.
    pub seen: usize,
    /// The outcome of each proposal.
    pub proposed: Vec<Proposed>,
}

impl Store {
    /// Imports a person's lists as one change.
    pub fn import(
        &mut self,
        by: &VoterName,
        at: UtcDateTime,
        import: &Import,
        fetched: &[Fetched],
    ) -> Result<Imported> {
        self.write(|transaction| {
            let (mut set, voter) = begin(transaction, by, at, import)?;
            let imported = apply(&mut set, by, voter, import);
            transaction.driver.execute(&cache::writes(set.at, fetched))?;
            write_and_log(transaction, set, Action::Import, voter)?;
            Ok(imported)
        })
    }

    /// Returns the outcome that an import would have.
    pub fn preview(&mut self, by: &VoterName, at: UtcDateTime, import: &Import) -> Result<Imported> {
        self.read(|transaction| {
            let (mut set, voter) = begin(transaction, by, at, import)?;
            Ok(apply(&mut set, by, voter, import))
        })
    }

    /// Returns the lists of all active people who were not removed, in the order in which they joined.
    pub fn lists(&mut self) -> Result<Vec<PersonList>> {
        let statements = [
            statement!(format!(
                "SELECT id, substr(name, 1, {MAX_SHORT}), substr(name_key, 1, {MAX_SHORT}) FROM voters
                 WHERE removed_at IS NULL AND {IS_ACTIVE}"
            )),
            statement!(format!(
                "SELECT voter_id, imdb_id, substr(title, 1, {MAX_SHORT}), year, entered_at FROM wishes ORDER BY movie"
            )),
            statement!("SELECT voter_id, movie FROM seen"),
        ];
        self.read(|transaction| {
            let mut lists: BTreeMap<VoterId, PersonList> = BTreeMap::new();
            transaction.driver.run(&statements, &mut |statement, row| {
                let voter = VoterId(required(row.int(0)?)?);
                match (statement, lists.get_mut(&voter)) {
                    (0, _) => {
                        let name = row.shown_text(1)?.unwrap_or_default();
                        let key = row.text(2)?.unwrap_or_default().to_owned();
                        lists.insert(voter, PersonList { name, key, wishes: Vec::new(), seen: HashSet::new() });
                    }
                    (1, Some(list)) => list.wishes.push(Wish {
                        id: row.text(1)?.and_then(ImdbId::parse),
                        title: row.shown_text(2)?,
                        year: row.int(3)?.and_then(|year| year.try_into().ok()),
                        listed_at: from_unix_seconds(required(row.int(4)?)?),
                    }),
                    (_, Some(list)) => list.seen.extend(row.text(1)?.and_then(ImdbId::parse)),
                    // The person was removed.
                    (_, None) => {}
                }
                Ok(())
            })?;
            Ok(lists.into_values().collect())
        })
    }

    /// Puts movies on the board as one change, with votes of the named people who have no opinion of them yet. Returns
    /// the number of movies that changed.
    pub fn propose_for(
        &mut self,
        by: &VoterName,
        at: UtcDateTime,
        movies: &[(NewProposal, Vec<VoterName>)],
        fetched: &[Fetched],
    ) -> Result<usize> {
        self.write(|transaction| {
            let mut query = wanted_to_propose(by, movies.iter().map(|(movie, _)| movie), false);
            movies.iter().flat_map(|(_, names)| names).for_each(|name| query.voter(name));
            let mut set = ChangeSet::begin(transaction, query, at)?;
            let author = set.voter(by);
            let ids: Vec<Vec<VoterId>> =
                movies.iter().map(|(_, names)| names.iter().map(|name| set.voter(name)).collect()).collect();
            let mut proposing = Proposing::new(&mut set, author);
            let outcomes =
                movies.iter().zip(&ids).map(|((movie, _), voters)| proposing.propose(movie, voters, false).1);
            let changed = outcomes.filter(|outcome| *outcome != Proposed::AlreadyVoted).count();
            transaction.driver.execute(&cache::writes(set.at, fetched))?;
            // If all had voted already, there is nothing to undo.
            if changed > 0 {
                write_and_log(transaction, set, Action::Propose, author)?;
            }
            Ok(changed)
        })
    }
}

impl ChangeSet {
    /// Marks movies, whose rows were read, as seen or not seen by a person. Returns for each whether that is new.
    pub fn set_seen(&mut self, name: &VoterName, movies: &[(MovieKey, bool)]) -> Vec<bool> {
        let known = self.known_voter(name);
        let was_seen = |movie| known.is_some_and(|id| self.now.get(RowKey::Seen(id, movie)).is_some());
        let is_new: Vec<bool> = movies.iter().map(|(movie, has_seen)| was_seen(*movie) != *has_seen).collect();
        for ((movie, has_seen), _) in movies.iter().zip(&is_new).filter(|(_, is_new)| **is_new) {
            let voter = self.voter(name);
            self.set(RowKey::Seen(voter, *movie), has_seen.then_some(BoardRow::Seen));
        }
        is_new
    }
}

/// Reads the rows that an import needs. Returns them and the person.
fn begin(
    transaction: &mut Transaction<'_>,
    by: &VoterName,
    at: UtcDateTime,
    import: &Import,
) -> Result<(ChangeSet, VoterId)> {
    let mut query = wanted_to_propose(by, &import.proposals, false);
    for table in [&WISHES, &SEEN] {
        query.rows(table, OF_PERSON, vec![by.key().into()]);
    }
    let mut set = ChangeSet::begin(transaction, query, at)?;
    let voter = set.voter(by);
    Ok((set, voter))
}

/// Applies an import to the rows.
fn apply(set: &mut ChangeSet, by: &VoterName, voter: VoterId, import: &Import) -> Imported {
    let (listed, unlisted, identified) = merge(set, voter, &import.wishes, import.replaces);
    let seen: Vec<_> = import.seen.iter().map(|id| (MovieKey::Imdb(*id), true)).collect();
    let seen = set.set_seen(by, &seen).into_iter().filter(|is_new| *is_new).count();
    let mut proposing = Proposing::new(set, voter);
    let proposed = import.proposals.iter().map(|movie| proposing.propose(movie, &[voter], false).1).collect();
    Imported { listed, unlisted, identified, seen, proposed }
}

/// Merges movies into a list, and returns how many were added, removed, and given an id. Existing entries stay, but one
/// that had only a title may get an id.
fn merge(set: &mut ChangeSet, voter: VoterId, new: &[Wish], replaces: bool) -> (usize, usize, usize) {
    let before = set.now.wishes(voter);
    let mut after = if replaces { WishRows::new() } else { before.clone() };
    for wish in new {
        if wish.id.is_some() && wish.title.is_some() {
            after.remove(&wish.named_key());
        }
        let row = before.get(&wish.key()).cloned().unwrap_or_else(|| WishRow {
            imdb_id: wish.id.map(|id| id.to_string()),
            title: wish.title.clone(),
            year: wish.year.map(i64::from),
            entered_at: wish.listed_at.unix_timestamp(),
        });
        after.entry(wish.key()).or_insert(row);
    }
    // Entries that had only a title and now have an id.
    let was_kept = |wish: &&Wish| wish.title.is_some() && before.contains_key(&wish.named_key());
    let identified = || new.iter().filter(|wish| wish.id.is_some()).filter(was_kept);
    let names: HashSet<String> = identified().map(Wish::named_key).collect();
    let ids: HashSet<String> = identified().map(Wish::key).collect();
    let is_new = |movie: &&String| !before.contains_key(*movie) && !ids.contains(*movie);
    let is_gone = |movie: &&String| !after.contains_key(*movie) && !names.contains(*movie);
    let (added, gone) = (after.keys().filter(is_new).count(), before.keys().filter(is_gone).count());
    let identified = ids.iter().filter(|movie| !before.contains_key(*movie)).count();
    set.set_wishes(voter, after);
    (added, gone, identified)
}
