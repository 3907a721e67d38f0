//! The health record: written as an aside, bounded to 30 days.

use rusqlite::{Transaction, params};
use time::{Duration, UtcDateTime};

use super::{Result, Store, moment, seconds};
use crate::model::health::{BoardLoad, Lookups, Record, RefreshTally};

/// What is older is thrown away as new records come in.
const KEPT_FOR: Duration = Duration::days(30);
/// How long a record waits for another writer before it is dropped.
const PATIENCE: std::time::Duration = std::time::Duration::from_millis(5);

impl Store {
    /// Makes ready for writing what may be lost: whoever waits for a look at the board must not
    /// wait for a disk or for another writer. A vote is never written like this.
    fn write_aside(&mut self) -> Result<Transaction<'_>> {
        self.conn.busy_timeout(PATIENCE)?;
        self.conn.pragma_update(None, "synchronous", "normal")?;
        // The write-ahead log is folded in by the next command that changes votes.
        self.conn.set_db_config(rusqlite::config::DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
        self.write()
    }

    /// Records a look at the board. With `lease`, also takes the lease of the background refresh
    /// from now until then, if nobody has it: true when it was taken.
    ///
    /// The store is of no use for other writing afterwards.
    ///
    /// # Errors
    /// It could not be written, which is no reason to fail.
    pub fn record_board(&mut self, at: UtcDateTime, load: BoardLoad, lease: Option<UtcDateTime>) -> Result<bool> {
        let tx = self.write_aside()?;
        let mut leased = false;
        if let Some(until) = lease {
            // A lease longer than any is was taken by a clock that was wrong.
            let sql = "UPDATE background SET leased_until = ?2 WHERE leased_until <= ?1 OR leased_until > ?2";
            leased = tx.execute(sql, [seconds(at), seconds(until)])? > 0;
        }
        let sql = "INSERT INTO board_loads (at, fresh, stale, missing, micros) VALUES (?1, ?2, ?3, ?4, ?5)";
        tx.execute(sql, params![seconds(at), load.fresh, load.stale, load.missing, load.micros as i64])?;
        tx.execute("DELETE FROM board_loads WHERE at < ?1", [seconds(at - KEPT_FOR)])?;
        tx.commit()?;
        Ok(leased)
    }

    /// Until when a refresh in the background is under way; in the past: none is.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn background_until(&mut self) -> Result<UtcDateTime> {
        Ok(self.conn.query_row("SELECT leased_until FROM background", [], |row| row.get(0).map(moment))?)
    }

    /// Gives the lease of the background refresh back.
    ///
    /// # Errors
    /// The database cannot be written; the lease runs out by itself.
    pub fn end_background(&mut self) -> Result<()> {
        let tx = self.write()?;
        tx.execute("UPDATE background SET leased_until = 0", [])?;
        tx.commit()?;
        Ok(())
    }

    /// Records a refresh.
    ///
    /// # Errors
    /// The database cannot be written.
    pub fn record_refresh(&mut self, at: UtcDateTime, tally: RefreshTally) -> Result<()> {
        let tx = self.write()?;
        let counts = [tally.refreshed, tally.unknown, tally.failed].map(|n| n as i64);
        tx.execute(
            "INSERT INTO refreshes (at, refreshed, unknown, failed) VALUES (?1, ?2, ?3, ?4)",
            params![seconds(at), counts[0], counts[1], counts[2]],
        )?;
        tx.execute("DELETE FROM refreshes WHERE at < ?1", [seconds(at - KEPT_FOR)])?;
        tx.execute("DELETE FROM api_requests WHERE at < ?1", [seconds(at - KEPT_FOR)])?;
        tx.commit()?;
        Ok(())
    }

    /// Everything that was recorded, with a look at what came after `day_ago`.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn record(&mut self, day_ago: UtcDateTime) -> Result<Record> {
        let tx = self.read()?;
        let lookups = |since: i64| {
            let sql = "SELECT coalesce(sum(fresh + stale + missing), 0), coalesce(sum(fresh), 0)
                       FROM board_loads WHERE at > ?1";
            tx.query_row(sql, [since], |row| Ok(Lookups { all: row.get(0)?, fresh: row.get(1)? }))
        };
        let requests = |since: i64| {
            let sql = "SELECT count(*), count(error) FROM api_requests WHERE at > ?1";
            tx.query_row(sql, [since], |row| Ok((row.get::<_, u64>(0)?, row.get::<_, u64>(1)?)))
        };
        let mut micros = tx.prepare("SELECT micros FROM board_loads ORDER BY micros")?;
        let mut last_error = tx.prepare(
            "SELECT at, error FROM api_requests WHERE error IS NOT NULL ORDER BY at DESC, rowid DESC LIMIT 1",
        )?;
        let last_error = last_error.query_map([], |row| Ok((moment(row.get(0)?), row.get(1)?)))?.next();
        let (requests_last_day, failed_last_day) = requests(seconds(day_ago))?;
        Ok(Record {
            lookups_last_day: lookups(seconds(day_ago))?,
            lookups: lookups(i64::MIN)?,
            board_micros: micros.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?,
            requests_last_day,
            failed_last_day,
            requests: requests(i64::MIN)?.0,
            last_refresh_at: tx
                .query_row("SELECT max(at) FROM refreshes", [], |row| row.get::<_, Option<i64>>(0))?
                .map(moment),
            last_error: last_error.transpose()?,
        })
    }
}
