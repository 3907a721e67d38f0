//! The interface of a database driver. The SQL is in the methods of the store; drivers run it.

use std::borrow::Cow;
use std::time::Duration;

use time::UtcDateTime;

use super::error::StoreError;
use crate::model::text::sanitize_stored;

/// Result of a driver or of a store method.
pub type Result<T> = std::result::Result<T, StoreError>;

/// A value bound to a placeholder. Columns hold whole numbers and text, nothing else.
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

/// One SQL statement, which runs once for each row of values of its placeholders `?1`, `?2` …
#[derive(Clone, Debug)]
pub struct Statement<'a> {
    /// The text for SQLite, and for PostgreSQL with `$1` for `?1`.
    pub sql: Cow<'static, str>,
    /// Rows with a value for each placeholder.
    pub rows: Vec<Vec<Param<'a>>>,
    /// A text for PostgreSQL with an array for each placeholder, which does the work of all rows at once.
    pub over_arrays: Option<Cow<'static, str>>,
}

impl<'a> Statement<'a> {
    /// A statement that runs once, with these values.
    pub fn new(sql: impl Into<Cow<'static, str>>, params: Vec<Param<'a>>) -> Self {
        Self { sql: sql.into(), rows: vec![params], over_arrays: None }
    }

    /// A statement for any number of rows of values, with its text over arrays. No two rows may write the same row.
    pub fn for_each(
        sql: impl Into<Cow<'static, str>>,
        over_arrays: impl Into<Cow<'static, str>>,
        rows: Vec<Vec<Param<'a>>>,
    ) -> Self {
        Self { sql: sql.into(), rows, over_arrays: Some(over_arrays.into()) }
    }
}

/// A statement from SQL and values of any types that can be bound.
macro_rules! statement {
    ($sql:expr $(, $value:expr)* $(,)?) => {
        $crate::store::db::Statement::new($sql, vec![$($crate::store::db::Param::from($value)),*])
    };
}
pub(super) use statement;

/// A row of a result. Columns count from 0.
pub trait Row {
    /// Returns a number; `None` if NULL.
    fn int(&self, column: usize) -> Result<Option<i64>>;

    /// Returns text; `None` if NULL.
    fn text(&self, column: usize) -> Result<Option<&str>>;

    /// Returns text, sanitized for display; `None` if NULL.
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

/// Receives the rows of several statements: the index of the statement, and a row.
pub type Sink<'a> = &'a mut dyn FnMut(usize, &dyn Row) -> Result<()>;

/// A driver's report about its database.
#[derive(Clone, Debug)]
pub struct Examination {
    /// Its kind, size and version.
    pub facts: String,
    /// Damage.
    pub problem: Option<String>,
}

/// A connection to a database.
pub trait Driver {
    /// True if nothing can be written.
    fn is_read_only(&self) -> bool;

    /// Begins a transaction.
    fn begin(&mut self, mode: Mode) -> Result<()>;

    /// Runs statements that only read, in their order, in as few round trips as the database needs, and hands their rows
    /// to `sink`.
    ///
    /// # Errors
    /// An error of the database or of `sink`. The transaction can only be rolled back afterwards.
    fn run(&mut self, statements: &[Statement<'_>], sink: Sink<'_>) -> Result<()>;

    /// Runs statements that write and return no rows, in their order. A driver may defer them, and their errors, to the
    /// next [`run`](Self::run) or [`commit`](Self::commit).
    ///
    /// # Errors
    /// An error of the database. The transaction can only be rolled back afterwards.
    fn execute(&mut self, statements: &[Statement<'_>]) -> Result<()>;

    /// Commits the transaction. `token` is in the row of the change that the transaction wrote, if it wrote one: after a
    /// lost answer, that row tells whether the transaction was committed.
    ///
    /// # Errors
    /// Nothing is stored, unless the error is [`ErrorKind::Uncertain`], or [`ErrorKind::Lost`] without a token: then the
    /// transaction must be safe to run again.
    ///
    /// [`ErrorKind::Lost`]: super::ErrorKind::Lost
    /// [`ErrorKind::Uncertain`]: super::ErrorKind::Uncertain
    fn commit(&mut self, token: Option<i64>) -> Result<()>;

    /// Rolls back the transaction, if there is one.
    fn rollback(&mut self);

    /// Limits waits for other writers from here on; `None` restores the default.
    fn set_lock_timeout(&mut self, limit: Option<Duration>);

    /// Checks the database for `doctor`.
    fn examine(&mut self) -> Result<Examination>;

    /// The location of the database, as messages name it.
    fn place(&self) -> String;

    /// The error for a database with invalid contents; names its location.
    fn damaged(&self) -> StoreError;

    /// Replaces the limit on waits for a server's answer; `None` restores the usual one.
    fn set_time_limit(&mut self, _limit: Option<Duration>) {}

    /// Converts a time of this machine's clock to the clock that all users share, so that a wrong clock neither wins a tie
    /// nor dates an evening. Valid once the transaction has run a statement.
    fn corrected(&self, local: UtcDateTime) -> UtcDateTime {
        local
    }
}

/// Unwraps the number of a NOT NULL column.
pub fn required(number: Option<i64>) -> Result<i64> {
    number.ok_or_else(StoreError::damaged)
}
