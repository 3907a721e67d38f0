//! Fetching what a person waits for: briefly, and whatever comes of it.

use std::sync::Arc;
use std::time::Duration;

use super::background::LEASE;
use super::freshness::{CLAIM_LASTS, freshness, is_due, is_worth_a_try};
use super::keep_log;
use super::refresh::Progress;
use crate::env::{Clock, Deadline};
use crate::model::{Fetched, Freshness, ImdbId, Proposal};
use crate::sources::{AskedBy, FetchBudget, PersonBudget, Settings, Sources};
use crate::state::State;
use crate::store::{Result, Store, StoreError};

/// Requests at a time while somebody waits.
const JOBS: usize = 8;
/// More than can be fetched in a person's time, even from a fast service.
const TITLES: usize = 500;
/// More than this are left to a refresh in the background, once that is under way.
const FEW: usize = 100;

/// Fetches titles that a person has asked for.
pub fn fetch(
    ids: &[ImdbId],
    sources: &Sources,
    state: &State,
    budget: &mut PersonBudget,
    progress: &mut dyn Progress,
) -> Vec<Fetched> {
    if ids.is_empty() {
        return Vec::new();
    }
    let fetched = budget.spend(|deadline| fetch_until(sources, ids, deadline, progress));
    keep_log(sources, state);
    fetched
}

fn fetch_until(sources: &Sources, ids: &[ImdbId], deadline: Deadline, progress: &mut dyn Progress) -> Vec<Fetched> {
    let request = deadline.remaining();
    let budget =
        FetchBudget { deadline, begin_until: deadline, request, share_time: true, jobs: JOBS, stop: Arc::default() };
    progress.begin(ids.len());
    sources.fetch(ids, &budget, &mut |titles| progress.advance(titles))
}

/// What came of fetching for a board that somebody waits for.
#[derive(Default)]
pub struct Gain {
    /// What was fetched, whether it could be kept or not.
    pub fetched: Vec<Fetched>,
    /// Other processes have fetched some of what is missing: it is in the cache.
    pub is_more_in_cache: bool,
    /// Why what was fetched is not kept.
    pub not_kept: Option<StoreError>,
}

/// Fetches what movies of the board are missing and puts it into the cache, for a board that somebody waits for. Waits no
/// longer than `writer` for another process that writes.
///
/// # Errors
/// Nothing is fetched, because the database cannot be written.
pub fn fetch_missing(
    store: &mut Store,
    movies: &[Proposal],
    settings: &Settings,
    state: &State,
    clock: &Clock,
    budget: &mut PersonBudget,
    writer: Duration,
) -> Result<Gain> {
    let now = clock.now();
    let missing: Vec<ImdbId> = movies
        .iter()
        .filter(|p| freshness(p, now) == Freshness::Missing && is_worth_a_try(&p.cache, now))
        .filter_map(|p| p.imdb_id)
        .take(TITLES)
        .collect();
    if missing.is_empty() || missing.len() > FEW && state.is_leased(now, now + LEASE) {
        return Ok(Gain::default());
    }
    let sources = Sources::new(settings, &state.source_states(), AskedBy::Machine);
    if !sources.any_usable() {
        return Ok(Gain::default());
    }
    let claim = store.with_lock_timeout(writer, |store| store.claim(&missing, now, CLAIM_LASTS, is_due))?;
    let is_more_in_cache = missing.len() > claim.granted.len() + claim.held.len();
    if claim.granted.is_empty() {
        return Ok(Gain { is_more_in_cache, ..Gain::default() });
    }
    let fetched = budget.spend(|deadline| fetch_until(&sources, &claim.granted, deadline, &mut ()));
    keep_log(&sources, state);
    let kept = store.with_lock_timeout(writer, |store| store.save_fetched(clock.now(), &fetched));
    Ok(Gain { fetched, is_more_in_cache, not_kept: kept.err().map(StoreError::while_reading) })
}
