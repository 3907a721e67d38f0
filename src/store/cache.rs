//! The cache of IMDb data: claims before a fetch, results after it.

use rusqlite::{OptionalExtension, Transaction, params};
use time::{Duration, UtcDateTime};

use super::{Result, Store, moment, seconds};
use crate::model::{Cache, Fetched, ImdbId, Outcome, Report, RequestRecord, SourceState};

/// Which titles are worth a fetch.
#[derive(Clone, Copy, Debug)]
pub struct Due {
    /// Data from before or at this moment is too old.
    pub cached_until: UtcDateTime,
    /// Data from after this moment is not trusted: the clock was wrong then or is now.
    pub cached_before: UtcDateTime,
}

/// What became of a claim.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Claim {
    /// The caller's to fetch.
    pub granted: Vec<ImdbId>,
    /// Being fetched by somebody else.
    pub held: Vec<ImdbId>,
}

impl Store {
    /// Claims those of `ids` that are still due and that nobody else has claimed: stamps them
    /// with the attempt, until `lasts` from now. Titles that need not be on the board yet, nor
    /// in the cache.
    ///
    /// # Errors
    /// The database cannot be written.
    pub fn claim(&mut self, ids: &[ImdbId], due: Due, now: UtcDateTime, lasts: Duration) -> Result<Claim> {
        let tx = self.write()?;
        let mut claim = Claim::default();
        {
            let mut stamp = tx.prepare_cached(
                "INSERT INTO imdb_cache (imdb_id, attempted_at, claimed_until) VALUES (?1, ?2, ?3)
                 ON CONFLICT (imdb_id) DO UPDATE
                 SET attempted_at = excluded.attempted_at, claimed_until = excluded.claimed_until
                 WHERE cached_at IS NULL OR cached_at <= ?4 OR cached_at >= ?5
                 RETURNING imdb_id",
            )?;
            // A claim that would last longer than any does was made by a clock that was wrong.
            let mut is_held = tx.prepare_cached(
                "SELECT 1 FROM imdb_cache WHERE imdb_id = ?1 AND claimed_until > ?2 AND claimed_until <= ?3
                 AND (cached_at IS NULL OR cached_at <= ?4 OR cached_at >= ?5)",
            )?;
            let until = seconds(now + lasts);
            for &id in ids {
                let stamps =
                    params![id.to_string(), seconds(now), until, seconds(due.cached_until), seconds(due.cached_before)];
                if is_held.exists(stamps)? {
                    claim.held.push(id);
                } else if stamp.exists(stamps)? {
                    claim.granted.push(id);
                }
            }
        }
        tx.commit()?;
        Ok(claim)
    }

    /// Writes what was fetched, and what was learned of the sources while doing so.
    ///
    /// # Errors
    /// The database cannot be written: nothing of it is stored.
    pub fn save_fetched(&mut self, at: UtcDateTime, fetched: &[Fetched], report: &Report) -> Result<()> {
        let tx = self.write()?;
        save_all(&tx, at, fetched)?;
        save_report(&tx, report)?;
        tx.commit()?;
        Ok(())
    }

