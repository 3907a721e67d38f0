//! SQLite: a board in a file. Only this folder and the catalogue, for its own file, use rusqlite.

mod migrate;
mod open;

use std::cell::Cell;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::types::{ToSqlOutput, Value, ValueRef};
use rusqlite::{Connection, ErrorCode, ToSql, ffi, params_from_iter};

pub use migrate::SCHEMA_VERSION;
pub use open::{in_memory, open};
pub use rusqlite::version;

use super::db::{Driver, Examination, Mode, Param, Result, Row, Sink, Statement};
use super::error::{ErrorKind, StoreError, lower_first};
use crate::env::Deadline;

/// The default lock timeout. Writers hold the lock for milliseconds.
const BUSY_LIMIT: Duration = Duration::from_secs(10);

pub struct Sqlite {
    conn: Connection,
    path: PathBuf,
    read_only: bool,
    wait_limit: Duration,
}

impl Sqlite {
    fn new(conn: Connection, path: &Path, read_only: bool) -> Self {
        Self { conn, path: path.to_owned(), read_only, wait_limit: BUSY_LIMIT }
    }

    fn error(&self, error: &rusqlite::Error) -> StoreError {
        translate(&self.path, error)
    }
}

impl Driver for Sqlite {
    fn is_read_only(&self) -> bool {
        self.read_only
    }

    fn begin(&mut self, mode: Mode) -> Result<()> {
        LIMIT.set(self.wait_limit);
        let sql = match mode {
            Mode::Read => "BEGIN",
            Mode::Write if self.read_only => {
                return Err(StoreError::of_file(ErrorKind::ReadOnly, &self.path, "cannot be written").nothing_stored());
            }
            // A transaction that reads first and writes later fails if another writer came in between.
            Mode::Write => "BEGIN IMMEDIATE",
        };
        self.conn.execute_batch(sql).map_err(|e| self.error(&e))
    }

    fn run(&mut self, statements: &[Statement<'_>], sink: Sink<'_>) -> Result<()> {
        for (index, statement) in statements.iter().enumerate() {
            for params in &statement.rows {
                let mut prepared = self.conn.prepare_cached(&statement.sql).map_err(|e| self.error(&e))?;
                debug_assert!(prepared.readonly(), "{}", statement.sql);
                let mut rows = prepared.query(params_from_iter(params)).map_err(|e| self.error(&e))?;
                while let Some(row) = rows.next().map_err(|e| self.error(&e))? {
                    sink(index, &SqliteRow(row))?;
                }
            }
        }
        Ok(())
    }

    fn execute(&mut self, statements: &[Statement<'_>]) -> Result<()> {
        for Statement { sql, rows, .. } in statements {
            for params in rows {
                let prepared = self.conn.prepare_cached(sql);
                let done = prepared.and_then(|mut prepared| prepared.execute(params_from_iter(params)));
                done.map_err(|e| self.error(&e))?;
            }
        }
        Ok(())
    }

    fn commit(&mut self, _token: Option<i64>) -> Result<()> {
        self.conn.execute_batch("COMMIT").map_err(|e| self.error(&e))
    }

    fn rollback(&mut self) {
        // An error may have ended the transaction already.
        if !self.conn.is_autocommit() {
            let _ = self.conn.execute_batch("ROLLBACK");
        }
    }

    fn examine(&mut self) -> Result<Examination> {
        let sql = "SELECT (SELECT integrity_check FROM pragma_integrity_check LIMIT 1),
                          (SELECT user_version FROM pragma_user_version),
                          (SELECT page_count * page_size FROM pragma_page_count, pragma_page_size)";
        let row = self.conn.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)));
        let (integrity, schema, bytes): (String, i64, i64) = row.map_err(|e| self.error(&e))?;
        let problem = (integrity != "ok").then(|| format!("the file is damaged: {integrity}"));
        Ok(Examination { facts: format!("a file of {} KiB, schema {schema}", bytes / 1024), problem })
    }

    fn damaged(&self) -> StoreError {
        StoreError::of_file(ErrorKind::Damaged, &self.path, "is damaged").nothing_stored()
    }

    fn set_lock_timeout(&mut self, limit: Option<Duration>) {
        self.wait_limit = limit.unwrap_or(BUSY_LIMIT);
    }
}

