//! The cache of IMDb data: claims before a fetch, and results after it.

use std::collections::{HashMap, HashSet};

use time::{Duration, UtcDateTime};

use super::Store;
use super::board::{cache_entry, condition};
use super::db::{Result, Row, Statement, statement};
use super::tables::CACHE;
use crate::model::{CacheEntry, FetchOutcome, Fetched, ImdbId, ProposalStatus, Title};

/// The outcome of a claim. Another process has fetched the titles that are in neither list.
#[derive(Debug, Default)]
pub struct Claim {
    /// The titles that the caller must fetch.
    pub granted: Vec<ImdbId>,
    /// The cached data of the granted titles.
    pub known: HashMap<ImdbId, Title>,
    /// The titles that another process is fetching.
    pub held: Vec<ImdbId>,
}

impl Store {
    /// Claims those of `ids` that are due and not claimed, for the time `lasts`. A claim does not count as an attempt.
    /// Titles need not be on the board or in the cache yet.
    pub fn claim(
        &mut self,
        ids: &[ImdbId],
        now: UtcDateTime,
        lasts: Duration,
        is_due: impl Fn(&CacheEntry, UtcDateTime) -> bool,
    ) -> Result<Claim> {
        self.write(|transaction| {
            let entries = entries(transaction, ids)?;
            // Claims are compared by the clock that all users share, and the age of data by this machine's.
            let shared_now = transaction.driver.corrected(now);
            let mut claim = Claim::default();
            for &id in ids {
                let entry = entries.get(&id).cloned().unwrap_or_default();
                if !is_due(&entry, now) {
                    continue;
                }
                if entry.is_claimed(shared_now, lasts) {
                    claim.held.push(id);
                } else {
                    claim.granted.push(id);
                    claim.known.extend(entry.title.map(|title| (id, title)));
                }
            }
            let stamp = |id: &ImdbId| {
                statement!(
                    "INSERT INTO imdb_cache (imdb_id, claimed_until) VALUES (?1, ?2)
                     ON CONFLICT (imdb_id) DO UPDATE SET claimed_until = excluded.claimed_until",
                    id.to_string(),
                    (shared_now + lasts).unix_timestamp()
                )
            };
            transaction.driver.execute(&claim.granted.iter().map(stamp).collect::<Vec<_>>())?;
            Ok(claim)
        })
    }

    /// Stores the outcomes of fetches.
    pub fn save_fetched(&mut self, at: UtcDateTime, fetched: &[Fetched]) -> Result<()> {
        if fetched.is_empty() {
            return Ok(());
        }
        self.write(|transaction| {
            transaction.driver.execute(&writes(transaction.driver.corrected(at).unix_timestamp(), fetched))
        })
    }

    /// Returns the cache entries of the titles on the board, the lowest number first.
    pub fn cached_on_board(&mut self) -> Result<Vec<(ImdbId, CacheEntry)>> {
        self.cached_of(condition(ProposalStatus::OnBoard))
    }

    /// Returns the cache entries of the titles that a refresh considers: on the board, or watched and without data.
    pub fn cached_to_refresh(&mut self) -> Result<Vec<(ImdbId, CacheEntry)>> {
        let (on_board, watched) = (condition(ProposalStatus::OnBoard), condition(ProposalStatus::Watched));
        self.cached_of(&format!("{on_board} OR {watched} AND c.cached_imdb_data IS NULL"))
    }

    /// Returns the cache entries of the proposals that satisfy a condition, each title once.
    fn cached_of(&mut self, condition: &str) -> Result<Vec<(ImdbId, CacheEntry)>> {
        let sql = format!(
            "SELECT p.imdb_id, {} FROM proposals p LEFT JOIN imdb_cache c ON c.imdb_id = p.imdb_id
             WHERE p.imdb_id IS NOT NULL AND ({condition}) ORDER BY p.id",
            CACHE.columns_of("c")
        );
        let read = |row: &dyn Row| Ok((row.text(0)?.and_then(ImdbId::parse), cache_entry(row, 1)?));
        let rows = self.read(|transaction| transaction.rows(statement!(sql.clone()), read))?;
        let mut seen = HashSet::new();
        let entries = rows.into_iter().filter_map(|(id, entry)| Some((id?, entry)));
        Ok(entries.filter(|(id, _)| seen.insert(*id)).collect())
    }