    /// What is remembered of the sources.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn source_states(&mut self) -> Result<Vec<SourceState>> {
        let mut query = self.conn.prepare("SELECT name, down_until, last_error FROM sources ORDER BY name")?;
        let rows = query.query_map([], |row| {
            Ok(SourceState {
                name: row.get(0)?,
                down_until: row.get::<_, Option<i64>>(1)?.map(moment),
                last_error: row.get(2)?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// What the cache holds of each title on the board, without the data itself.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn cache_states(&mut self) -> Result<Vec<(ImdbId, Cache)>> {
        let mut query = self.conn.prepare(
            "SELECT p.imdb_id, NULL, c.cached_at, c.source, c.attempted_at, c.claimed_until, c.failures,
                    c.unknown_at
             FROM proposals p LEFT JOIN imdb_cache c ON c.imdb_id = p.imdb_id
             WHERE p.imdb_id IS NOT NULL AND p.withdrawn_at IS NULL AND p.watched_at IS NULL ORDER BY p.id",
        )?;
        let rows = query.query_map([], |row| {
            let id = row.get_ref(0)?.as_str()?;
            Ok((ImdbId::parse(id), super::board::cache(row, 1)?))
        })?;
        let states = rows.collect::<rusqlite::Result<Vec<_>>>()?;
        Ok(states.into_iter().filter_map(|(id, cache)| Some((id?, cache))).collect())
    }

    /// What the cache holds of titles, on the board or not, in the order of `ids`.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn cached(&mut self, ids: &[ImdbId]) -> Result<Vec<Cache>> {
        let tx = self.read()?;
        let mut query = tx.prepare(
            "SELECT cached_imdb_data, cached_at, source, attempted_at, claimed_until, failures, unknown_at
             FROM imdb_cache WHERE imdb_id = ?1",
        )?;
        let cached = |id: &ImdbId| {
            let row = query.query_row([id.to_string()], |row| super::board::cache(row, 0)).optional()?;
            Ok(row.unwrap_or_default())
        };
        ids.iter().map(cached).collect()
    }
}

pub(super) fn save_all(tx: &Transaction<'_>, at: UtcDateTime, fetched: &[Fetched]) -> Result<()> {
    for Fetched { id, outcome } in fetched {
        let (id, at) = (id.to_string(), seconds(at));
        match outcome {
            Outcome::Found(title, source) => {
                let json = serde_json::to_string(title).expect("a title has no key that JSON cannot write");
                tx.prepare_cached(
                    "INSERT INTO imdb_cache (imdb_id, cached_imdb_data, cached_at, source, attempted_at)
                     VALUES (?1, ?2, ?3, ?4, ?3)
                     ON CONFLICT (imdb_id) DO UPDATE
                     SET cached_imdb_data = excluded.cached_imdb_data, cached_at = excluded.cached_at,
                         source = excluded.source, claimed_until = NULL, failures = 0, last_error = NULL,
                         unknown_at = NULL",
                )?
                .execute(params![id, json, at, source])?;
            }
            // Old data stays: a source that forgets a title takes nothing from anyone.
            Outcome::Unknown => {
                tx.prepare_cached(
                    "INSERT INTO imdb_cache (imdb_id, attempted_at, unknown_at) VALUES (?1, ?2, ?2)
                     ON CONFLICT (imdb_id) DO UPDATE
                     SET unknown_at = excluded.unknown_at, claimed_until = NULL, failures = 0, last_error = NULL",
                )?
                .execute(params![id, at])?;
            }
            Outcome::Failed(error) => {
                tx.prepare_cached(
                    "INSERT INTO imdb_cache (imdb_id, attempted_at, failures, last_error) VALUES (?1, ?2, 1, ?3)
                     ON CONFLICT (imdb_id) DO UPDATE
                     SET attempted_at = excluded.attempted_at, claimed_until = NULL,
                         failures = failures + 1, last_error = excluded.last_error",
                )?
                .execute(params![id, at, error])?;
            }
            Outcome::NotAsked => {
                tx.prepare_cached("UPDATE imdb_cache SET claimed_until = NULL WHERE imdb_id = ?1")?.execute([id])?;
            }
        }
    }
    Ok(())
}

pub(super) fn save_report(tx: &Transaction<'_>, report: &Report) -> Result<()> {
    let mut request =
        tx.prepare_cached("INSERT INTO api_requests (at, source, millis, error) VALUES (?1, ?2, ?3, ?4)")?;
    for RequestRecord { source, at, millis, error } in &report.requests {
        request.execute(params![seconds(*at), source, millis, error])?;
    }
    for state in &report.states {
        tx.prepare_cached(
            "INSERT INTO sources (name, down_until, last_error) VALUES (?1, ?2, ?3)
             ON CONFLICT (name) DO UPDATE SET down_until = excluded.down_until, last_error = excluded.last_error",
        )?
        .execute(params![state.name, state.down_until.map(seconds), state.last_error])?;
    }
    Ok(())
}
