//! The database of a board. All SQL is written once, over the [`db::Driver`] of a file or of a server.
//!
//! Each method is one transaction and uses the types of [`crate::model`]. Rows come in the order that their query asks
//! for. Otherwise their order is unspecified. Rules about freshness are parameters.
//!
//! Every method fails if the database cannot be read. It also fails if the database cannot be written: then nothing is
//! stored. `# Errors` lists further causes.

mod backup;
mod board;
mod cache;
mod change;
mod change_log;
mod change_set;
mod copy;
pub mod db;
mod documents;
mod error;
mod lists;
mod location;
pub mod migrations;
#[cfg(not(feature = "postgres"))]
mod no_postgres;
mod opinions;
#[cfg(feature = "postgres")]
mod postgres;
mod remedy;
mod rows;
mod search;
mod settings;
mod sqlite;
mod tables;
mod undo;
mod voters;

use std::time::Duration;

pub use backup::{Backup, LEFT_OUT, Restored, backup_rows};
pub use cache::Claim;
pub use copy::{Contents, Copied};
pub use db::{Examination, Result};
pub use error::{ErrorKind, StoreError};
pub use lists::{Import, Imported};
pub use location::{Address, DEFAULT_BOARD, Location};
pub use postgres::{create as create_board, list as list_boards};
pub use sqlite::version as sqlite_version;
pub use voters::{VoterChange, VoterSummary};

use crate::model::{Board, ProposalStatus};
use db::{Driver, Mode, Row, Statement};
#[cfg(not(feature = "postgres"))]
use no_postgres as postgres;

/// The number of attempts at a transaction that conflicts with others.
const MAX_TRIES: u64 = 6;

/// The time limit for reading the board after a change, because the person has already waited for the change.
const BRIEFLY: Duration = Duration::from_secs(1);

/// How a board is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpenMode {
    /// For reading, if the board exists. Fetched data can still be stored.
    Read,
    /// For a change, if the board exists.
    Write,
    /// For a change. The board is created if it does not exist.
    Create,
}

impl OpenMode {
    /// Adapts the text of an error to this mode: a reader does not care whether anything was stored.
    fn explain(self, error: StoreError) -> StoreError {
        if self == Self::Read { error.while_reading() } else { error }
    }
}

/// Opens the driver of a database, see [`Store::open`].
pub fn open_driver(location: &Location, open_mode: OpenMode) -> Result<Option<Box<dyn Driver>>> {
    match location {
        Location::File(path) => Ok(sqlite::open(path, open_mode)?.map(|file| Box::new(file) as _)),
        Location::Server(address) => postgres::open(address, open_mode),
    }
}

/// The schema versions of a file and of a server. The latter is `None` in a build without PostgreSQL.
pub const SCHEMA_VERSIONS: (i64, Option<i64>) = (sqlite::SCHEMA_VERSION, postgres::SCHEMA_VERSION);

/// An open database.
pub struct Store {
    driver: Box<dyn Driver>,
    open_mode: OpenMode,
    /// Receives the board after a change, see [`Store::after_change`].
    on_change: Option<Box<dyn Fn(Board)>>,
}

impl Store {
    /// Opens, migrates or creates the database. `None` if it does not exist and must not be created. Safe for several
    /// processes at once. A database that cannot be written is opened for reading.
    pub fn open(location: &Location, open_mode: OpenMode) -> Result<Option<Self>> {
        let driver = open_driver(location, open_mode).map_err(|error| open_mode.explain(error))?;
        Ok(driver.map(|driver| Self::over(driver, open_mode)))
    }

    /// Creates a store over an open database.
    pub fn over(driver: Box<dyn Driver>, open_mode: OpenMode) -> Self {
        Self { driver, open_mode, on_change: None }
    }

    /// Calls `keep` with the current board after each change.
    pub fn after_change(self, keep: impl Fn(Board) + 'static) -> Self {
        Self { on_change: Some(Box::new(keep)), ..self }
    }

    /// Creates an empty board in memory, which stands in until the first movie is proposed.
    pub fn in_memory() -> Result<Self> {
        Ok(Self::over(Box::new(sqlite::in_memory()?), OpenMode::Write))
    }

    /// Checks the database for `doctor`.
    pub fn examine(&mut self) -> Result<Examination> {
        self.driver.examine()
    }

