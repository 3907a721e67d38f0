//! Looking up titles for somebody who waits: the time is short, and failures are not fatal.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use time::UtcDateTime;

use super::freshness::{CLAIM_LASTS, freshness, freshness_of, is_due, is_tolerably_partial, is_worth_a_try};
use super::{Cache, catalog};
use crate::env::{Deadline, Progress, Unit};
use crate::model::{Board, CacheEntry, FetchOutcome, Fetched, Freshness, ImdbId};
use crate::sources::{AskedBy, FetchBudget, Sources};
use crate::state::BoardLoad;
use crate::store::{Result, Store, StoreError};

/// The number of concurrent requests while somebody waits.
const JOBS: usize = 8;
/// The number of titles that are claimed at once, which is more than even a fast service delivers in a person's time.
const MAX_TITLES: usize = 500;

/// A title and its cache entry.
pub type Entry<'e> = (ImdbId, &'e mut CacheEntry);

/// Returns the titles of a board.
pub fn entries(board: &mut Board) -> impl Iterator<Item = Entry<'_>> {
    board.proposals.iter_mut().filter_map(|movie| Some((movie.imdb_id?, &mut movie.cache)))
}

/// The rules of a lookup.
#[derive(Clone, Copy)]
pub struct Policy {
    /// Who asks. For a person, who named the titles, unreachable sources are tried as well.
    pub asked_by: AskedBy,
    /// True if titles are claimed before the fetch and saved after it. Otherwise the caller saves them.
    pub keeps: bool,
    /// Selects the titles to fetch by their entries, after the database and the catalogue were read.
    pub wants: fn(&CacheEntry, UtcDateTime) -> bool,
}

impl Policy {
    /// For a view of the board: missing titles.
    pub const VIEW: Self = Self {
        asked_by: AskedBy::Machine,
        keeps: true,
        wants: |entry, now| freshness_of(entry, now) == Freshness::Missing && is_worth_a_try(entry, now),
    };
    /// For a page, which is read for hours after it was made: all titles that are due for a refresh.
    pub const PAGE: Self = Self { wants: |entry, now| is_due(entry, now) && is_worth_a_try(entry, now), ..Self::VIEW };
    /// For proposed movies that a person names.
    pub const SHOW: Self = Self { asked_by: AskedBy::Person, keeps: true, wants: |entry, _| entry.title.is_none() };
    /// For titles that a person is about to propose.
    pub const PROPOSE: Self = Self { keeps: false, ..Self::SHOW };
    /// For titles that nobody proposed: the person wants to know more than the catalogue has.
    pub const PREVIEW: Self = Self { wants: |entry, _| entry.title.is_none() || entry.is_partial(), ..Self::PROPOSE };
}

/// The outcome of a lookup.
#[derive(Default)]
pub struct Lookup {
    /// The data from the catalogue and from web sources.
    pub fetched: Vec<Fetched>,
    /// The error if the titles could not be claimed, so that nothing was fetched.
    pub not_claimed: Option<StoreError>,
    /// The error if the fetched data could not be saved.
    pub not_saved: Option<StoreError>,
    /// True if the person wants to stop.
    pub is_stopped: bool,
}

impl Lookup {
    /// Counts the titles of a board by their freshness at `now`, before web sources were asked.
    pub fn counts_before(&self, board: &Board, now: UtcDateTime) -> BoardLoad {
        let is_from_web =
            |outcome: &FetchOutcome| matches!(outcome, FetchOutcome::Found { .. } | FetchOutcome::Unknown(_));
        let from_web = self.fetched.iter().filter(|fetched| is_from_web(&fetched.outcome));
        let were_missing: HashSet<ImdbId> = from_web.map(|fetched| fetched.id).collect();
        let mut counts = BoardLoad::default();
        for movie in &board.proposals {
            match freshness(movie, now) {
                _ if movie.imdb_id.is_some_and(|id| were_missing.contains(&id)) => counts.missing += 1,
                Freshness::Fresh => counts.fresh += 1,
                // Not a cache miss, because only the daily ratings update can refresh it.
                Freshness::Stale if is_tolerably_partial(&movie.cache, now) => {}
                Freshness::Stale => counts.stale += 1,
                Freshness::Missing => counts.missing += 1,
                Freshness::Unknown | Freshness::None => {}
            }
        }
        counts
    }
}

