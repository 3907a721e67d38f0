//! Searches, cached for as long as other data.

use super::Cache;
use super::freshness::FRESH_FOR;
use crate::model::search::{Hit, Query};
use crate::model::text::fold;
use crate::sources::SearchError;
use crate::store::{Result, Store};

/// The hits of a search, or the error that prevented it.
pub type MergedHits = std::result::Result<Vec<Hit>, SearchError>;

impl Cache<'_> {
    /// Searches the cached results, or else the sources. A year at the end narrows the search. If no title of that year
    /// is found, the year may be part of the title, so all words are searched.
    pub fn search(&self, mut store: Option<&mut Store>, query: &Query) -> Result<MergedHits> {
        if let Some((stem, year)) = &query.with_year {
            let found = self.search_once(store.as_deref_mut(), stem)?;
            let is_of_year = |hit: &Hit| hit.title.year == Some(*year);
            let of_year = found.map(|hits| hits.into_iter().filter(is_of_year).collect::<Vec<_>>());
            // If no source answered, none would answer a second search.
            let is_final = of_year.as_ref().map_or_else(|error| !error.is_partial, |hits| !hits.is_empty());
            if is_final {
                return Ok(of_year);
            }
        }
        self.search_once(store, &query.words)
    }

    fn search_once(&self, mut store: Option<&mut Store>, words: &str) -> Result<MergedHits> {
        let (key, now) = (fold(words), self.clock.now());
        let cutoff = now - FRESH_FOR;
        let kept = store.as_mut().map(|store| store.kept_search(&key, cutoff, now)).transpose()?;
        if let Some(hits) = kept.flatten() {
            return Ok(Ok(hits));
        }
        let Some(sources) = self.sources.as_deref() else {
            return Ok(Err(SearchError { why: "offline".to_owned(), is_partial: false }));
        };
        let found = self.budget.spend(|deadline| sources.search(words, deadline));
        self.keep_log(sources);
        match found {
            Err(error) => Ok(Err(error)),
            Ok(found) => {
                // An incomplete result is not cached. A result is shown even if it cannot be cached.
                if let Some(store) = store.filter(|_| found.is_complete) {
                    let keep = |store: &mut Store| store.keep_search(&key, &found.hits, cutoff, now);
                    let _ = store.with_lock_timeout(self.limits.writer, keep);
                }
                Ok(Ok(found.hits))
            }
        }
    }
}
