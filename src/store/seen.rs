//! The movies that people have seen.

use time::UtcDateTime;

use super::change_log::write_and_log;
use super::change_set::{ChangeSet, RowQuery};
use super::rows::{BoardRow, RowKey};
use super::tables::SEEN;
use super::{Result, Store};
use crate::model::change::Action;
use crate::model::{MovieKey, VoterName};

impl Store {
    /// Records, as one change, that a person has or has not seen movies. Returns for each whether that is new.
    pub fn set_seen(
        &mut self,
        by: &VoterName,
        at: UtcDateTime,
        movies: &[MovieKey],
        has_seen: bool,
    ) -> Result<Vec<bool>> {
        self.write(|transaction| {
            let mut query = RowQuery::new();
            query.voter(by);
            query.each(&SEEN, "movie = ?1", movies.iter().map(MovieKey::to_string));
            let mut set = ChangeSet::begin(transaction, query, at)?;
            let movies: Vec<_> = movies.iter().map(|movie| (*movie, has_seen)).collect();
            let is_new = set.set_seen(by, &movies);
            if is_new.contains(&true) {
                let action = if has_seen { Action::Seen } else { Action::NotSeen };
                let voter = set.voter(by);
                write_and_log(transaction, set, action, voter)?;
            }
            Ok(is_new)
        })
    }
}

impl ChangeSet {
    /// Sets which movies a person has seen, whose rows were read. True for each for which that is new.
    pub fn set_seen(&mut self, name: &VoterName, movies: &[(MovieKey, bool)]) -> Vec<bool> {
        let known = self.known_voter(name);
        let was_seen = |movie| known.is_some_and(|id| self.now.get(RowKey::seen(movie, id)).is_some());
        let is_new: Vec<bool> = movies.iter().map(|(movie, has_seen)| was_seen(*movie) != *has_seen).collect();
        for ((movie, has_seen), _) in movies.iter().zip(&is_new).filter(|(_, is_new)| **is_new) {
            let voter = self.voter(name);
            self.set(RowKey::seen(*movie, voter), has_seen.then_some(BoardRow::Seen));
        }
        is_new
    }
}