/// The outcome of a round: titles that were claimed, fetched and saved together.
pub(super) struct Round {
    pub fetched: Vec<Fetched>,
    /// The titles that another process is fetching.
    pub held: Vec<ImdbId>,
    /// The titles that another process has fetched meanwhile.
    pub done_by_others: Vec<ImdbId>,
    pub requests: usize,
    pub saved: Result<()>,
}

impl Cache<'_> {
    /// Looks up titles in the catalogue and, within the time that is left for a person's requests, at the web sources.
    /// Updates `entries` even with data that cannot be saved.
    pub fn lookup(
        &self,
        store: Option<&mut Store>,
        entries: &mut [Entry<'_>],
        policy: &Policy,
        progress: &mut dyn Progress,
    ) -> Lookup {
        let mut store = store.filter(|store| policy.keeps && !store.is_read_only());
        let known = self.fill_from_catalog(entries, |entry| entry.title.is_none());
        if let Some(store) = &mut store {
            // If this fails, the data is shown anyway, and the next view copies it again.
            let _ = store.with_lock_timeout(self.limits.writer, |store| store.save_fetched(self.clock.now(), &known));
        }
        let wanted = self.wanted(entries, policy);
        // Without a way to save it, data is fetched only for a person.
        let by_person = policy.asked_by == AskedBy::Person;
        let is_asked = !wanted.is_empty() && (store.is_some() || by_person);
        let usable = self.sources.as_deref().filter(|sources| is_asked && sources.any_usable());
        let Some(sources) = usable else { return Lookup { fetched: known, ..Lookup::default() } };
        progress.begin("fetching", Unit::Titles, Some(wanted.len() as u64), 0);
        let kept = store.map(|store| self.fetch_and_keep(store, sources, &wanted, entries, progress));
        let mut lookup = match kept {
            Some(kept) if kept.not_claimed.is_none() || kept.is_stopped || !by_person => kept,
            _ => {
                let never = Arc::default();
                let ask = |deadline| self.ask(sources, &wanted, &briefly(deadline, &never), progress);
                Lookup { fetched: self.budget.spend(ask).0, ..Lookup::default() }
            }
        };
        apply(entries, &lookup.fetched, self.clock.now());
        lookup.fetched.extend(known);
        lookup
    }

    /// Returns the titles to fetch, each once.
    fn wanted(&self, entries: &[Entry<'_>], policy: &Policy) -> Vec<ImdbId> {
        let now = self.clock.now();
        let wanted = entries.iter().filter(|(_, entry)| (policy.wants)(entry, now));
        let most = if policy.keeps { MAX_TITLES } else { usize::MAX };
        let mut seen = HashSet::new();
        wanted.map(|(id, _)| *id).filter(|id| seen.insert(*id)).take(most).collect()
    }

    /// Claims, fetches and saves titles. Updates the entries of those that other processes have fetched meanwhile.
    fn fetch_and_keep(
        &self,
        store: &mut Store,
        sources: &Sources,
        wanted: &[ImdbId],
        entries: &mut [Entry<'_>],
        progress: &mut dyn Progress,
    ) -> Lookup {
        let mut is_stopped = false;
        let round = store.with_lock_timeout(self.limits.writer, |store| {
            self.interrupt.run_interruptible(|stop| {
                let run = |deadline| self.round(store, sources, wanted, &briefly(deadline, stop), is_due, progress);
                let round = self.budget.spend(run);
                is_stopped = stop.load(Ordering::Relaxed);
                round
            })
        });
        let round = match round {
            Ok(round) => round,
            Err(error) => return Lookup { not_claimed: Some(error), is_stopped, ..Lookup::default() },
        };
        if let Ok(newest) = store.cached(&round.done_by_others) {
            let newest: HashMap<_, _> = round.done_by_others.iter().zip(newest).collect();
            for (id, entry) in entries {
                if let Some(newest) = newest.get(id) {
                    **entry = newest.clone();
                }
            }
        }
        Lookup { fetched: round.fetched, not_saved: round.saved.err(), is_stopped, not_claimed: None }
    }

    /// Updates entries with better data from the catalogue, without a request. A damaged catalogue is left to the next
    /// search to report.
    pub(super) fn fill_from_catalog(
        &self,
        entries: &mut [Entry<'_>],
        is_looked_up: impl Fn(&CacheEntry) -> bool,
    ) -> Vec<Fetched> {
        let Some(catalog) = &self.catalog else { return Vec::new() };
        let looked_up = entries.iter().filter(|(_, entry)| is_looked_up(entry)).map(|(id, entry)| (*id, &**entry));
        let known = catalog::newer(catalog, &looked_up.collect::<Vec<_>>()).unwrap_or_default();
        apply(entries, &known, self.clock.now());
        known
    }

    /// Claims titles, fetches those that were granted, and saves the outcomes. Releases the claims of titles that no
    /// source was asked for, even if the person stops.
    ///
    /// # Errors
    /// Fails, and fetches nothing, if the titles cannot be claimed.
    pub(super) fn round(
        &self,
        store: &mut Store,
        sources: &Sources,
        ids: &[ImdbId],
        budget: &FetchBudget,
        is_due: impl Fn(&CacheEntry, UtcDateTime) -> bool,
        progress: &mut dyn Progress,
    ) -> Result<Round> {
        let mut claim = store.claim(ids, self.clock.now(), CLAIM_LASTS, is_due)?;
        let is_claimed: HashSet<&ImdbId> = claim.granted.iter().chain(&claim.held).collect();
        let done_by_others = ids.iter().filter(|id| !is_claimed.contains(id)).copied().collect();
        let (mut fetched, requests) = self.ask(sources, &claim.granted, budget, progress);
        for Fetched { id, outcome } in &mut fetched {
            match (outcome, claim.known.remove(id)) {
                (FetchOutcome::Found { title, better_failed: Some(_), .. }, Some(known)) => {
                    let lesser = std::mem::replace(&mut **title, known);
                    title.update_from_lesser(lesser);
                }
                (FetchOutcome::Found { title, .. }, Some(known)) => title.fill_from(known),
                _ => {}
            }
        }
        let saved = store.save_fetched(self.clock.now(), &fetched);
        Ok(Round { fetched, held: claim.held, done_by_others, requests, saved })
    }

    /// Asks web sources for titles, and adds the catalogue's data. Also returns the number of requests.
    fn ask(
        &self,
        sources: &Sources,
        ids: &[ImdbId],
        budget: &FetchBudget,
        progress: &mut dyn Progress,
    ) -> (Vec<Fetched>, usize) {
        if ids.is_empty() {
            return (Vec::new(), 0);
        }
        let mut fetched = sources.fetch(ids, budget, &mut |titles| progress.advance(titles as u64));
        if let Some(catalog) = &self.catalog {
            // Fetched data is worth keeping even if the catalogue is damaged.
            let _ = catalog::supplement(catalog, &mut fetched);
        }
        (fetched, self.keep_log(sources))
    }
}

/// Returns the limits of a fetch that somebody waits for.
fn briefly(deadline: Deadline, stop: &Arc<AtomicBool>) -> FetchBudget {
    let request = deadline.remaining();
    FetchBudget { deadline, begin_until: deadline, request, share_time: true, jobs: JOBS, stop: Arc::clone(stop) }
}

fn apply(entries: &mut [Entry<'_>], fetched: &[Fetched], at: UtcDateTime) {
    let by_id: HashMap<ImdbId, &Fetched> = fetched.iter().map(|fetched| (fetched.id, fetched)).collect();
    for (id, entry) in entries {
        if let Some(fetched) = by_id.get(id) {
            entry.apply(&fetched.outcome, at);
        }
    }
}
