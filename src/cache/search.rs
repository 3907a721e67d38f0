//! Searches, kept for as long as other data.

use std::time::Duration;

use super::freshness::FRESH_FOR;
use super::keep_log;
use crate::env::Clock;
use crate::model::search::{Hit, Query};
use crate::model::text::fold;
use crate::sources::{PersonBudget, Sources};
use crate::state::State;
use crate::store::{Result, Store};

/// The outcome of a search: what it found, or why it could not be made.
pub type Found = std::result::Result<Vec<Hit>, String>;

/// The context of a search. Without a database nothing is kept; without sources (offline) only what was kept is found.
pub struct Searcher<'a> {
    /// The database, if there is one.
    pub store: Option<&'a mut Store>,
    /// The sources, unless offline.
    pub sources: Option<&'a Sources>,
    /// The longest to wait for other writers.
    pub writer: Duration,
    /// This machine's state.
    pub state: &'a State,
    /// Tells the time.
    pub clock: &'a Clock,
    /// The person's time for the network.
    pub budget: &'a mut PersonBudget,
}

impl Searcher<'_> {
    /// Searches titles: from what was kept, else from the sources. A year at the end narrows, unless nothing of that year
    /// is found, when it may be part of a title.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn search(&mut self, query: &Query) -> Result<Found> {
        if let Some((stem, year)) = &query.with_year {
            let found = self.once(stem)?;
            let is_of_year = |hit: &Hit| hit.title.year == Some(*year);
            let of_year = found.map(|hits| hits.into_iter().filter(is_of_year).collect::<Vec<_>>());
            if !of_year.as_ref().is_ok_and(Vec::is_empty) {
                return Ok(of_year);
            }
        }
        self.once(&query.words)
    }

    fn once(&mut self, words: &str) -> Result<Found> {
        let (key, now) = (fold(words), self.clock.now());
        let cutoff = now - FRESH_FOR;
        let kept = self.store.as_mut().map(|store| store.kept_search(&key, cutoff, now)).transpose()?;
        if let Some(hits) = kept.flatten() {
            return Ok(Ok(hits));
        }
        let Some(sources) = self.sources else {
            return Ok(Err("offline".into()));
        };
        let found = self.budget.spend(|deadline| sources.search(words, deadline));
        keep_log(sources, self.state);
        match found {
            Err(error) => Ok(Err(error.to_string())),
            Ok(found) => {
                // What a source could not answer for may have had more. And what was found is worth showing even
                // where it cannot be kept, or not at once.
                if let Some(store) = self.store.as_mut().filter(|_| found.is_complete) {
                    let _ =
                        store.with_lock_timeout(self.writer, |store| store.keep_search(&key, &found.hits, cutoff, now));
                }
                Ok(Ok(found.hits))
            }
        }
    }
}
