//! Fetching what a person waits for: briefly, and whatever comes of it.

use std::sync::Arc;
use std::time::Duration;

use time::UtcDateTime;

use crate::env::{Clock, Deadline};
use crate::model::{Fetched, Freshness, ImdbId, Proposal};
use crate::sources::{FetchBudget, Settings, Sources};
use crate::store::{Result, Store};

use super::background::LEASE;
use super::freshness::{CLAIM_LASTS, due, freshness, is_worth_a_try};

/// The longest that a person waits for data.
pub const PERSON_WAITS: Duration = Duration::from_secs(3);
/// The longest that the board waits for another writer, who is done in milliseconds unless
/// something is wrong.
const WRITER_WAITS: Duration = Duration::from_millis(250);
/// Requests at a time while somebody waits.
const JOBS: usize = 8;
/// More than can be fetched in that time, even from a fast service.
const TITLES: usize = 500;
/// More than this are left to a refresh in the background, once that is under way.
const FEW: usize = 100;

/// Fetches titles for somebody who waits for them, at most three seconds.
pub fn fetch(sources: &Sources, ids: &[ImdbId]) -> Vec<Fetched> {
    let deadline = Deadline::after(PERSON_WAITS);
    let patience = FetchBudget {
        deadline,
        begin_until: deadline,
        request: PERSON_WAITS,
        share_time: true,
        jobs: JOBS,
        stop: Arc::default(),
    };
    sources.fetch(ids, &patience, &mut |_| {})
}

/// The sources, unless all of them are known to be down.
///
/// # Errors
/// The database cannot be read.
pub fn sources(store: &mut Store, settings: &Settings, clock: &Clock) -> Result<Option<Sources>> {
    let sources = Sources::new(settings, &store.source_states()?, clock);
    Ok(sources.any_usable().then_some(sources))
}

/// Fetches what movies of the board are missing and puts it into the cache. True when the cache changed.
///
/// # Errors
/// The database cannot be read or written.
pub fn fetch_missing(store: &mut Store, movies: &[Proposal], settings: &Settings, clock: &Clock) -> Result<bool> {
    let now = clock.now();
    let missing: Vec<ImdbId> = movies
        .iter()
        .filter(|p| freshness(p, now) == Freshness::Missing && is_worth_a_try(&p.cache, now))
        .filter_map(|p| p.imdb_id)
        .take(TITLES)
        .collect();
    if missing.is_empty() || missing.len() > FEW && is_under_way(store, now)? {
        return Ok(false);
    }
    store.wait_at_most(WRITER_WAITS)?;
    let Some(sources) = sources(store, settings, clock)? else {
        return Ok(false);
    };
    let claim = store.claim(&missing, due(now), now, CLAIM_LASTS)?;
    let fetched = fetch(&sources, &claim.granted);
    store.save_fetched(clock.now(), &fetched, &sources.take_report())?;
    Ok(true)
}

/// Whether a refresh in the background has the lease. One that is longer than any was taken by a
/// clock that was wrong.
fn is_under_way(store: &mut Store, now: UtcDateTime) -> Result<bool> {
    let until = store.background_until()?;
    Ok(now < until && until <= now + LEASE)
}
