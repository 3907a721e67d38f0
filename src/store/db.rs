//! The little that a database driver must do. All SQL stands in the store's methods, once; drivers run it.

use std::borrow::Cow;
use std::time::Duration;

use time::UtcDateTime;

use super::error::StoreError;
use crate::model::text::cleaned;

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

impl From<UtcDateTime> for Param<'_> {
    fn from(time: UtcDateTime) -> Self {
        Self::Int(Some(time.unix_timestamp()))
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

impl<'a> From<Option<&'a str>> for Param<'a> {
    fn from(text: Option<&'a str>) -> Self {
        Self::Text(text.map(Into::into))
    }
}

/// SQL with the values of its placeholders `?1`, `?2` …
#[derive(Clone, Debug)]
pub struct Statement<'a> {
    /// One statement.
    pub sql: Cow<'static, str>,
    /// A value for each placeholder, for each time that the statement runs.
    pub sets: Vec<Vec<Param<'a>>>,
    /// Text for PostgreSQL that does the same for all sets at once: each placeholder is an array, whose element type is
    /// given. For the few statements that a long list runs so often that one by one would take too long.
    pub over_arrays: Option<Cow<'static, str>>,
}

impl<'a> Statement<'a> {
    /// A statement that runs once.
    pub fn new(sql: impl Into<Cow<'static, str>>, params: Vec<Param<'a>>) -> Self {
        Self { sql: sql.into(), sets: vec![params], over_arrays: None }
    }

    /// A statement that runs for each of these sets of values, with its text over arrays.
    pub fn each(
        sql: impl Into<Cow<'static, str>>,
        over_arrays: impl Into<Cow<'static, str>>,
        sets: Vec<Vec<Param<'a>>>,
    ) -> Self {
        Self { sql: sql.into(), sets, over_arrays: Some(over_arrays.into()) }
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
    /// A number; none: NULL.
    ///
    /// # Errors
    /// The column holds something else.
    fn int(&self, column: usize) -> Result<Option<i64>>;

    /// Text; none: NULL.
    ///
    /// # Errors
    /// The column holds something else.
    fn text(&self, column: usize) -> Result<Option<&str>>;

    /// Text that is safe to show, whoever has written it; none: NULL.
    ///
    /// # Errors
    /// The column holds something else.
    fn shown_text(&self, column: usize) -> Result<Option<String>> {
        Ok(self.text(column)?.map(|text| cleaned(text.to_owned())))
    }
}

/// The rights of a transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Read one state of the database, whatever others write meanwhile.
    Read,
    /// Read and write, alone: from the beginning, nobody else does.
    Write,
}

/// Receives the rows of several statements: the index of the statement, and a row.
pub type Sink<'a> = &'a mut dyn FnMut(usize, &dyn Row) -> Result<()>;

/// A connection to a database.
pub trait Driver {
    /// True if nothing can be written.
    fn is_read_only(&self) -> bool;

    /// Begins a transaction.
    ///
    /// # Errors
    /// The database is busy for longer than waits may last, or cannot be written.
    fn begin(&mut self, mode: Mode) -> Result<()>;

    /// Runs statements that only read, in their order, in as few round trips as the database needs, and hands their rows
    /// to `sink`.
    ///
    /// # Errors
    /// As the database says, or as `sink` does. The transaction is of no use afterwards.
    fn run(&mut self, statements: &[Statement<'_>], sink: Sink<'_>) -> Result<()>;

    /// Runs statements that write and return no rows, in their order, by the next [`run`](Self::run) or
    /// [`commit`](Self::commit) at the latest: that is when their errors may come.
    ///
    /// # Errors
    /// As the database says. The transaction is of no use afterwards.
    fn execute(&mut self, statements: &[Statement<'_>]) -> Result<()>;

    /// Commits the transaction. `token` is in the row of the change that the transaction wrote, if it wrote one: if the
    /// answer of the server is lost, that row tells whether the transaction was committed.
    ///
    /// # Errors
    /// Nothing of it is stored, unless the error says that this is not known. [`ErrorKind::Lost`] without a token: the
    /// transaction may be stored, and running it once more must do no harm.
    ///
    /// [`ErrorKind::Lost`]: super::ErrorKind::Lost
    fn commit(&mut self, token: Option<i64>) -> Result<()>;

    /// Rolls the transaction back, if there is one.
    fn rollback(&mut self);

    /// From here on, waits for other writers end after this; none: after the time that a change of a person's is worth.
    fn set_lock_timeout(&mut self, limit: Option<Duration>);

    /// The place of the database, as messages name it.
    fn place(&self) -> String;

    /// The error for what makes no sense in this database, with its place.
    fn damaged(&self) -> StoreError;

    /// From here on, much is read and written at once: that may take so long, where there is a limit to what may be
    /// waited for.
    fn set_time_limit(&mut self, _limit: Duration) {}

    /// From here on, what may be waited for is counted anew.
    fn restart_time_limit(&mut self) {}

    /// The time by the clock that all users of the database share, once the transaction has run something; `local` is
    /// this machine's.
    fn now(&self, local: UtcDateTime) -> UtcDateTime {
        local
    }
}

/// The number of a column that is never NULL in a database that nobody damaged.
pub fn required(number: Option<i64>) -> Result<i64> {
    number.ok_or_else(StoreError::damaged)
}
