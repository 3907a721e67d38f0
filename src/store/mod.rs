//! The database of a board, a file or a server: all SQL, once, over the little that [`db::Driver`] asks of a database.
//!
//! Methods take `&mut self`, are one transaction each, and speak in types of [`crate::model`]. Rows come in the order that
//! their query asks for, and in no other. Rules about freshness are handed in: they are not known here.

mod board;
mod cache;
mod change;
mod change_log;
mod conflict;
mod copy;
pub mod db;
mod edits;
mod error;
mod location;
mod migrations;
mod names;
#[cfg(not(feature = "postgres"))]
mod no_postgres;
#[cfg(feature = "postgres")]
mod postgres;
mod search;
mod sqlite;
mod traces;
mod undo;
mod voters;
mod workspace;

use std::time::Duration;

use time::UtcDateTime;

pub use board::Watched;
pub use cache::Claim;
pub use copy::{Contents, Copied};
pub use db::Result;
pub use error::{ErrorKind, StoreError};
pub use location::Location;
pub use postgres::{Address, create as create_board, list as list_boards};
pub use voters::{VoterChange, VoterSummary};

use db::{Driver, Mode, Row, Sink, Statement};
#[cfg(not(feature = "postgres"))]
use no_postgres as postgres;

/// Number of tries of a transaction that conflicts with others.
const TRIES: u64 = 6;

/// The access with which a board is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpenMode {
    /// Only if it is there, for somebody who wants to change nothing. What was fetched meanwhile can be kept.
    Read,
    /// Only if it is there, for a change.
    Write,
    /// Make it if it is not there.
    Create,
}

impl OpenMode {
    /// An error as it is told to somebody who wanted this.
    fn explain(self, error: StoreError) -> StoreError {
        if self == Self::Read { error.while_reading() } else { error }
    }
}

/// Opens the database for the SQL of a store, see [`Store::open`].
///
/// # Errors
/// As [`Store::open`].
pub fn open_driver(location: &Location, open_mode: OpenMode) -> Result<Option<Box<dyn Driver>>> {
    match location {
        Location::File(path) => Ok(sqlite::open(path, open_mode)?.map(|file| Box::new(file) as _)),
        Location::Server(address) => postgres::open(address, open_mode),
    }
}

/// An open database.
pub struct Store {
    driver: Box<dyn Driver>,
    open_mode: OpenMode,
}

impl Store {
    /// Opens the database, brings it up to date, or makes it; none: it is not there, and was not to be made. Several
    /// processes may do so at once. What cannot be written is opened for reading.
    ///
    /// # Errors
    /// The place holds something else, or a database of a newer version, or one that cannot be read.
    pub fn open(location: &Location, open_mode: OpenMode) -> Result<Option<Self>> {
        let driver = open_driver(location, open_mode).map_err(|error| open_mode.explain(error))?;
        Ok(driver.map(|driver| Self { driver, open_mode }))
    }

    /// An empty board that nobody keeps: what there is before the first movie is proposed.
    ///
    /// # Errors
    /// There is no memory for it.
    pub fn in_memory() -> Result<Self> {
        Ok(Self { driver: Box::new(sqlite::in_memory()?), open_mode: OpenMode::Write })
    }

    /// Nothing can be written.
    pub fn is_read_only(&self) -> bool {
        self.driver.is_read_only()
    }

    /// Does work in which this store gives up waiting for other writers after `limit`, because somebody waits for more than
    /// what is written there.
    pub fn with_lock_timeout<T>(&mut self, limit: Duration, work: impl FnOnce(&mut Self) -> T) -> T {
        self.driver.set_lock_timeout(Some(limit));
        let done = work(self);
        self.driver.set_lock_timeout(None);
        done
    }

    /// Counts anew what may be waited for a server, for work that takes minutes in many transactions.
    pub fn restart_time_limit(&mut self) {
        self.driver.restart_time_limit();
    }

    /// Reads one state of the database, whatever others write meanwhile.
    fn read<T>(&mut self, act: impl FnMut(&mut Transaction<'_>) -> Result<T>) -> Result<T> {
        self.transact(Mode::Read, act)
    }

    /// Reads and writes, with nobody else writing from its beginning to its end: all of it is stored, or nothing.
    fn write<T>(&mut self, act: impl FnMut(&mut Transaction<'_>) -> Result<T>) -> Result<T> {
        self.transact(Mode::Write, act)
    }

    /// Runs a transaction, again from its beginning when the database says that others were in its way, or when the
    /// connection was lost and nothing was stored.
    fn transact<T>(&mut self, mode: Mode, mut act: impl FnMut(&mut Transaction<'_>) -> Result<T>) -> Result<T> {
        let mut tries = 1;
        loop {
            self.driver.begin(mode).map_err(|error| self.open_mode.explain(error))?;
            let mut transaction = Transaction { driver: &mut *self.driver, token: None };
            let result = act(&mut transaction);
            let token = transaction.token;
            match result.and_then(|value| self.driver.commit(token).map(|()| value)) {
                Ok(value) => return Ok(value),
                Err(error) => self.fail(error, tries)?,
            }
            tries += 1;
        }
    }

    /// Ends a transaction that failed. Returns, after a moment, when another try may succeed. Apart from the transaction, of
    /// which there is one for each type of its result.
    ///
    /// # Errors
    /// It failed for good.
    fn fail(&mut self, error: StoreError, tries: u64) -> Result<()> {
        self.driver.rollback();
        let error = if error == StoreError::damaged() { self.driver.damaged() } else { error };
        let may_succeed = match error.kind() {
            ErrorKind::Conflict => tries < TRIES,
            // While a person chose or a source answered, the server may have ended a connection that was idle.
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

/// A transaction that is under way.
struct Transaction<'a> {
    driver: &'a mut dyn Driver,
    /// The random token in the row of the change that it makes, if it makes one.
    token: Option<i64>,
}

impl Transaction<'_> {
    /// Runs statements that only read, and whose rows go to `sink`, with the index of their statement.
    fn run(&mut self, statements: &[Statement<'_>], sink: Sink<'_>) -> Result<()> {
        self.driver.run(statements, sink)
    }

    /// Runs statements that write and return no rows, at the end of the transaction at the latest.
    fn execute(&mut self, statements: &[Statement<'_>]) -> Result<()> {
        self.driver.execute(statements)
    }

    /// The random token of this transaction, for the row of the change that it makes, undoes or redoes. If the answer to
    /// its COMMIT is lost, that row tells whether the change was stored.
    fn token(&mut self) -> i64 {
        *self.token.get_or_insert_with(|| fastrand::i64(..))
    }

    /// The time by the clock that all users of the database share, once this has run something.
    fn now(&self, local: UtcDateTime) -> UtcDateTime {
        self.driver.now(local)
    }

    /// The rows of one query.
    fn rows<T>(&mut self, query: Statement<'_>, mut read: impl FnMut(&dyn Row) -> Result<T>) -> Result<Vec<T>> {
        let mut rows = Vec::new();
        self.run(&[query], &mut |_, row| {
            rows.push(read(row)?);
            Ok(())
        })?;
        Ok(rows)
    }
}