    /// Returns true if nothing can be written.
    pub fn is_read_only(&self) -> bool {
        self.driver.is_read_only()
    }

    /// Runs `work` with a lock timeout of `limit`, for cases where a quick answer matters more than the write.
    pub fn with_lock_timeout<T>(&mut self, limit: Duration, work: impl FnOnce(&mut Self) -> T) -> T {
        self.driver.set_lock_timeout(Some(limit));
        let done = work(self);
        self.driver.set_lock_timeout(None);
        done
    }

    /// Runs a transaction that reads one snapshot of the database.
    fn read<T>(&mut self, act: impl FnMut(&mut Transaction<'_>) -> Result<T>) -> Result<T> {
        self.transact(Mode::Read, act)
    }

    /// Runs a transaction that writes while no other does. Either all of it is stored or nothing.
    fn write<T>(&mut self, act: impl FnMut(&mut Transaction<'_>) -> Result<T>) -> Result<T> {
        self.transact(Mode::Write, act)
    }

    /// Passes the current board to `on_change`. The change is stored already, so a failed read is ignored, not retried.
    fn hand_over_board(&mut self) {
        let Some(keep) = &self.on_change else { return };
        self.driver.set_time_limit(Some(BRIEFLY));
        let board = self
            .driver
            .begin(Mode::Read)
            .and_then(|()| board::read(&mut Transaction::new(&mut *self.driver), ProposalStatus::OnBoard));
        self.driver.rollback();
        self.driver.set_time_limit(None);
        board.into_iter().for_each(keep);
    }

    /// Runs a transaction. Starts it again on a conflict, or if the connection was lost and nothing was stored.
    fn transact<T>(&mut self, mode: Mode, mut act: impl FnMut(&mut Transaction<'_>) -> Result<T>) -> Result<T> {
        let mut tries = 1;
        loop {
            self.driver.begin(mode).map_err(|error| self.open_mode.explain(error))?;
            let mut transaction = Transaction::new(&mut *self.driver);
            let result = act(&mut transaction);
            let Transaction { token, has_changed, .. } = transaction;
            match result.and_then(|value| self.driver.commit(token).map(|()| value)) {
                Ok(value) => {
                    if has_changed {
                        self.hand_over_board();
                    }
                    return Ok(value);
                }
                Err(error) => self.fail(error, tries)?,
            }
            tries += 1;
        }
    }

    /// Rolls back a failed transaction, and returns after a pause if a retry may succeed. Separate from
    /// [`Self::transact`], which is compiled once for each result type.
    fn fail(&mut self, error: StoreError, tries: u64) -> Result<()> {
        self.driver.rollback();
        let error = if error == StoreError::damaged() { self.driver.damaged() } else { error };
        let may_succeed = match error.kind {
            ErrorKind::Conflict => tries < MAX_TRIES,
            // The server may have closed a connection that was idle while a person chose or a source answered.
            ErrorKind::Lost => tries == 1,
            _ => false,
        };
        if !may_succeed {
            return Err(self.open_mode.explain(error));
        }
        std::thread::sleep(Duration::from_millis(fastrand::u64(5..20) * tries));
        Ok(())
    }
}

/// A transaction in progress.
struct Transaction<'a> {
    driver: &'a mut dyn Driver,
    /// The random token in the row of the change that this transaction writes, if it writes one.
    token: Option<i64>,
    /// True if the transaction changes the board.
    has_changed: bool,
}

impl<'a> Transaction<'a> {
    fn new(driver: &'a mut dyn Driver) -> Self {
        Self { driver, token: None, has_changed: false }
    }

    /// Returns the token of this transaction, for the row of the change that it makes, undoes or redoes, and notes that
    /// the board changes. If the answer to COMMIT is lost, that row tells whether the change was stored.
    fn token(&mut self) -> i64 {
        self.has_changed = true;
        *self.token.get_or_insert_with(|| fastrand::i64(..))
    }

    fn rows<T>(&mut self, query: Statement<'_>, mut read: impl FnMut(&dyn Row) -> Result<T>) -> Result<Vec<T>> {
        let mut rows = Vec::new();
        self.driver.run(&[query], &mut |_, row| {
            rows.push(read(row)?);
            Ok(())
        })?;
        Ok(rows)
    }
}