    /// Returns the cache entries of titles, on the board or not, in the order of `ids`.
    pub fn cached(&mut self, ids: &[ImdbId]) -> Result<Vec<CacheEntry>> {
        self.read(|transaction| {
            let entries = entries(transaction, ids)?;
            Ok(ids.iter().map(|id| entries.get(id).cloned().unwrap_or_default()).collect())
        })
    }
}

fn entries(transaction: &mut super::Transaction<'_>, ids: &[ImdbId]) -> Result<HashMap<ImdbId, CacheEntry>> {
    let query = CACHE.select_each("imdb_id = ?1", ids.iter().map(ImdbId::to_string));
    let mut entries = HashMap::new();
    transaction.driver.run(&[query], &mut |_, row| {
        if let Some(id) = row.text(0)?.and_then(ImdbId::parse) {
            entries.insert(id, cache_entry(row, 0)?);
        }
        Ok(())
    })?;
    Ok(entries)
}

/// Returns the statements that store the outcomes of fetches. Only new data replaces old data.
pub(super) fn writes(at: i64, fetched: &[Fetched]) -> Vec<Statement<'static>> {
    fetched.iter().map(|Fetched { id, outcome }| write(at, *id, outcome)).collect()
}

fn write(at: i64, id: ImdbId, outcome: &FetchOutcome) -> Statement<'static> {
    let id = id.to_string();
    match outcome {
        // `?5` is 1 if a better source failed, and otherwise 0, which resets the count.
        FetchOutcome::Found { title, source, better_failed } => {
            statement!(
                "INSERT INTO imdb_cache
                     (imdb_id, cached_imdb_data, cached_at, source, attempted_at, failures, last_error)
                 VALUES (?1, ?2, ?3, ?4, ?3, ?5, ?6)
                 ON CONFLICT (imdb_id) DO UPDATE
                 SET cached_imdb_data = excluded.cached_imdb_data, cached_at = excluded.cached_at,
                     source = excluded.source, attempted_at = excluded.attempted_at, claimed_until = NULL,
                     failures = (imdb_cache.failures + 1) * excluded.failures, last_error = excluded.last_error,
                     unknown_at = NULL",
                id,
                title.to_json(),
                at,
                source.clone(),
                i64::from(better_failed.is_some()),
                better_failed.clone()
            )
        }
        // No fetch took place: claims and back-off stay, and data fetched meanwhile is newer.
        FetchOutcome::Local { title, source, confirmed_at } => statement!(
            "INSERT INTO imdb_cache (imdb_id, cached_imdb_data, cached_at, source) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (imdb_id) DO UPDATE
             SET cached_imdb_data = excluded.cached_imdb_data, cached_at = excluded.cached_at, source = excluded.source
             WHERE imdb_cache.cached_at IS NULL OR imdb_cache.cached_at <= excluded.cached_at",
            id,
            title.to_json(),
            confirmed_at.unix_timestamp(),
            source.clone()
        ),
        FetchOutcome::Unknown(_) => statement!(
            "INSERT INTO imdb_cache (imdb_id, attempted_at, unknown_at) VALUES (?1, ?2, ?2)
             ON CONFLICT (imdb_id) DO UPDATE
             SET attempted_at = excluded.attempted_at, unknown_at = excluded.unknown_at, claimed_until = NULL,
                 failures = 0, last_error = NULL",
            id,
            at
        ),
        FetchOutcome::Failed(error) => statement!(
            "INSERT INTO imdb_cache (imdb_id, attempted_at, failures, last_error) VALUES (?1, ?2, 1, ?3)
             ON CONFLICT (imdb_id) DO UPDATE
             SET attempted_at = excluded.attempted_at, claimed_until = NULL,
                 failures = imdb_cache.failures + 1, last_error = excluded.last_error",
            id,
            at,
            error.clone()
        ),
        FetchOutcome::NotAsked => statement!("UPDATE imdb_cache SET claimed_until = NULL WHERE imdb_id = ?1", id),
    }
}
