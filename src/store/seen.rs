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
    /// Enters that a person has seen movies, or has not, as one change however many there are. True for each movie for which
    /// that is new.
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
            let mut set = ChangeSet::read(transaction, query)?;
            let known = set.known_voter(by);
            let was_seen =
                |set: &ChangeSet, movie| known.is_some_and(|id| set.now.get(RowKey::seen(movie, id)).is_some());
            let is_new: Vec<bool> = movies.iter().map(|movie| was_seen(&set, *movie) != has_seen).collect();
            if is_new.contains(&true) {
                let voter = set.voter(by);
                for (movie, _) in movies.iter().zip(&is_new).filter(|(_, is_new)| **is_new) {
                    set.set(RowKey::seen(*movie, voter), has_seen.then_some(BoardRow::Seen));
                }
                let action = if has_seen { Action::Seen } else { Action::NotSeen };
                write_and_log(transaction, set, action, voter, at)?;
            }
            Ok(is_new)
        })
    }
}
