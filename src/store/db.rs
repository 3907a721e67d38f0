//! The interface of a database driver. The methods of the store hold the SQL, and drivers run it.

use std::borrow::Cow;
use std::time::Duration;

use time::UtcDateTime;

use super::error::StoreError;
use crate::model::text::sanitize_stored;

/// Result of a driver or of a store method.
pub type Result<T> = std::result::Result<T, StoreError>;

/// A value bound to a placeholder. Columns hold only whole numbers and text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Param<'a> {
    /// A number, or NULL in a column of numbers.
    Int(Option<i64>),
    /// Text, or NULL in a column of text.
    Text(Option<Cow<'a, str>>),
}

impl From<i64> for Param<'_> {
    fn from(number: i64) -> Self {
        Self::Int(Some(number))
    }
}

impl From<Option<i64>> for Param<'_> {
    fn from(number: Option<i64>) -> Self {
        Self::Int(number)
    }
}

impl From<String> for Param<'_> {
    fn from(text: String) -> Self {
        Self::Text(Some(text.into()))
    }
}

impl From<Option<String>> for Param<'_> {
    fn from(text: Option<String>) -> Self {
        Self::Text(text.map(Into::into))
    }
}

impl<'a> From<&'a str> for Param<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Some(text.into()))
    }
}

/// An SQL statement, which runs once for each row of values for its placeholders `?1`, `?2` …
#[derive(Clone, Debug)]
pub struct Statement<'a> {
    /// The SQL text for SQLite. PostgreSQL gets it with `$1` for `?1`.
    pub sql: Cow<'static, str>,
    /// The rows, each with a value for each placeholder.
    pub rows: Vec<Vec<Param<'a>>>,
    /// The SQL text for PostgreSQL that takes an array for each placeholder and handles all rows at once.
    pub over_arrays: Option<Cow<'static, str>>,
}

impl<'a> Statement<'a> {
    /// Creates a statement that runs once, with these values.
    pub fn new(sql: impl Into<Cow<'static, str>>, params: Vec<Param<'a>>) -> Self {
        Self { sql: sql.into(), rows: vec![params], over_arrays: None }
    }

    /// Creates a statement that runs for each of `rows`. No two of them may write the same row of a table.
    pub fn for_each(
        sql: impl Into<Cow<'static, str>>,
        over_arrays: impl Into<Cow<'static, str>>,
        rows: Vec<Vec<Param<'a>>>,
    ) -> Self {
        Self { sql: sql.into(), rows, over_arrays: Some(over_arrays.into()) }
    }
}

/// Creates a statement from SQL and values of any types that can be bound.
macro_rules! statement {
    ($sql:expr $(, $value:expr)* $(,)?) => {
        $crate::store::db::Statement::new($sql, vec![$($crate::store::db::Param::from($value)),*])
    };
}
pub(super) use statement;

/// A row of a result. Columns are numbered from 0.
pub trait Row {
    /// Returns a number. `None` if NULL.
    fn int(&self, column: usize) -> Result<Option<i64>>;

    /// Returns text. `None` if NULL.
    fn text(&self, column: usize) -> Result<Option<&str>>;

    /// Returns text, sanitized for display. `None` if NULL.
    fn shown_text(&self, column: usize) -> Result<Option<String>> {
        Ok(self.text(column)?.map(|text| sanitize_stored(text.to_owned())))
    }
}

/// The kind of a transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Reads one snapshot of the database.
    Read,
    /// Reads and writes while no other transaction writes.
    Write,
}

/// Receives the rows of several statements, each with the index of its statement.
pub type Sink<'a> = &'a mut dyn FnMut(usize, &dyn Row) -> Result<()>;

/// A driver's report on its database.
#[derive(Clone, Debug)]
pub struct Examination {
    /// The kind, size and version of the database.
    pub facts: String,
    /// The damage. `None` if there is none.
    pub problem: Option<String>,
}

/// A connection to a database.
pub trait Driver {
    /// Returns true if nothing can be written.
    fn is_read_only(&self) -> bool;

    /// Begins a transaction.
    fn begin(&mut self, mode: Mode) -> Result<()>;

    /// Runs read-only statements in order, in as few round trips as the database needs. Passes their rows to `sink`.
    ///
    /// # Errors
    /// Fails with an error of the database or of `sink`. After that, the transaction can only be rolled back.
    fn run(&mut self, statements: &[Statement<'_>], sink: Sink<'_>) -> Result<()>;

    /// Runs statements that write and return no rows, in order. A driver may defer them, and their errors, to the next
    /// [`run`](Self::run) or [`commit`](Self::commit).
    ///
    /// # Errors
    /// Fails with an error of the database. After that, the transaction can only be rolled back.
    fn execute(&mut self, statements: &[Statement<'_>]) -> Result<()>;

    /// Commits the transaction. `token` is in the row of the change that the transaction wrote, if it wrote one. If the
    /// answer is lost, that row tells whether the transaction was committed.
    ///
    /// # Errors
    /// Nothing is stored, unless the error is [`ErrorKind::Uncertain`], or [`ErrorKind::Lost`] without a token. In the
    /// latter case the transaction must be safe to run again.
    ///
    /// [`ErrorKind::Lost`]: super::ErrorKind::Lost
    /// [`ErrorKind::Uncertain`]: super::ErrorKind::Uncertain
    fn commit(&mut self, token: Option<i64>) -> Result<()>;

    /// Rolls back the transaction, if there is one.
    fn rollback(&mut self);

    /// Sets the lock timeout from here on. `None` restores the default.
    fn set_lock_timeout(&mut self, limit: Option<Duration>);

    /// Checks the database for `doctor`.
    fn examine(&mut self) -> Result<Examination>;

    /// Returns the error for a database with invalid contents. It names the location.
    fn damaged(&self) -> StoreError;

    /// Sets the limit on waiting for a server's answer. `None` restores the default.
    fn set_time_limit(&mut self, _limit: Option<Duration>) {}

    /// Converts a time of this machine's clock to the clock that all users share, so that a wrong clock neither wins a
    /// tie nor dates an evening. Valid once the transaction has run a statement.
    fn corrected(&self, local: UtcDateTime) -> UtcDateTime {
        local
    }
}

/// Returns the number of a NOT NULL column.
pub fn required(number: Option<i64>) -> Result<i64> {
    number.ok_or_else(StoreError::damaged)
}