thread_local! {
    // The busy handler is a plain function that runs on the connection's thread. Each transaction sets its own limit.
    static LIMIT: Cell<Duration> = const { Cell::new(BUSY_LIMIT) };
    static GIVE_UP: Cell<Option<Deadline>> = const { Cell::new(None) };
}

/// Waits 1 to 4 ms at random before the next try. Returns false once the lock timeout is over. SQLite's own handler
/// waits longer each time, so that the process that came first waits longest: up to 3.0 s among 64, instead of 0.7 s.
fn wait_for_lock(tries: i32) -> bool {
    if tries == 0 {
        GIVE_UP.set(Some(Deadline::after(LIMIT.get())));
    }
    let is_over = GIVE_UP.get().is_some_and(Deadline::is_over);
    if !is_over {
        std::thread::sleep(Duration::from_micros(fastrand::u64(1_000..4_000)));
    }
    !is_over
}

impl ToSql for Param<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Self::Int(Some(number)) => ToSqlOutput::Owned(Value::Integer(*number)),
            Self::Text(Some(text)) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
            Self::Int(None) | Self::Text(None) => ToSqlOutput::Owned(Value::Null),
        })
    }
}

struct SqliteRow<'a, 'stmt>(&'a rusqlite::Row<'stmt>);

impl Row for SqliteRow<'_, '_> {
    fn int(&self, column: usize) -> Result<Option<i64>> {
        match self.0.get_ref(column) {
            Ok(ValueRef::Integer(number)) => Ok(Some(number)),
            Ok(ValueRef::Null) => Ok(None),
            _ => Err(StoreError::damaged()),
        }
    }

    fn text(&self, column: usize) -> Result<Option<&str>> {
        match self.0.get_ref(column) {
            Ok(ValueRef::Null) => Ok(None),
            Ok(value) => value.as_str().map(Some).map_err(|_| StoreError::damaged()),
            Err(_) => Err(StoreError::damaged()),
        }
    }
}

/// Translates an error of SQLite for the file at `path`.
fn translate(path: &Path, error: &rusqlite::Error) -> StoreError {
    let code = error.sqlite_error_code();
    let extended = error.sqlite_error().map_or(0, |e| e.extended_code);
    let of_file = |kind, what| StoreError::of_file(kind, path, what);
    match code {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            of_file(ErrorKind::Busy, "is locked by another program").nothing_stored()
        }
        Some(ErrorCode::DiskFull) => StoreError::new(ErrorKind::NoRoom, "the disk is full").nothing_stored(),
        Some(ErrorCode::SystemIoFailure) => {
            StoreError::new(ErrorKind::NoRoom, "the disk failed or is full").nothing_stored()
        }
        Some(ErrorCode::NotADatabase) => of_file(ErrorKind::NotADatabase, "is not a movienight database"),
        Some(ErrorCode::DatabaseCorrupt) => of_file(ErrorKind::Damaged, "is damaged"),
        Some(ErrorCode::ConstraintViolation) => {
            of_file(ErrorKind::Damaged, "is damaged: another program has changed it").nothing_stored()
        }
        _ if extended == ffi::SQLITE_READONLY_ROLLBACK || extended == ffi::SQLITE_READONLY_RECOVERY => {
            needs_recovery(path)
        }
        _ if extended == ffi::SQLITE_READONLY_DBMOVED => {
            let error = of_file(ErrorKind::Other, "was replaced or removed meanwhile").nothing_stored();
            error.with_hint("run the command again")
        }
        Some(ErrorCode::CannotOpen) if open::has_hot_journal(path) => needs_recovery(path),
        // The journal is created beside the file, so this is where a read-only folder shows.
        Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
            of_file(ErrorKind::ReadOnly, "cannot be written").nothing_stored()
        }
        // A table or column that every migrated database has is missing or has the wrong type.
        _ if matches!(error, rusqlite::Error::SqlInputError { .. } | rusqlite::Error::InvalidColumnType(..)) => {
            of_file(ErrorKind::Damaged, "is damaged")
        }
        // The program's own SQL is valid, so the schema in the file must be wrong.
        _ if extended == ffi::SQLITE_ERROR => of_file(ErrorKind::Damaged, "is damaged"),
        _ => StoreError::new(ErrorKind::Other, format!("the database reported an error: {}", lower_first(error))),
    }
}

fn needs_recovery(path: &Path) -> StoreError {
    let what = "has an interrupted change, which only a user with write access can roll back";
    StoreError::of_file(ErrorKind::NeedsRecovery, path, what)
}
