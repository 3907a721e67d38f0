//! Searches, kept for as long as other data.

use super::freshness::FRESH_FOR;
use super::wait;
use crate::env::Clock;
use crate::model::search::{Hit, Query};
use crate::model::text::fold;
use crate::sources::{FetchError, Settings, Sources};
use crate::store::{Result, Store};

/// What a search found, or why it could not be made.
pub type Found = std::result::Result<Vec<Hit>, String>;

/// Searches titles: from what was kept, else from the sources, unless there are none (offline). A
/// year at the end narrows, unless nothing of that year is found, when it may be part of a title.
///
/// # Errors
/// The database cannot be read.
pub fn search(store: &mut Store, settings: Option<&Settings>, clock: &Clock, query: &Query) -> Result<Found> {
    if let Some((stem, year)) = &query.with_year {
        let found = once(store, settings, clock, stem)?;
        let of_year = found.map(|hits| hits.into_iter().filter(|h| h.title.year == Some(*year)).collect::<Vec<_>>());
        if !of_year.as_ref().is_ok_and(Vec::is_empty) {
            return Ok(of_year);
        }
    }
    once(store, settings, clock, &query.words)
}

fn once(store: &mut Store, settings: Option<&Settings>, clock: &Clock, words: &str) -> Result<Found> {
    let (key, now) = (fold(words), clock.now());
    let cutoff = now - FRESH_FOR;
    if let Some(hits) = store.kept_search(&key, cutoff, now)? {
        return Ok(Ok(hits));
    }
    let Some(settings) = settings else {
        return Ok(Err("offline".into()));
    };
    let Some(sources) = wait::sources(store, settings, clock)? else {
        return Ok(Err("no source can be reached".into()));
    };
    let found = sources.search(words, wait::PERSON_WAITS);
    // What was found is worth showing even where it cannot be kept.
    let _ = keep(store, &sources, &found, &key, clock);
    Ok(found.map_err(|fault| fault.to_string()))
}

fn keep(
    store: &mut Store,
    sources: &Sources,
    found: &std::result::Result<Vec<Hit>, FetchError>,
    key: &str,
    clock: &Clock,
) -> Result<()> {
    let now = clock.now();
    store.save_fetched(now, &[], &sources.take_report())?;
    match found {
        Ok(hits) => store.keep_search(key, hits, now - FRESH_FOR, now),
        Err(_) => Ok(()),
    }
}
