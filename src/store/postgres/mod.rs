//! PostgreSQL: a board that several machines share. The only place that knows tokio and tokio-postgres; nothing outside
//! waits on anything but plain functions.
//!
//! A transaction is sent with the first statements that it runs, and ends with the last ones: what counts is how often a
//! command waits for an answer from the other end of the world.

mod address;
mod batch;
mod boards;
mod error;
mod host;
mod identity;
mod link;
mod migrate;
mod open;
mod pgpass;
mod tls;

use std::time::Duration;

use time::UtcDateTime;
use tokio_postgres::error::SqlState;
use tokio_postgres::types::Type;

pub use address::{Address, Variables};
pub use boards::{create, list};
pub use open::open;

use super::db::{Driver, Mode, Result, Row, Sink, Statement, moment};
use super::error::{ErrorKind, StoreError};
use batch::{Query, Value, queries};
use link::{Link, Trouble};

/// The time for which a change waits for another: less than a command waits for the server, so that the server answers
/// before it is given up.
const LOCK_LIMIT: Duration = Duration::from_secs(4);
/// The server ends the transaction of a machine that fell silent after this, so that others can go on.
const IDLE_LIMIT: Duration = Duration::from_secs(10);
/// The interval of asking for the outcome of a transaction.
const ASK_AGAIN: Duration = Duration::from_millis(50);

/// A board on a server.
pub struct Postgres {
    link: Link,
    address: Address,
    read_only: bool,
    version: i64,
    lock_limit: Duration,
    /// The server's time in the last transaction, in seconds since the epoch.
    now: i64,
    transaction: Option<Begun>,
}

/// A transaction that is under way.
struct Begun {
    mode: Mode,
    /// The server knows of it.
    is_sent: bool,
    /// Its number at the server, by which is found out what became of it.
    id: Option<i64>,
    /// Writes that go with the next statements, or with the end.
    put_off: Vec<Query>,
}

impl Postgres {
    /// Nothing can be written.
    pub fn is_read_only(&self) -> bool {
        self.read_only
    }

    /// The version of the board's schema.
    pub fn version(&self) -> i64 {
        self.version
    }

    /// Sends what begins the transaction, what was put off, and then these; returns the rows of these.
    fn send(&mut self, queries: Vec<Query>) -> std::result::Result<Vec<Vec<tokio_postgres::Row>>, Trouble> {
        let Some(begun) = &mut self.transaction else { return Err(Trouble::Lost(None)) };
        let is_first = !std::mem::replace(&mut begun.is_sent, true);
        let mut flight = if is_first { beginning(&self.address, begun.mode, self.lock_limit) } else { Vec::new() };
        let heads = flight.len();
        flight.append(&mut begun.put_off);
        let first = flight.len();
        flight.extend(queries);
        let mut rows = self.link.send(&flight)?;
        if let Some(head) = rows[..heads].last().and_then(|rows| rows.first()) {
            self.now = head.try_get(0).unwrap_or_default();
            begun.id = head.try_get(1).unwrap_or_default();
        }
        Ok(rows.split_off(first))
    }

    fn error(&self, trouble: &Trouble) -> StoreError {
        error::translate(&self.address, trouble)
    }

    /// Finds out by its number whether a transaction was committed whose end nobody has seen.
    fn find_out(&mut self, id: Option<i64>) -> Result<()> {
        let uncertain = || error::uncertain(&self.address);
        let id = id.ok_or_else(uncertain)?;
        let mut left = self.link.left();
        while !left.is_zero() {
            let stopwatch = crate::env::Stopwatch::start();
            if let Ok(mut link) = Link::open(&self.address, left) {
                match status(&mut link, id).as_deref() {
                    Some("committed") => {
                        self.link = link;
                        return Ok(());
                    }
                    Some("aborted") => return Err(self.error(&Trouble::Lost(None))),
                    Some("in progress") => {}
                    _ => return Err(uncertain()),
                }
            }
            std::thread::sleep(ASK_AGAIN);
            left = left.saturating_sub(stopwatch.elapsed());
        }
        Err(uncertain())
    }
}

/// The state of a transaction at the server: `committed`, `aborted` or `in progress`; none: it does not know it any more.
fn status(link: &mut Link, id: i64) -> Option<String> {
    let sql = "SELECT txid_status($1)".to_owned();
    let rows = link.send(&[Query { sql, values: vec![Value::Int(Some(id))], places: vec![0] }]).ok()?;
    rows.first()?.first()?.try_get(0).ok()?
}

/// The queries that begin a transaction; the rows of the last of these hold the server's time and the transaction's number. All
/// settings end with it, because a pooler gives the session to somebody else then.
fn beginning(address: &Address, mode: Mode, lock_limit: Duration) -> Vec<Query> {
    let board = &address.board;
    let settings = format!(
        "set_config('search_path', '\"{board}\", pg_temp', true), set_config('lock_timeout', '{}', true),
         set_config('statement_timeout', '{}', true), set_config('idle_in_transaction_session_timeout', '{}', true)",
        lock_limit.as_millis(),
        address.limit.as_millis(),
        IDLE_LIMIT.as_millis()
    );
    let now = "floor(extract(epoch FROM clock_timestamp()))::bigint";
    let parts = match mode {
        Mode::Read => vec![
            "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY".to_owned(),
            format!("SELECT {now}, NULL::bigint, {settings}"),
        ],
        // Each statement after the lock sees what the change before has committed.
        Mode::Write => vec![
            "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE".to_owned(),
            format!("SELECT {settings}"),
            format!("SELECT {now}, txid_current() FROM counters FOR UPDATE"),
        ],
    };
    parts.into_iter().map(Query::plain).collect()
}

impl Driver for Postgres {
    fn begin(&mut self, mode: Mode) -> Result<()> {
        if mode == Mode::Write && self.read_only {
            let what = "cannot be written: its server is a read-only copy";
            let error = error::of_board(ErrorKind::ReadOnly, &self.address, what);
            return Err(error.with_hint("give the address of the server that it copies"));
        }
        self.transaction = Some(Begun { mode, is_sent: false, id: None, put_off: Vec::new() });
        Ok(())
    }

    fn run(&mut self, statements: &[Statement<'_>], sink: Sink<'_>) -> Result<()> {
        if statements.is_empty() {
            return Ok(());
        }
        let queries = queries(statements);
        let places: Vec<Vec<usize>> = queries.iter().map(|query| query.places.clone()).collect();
        let answers = self.send(queries).map_err(|trouble| self.error(&trouble))?;
        let mut rows: Vec<(usize, &tokio_postgres::Row)> = Vec::new();
        for (answer, places) in answers.iter().zip(&places) {
            for row in answer {
                let place = match places[..] {
                    [place] => place,
                    _ => of_several(row).and_then(|at| places.get(at).copied()).ok_or_else(StoreError::damaged)?,
                };
                rows.push((place, row));
            }
        }
        // Stable: the rows of a statement keep their order.
        rows.sort_by_key(|(place, _)| *place);
        rows.into_iter().try_for_each(|(place, row)| sink(place, &PostgresRow(row)))
    }

    fn execute(&mut self, statements: &[Statement<'_>]) -> Result<()> {
        if let Some(begun) = &mut self.transaction {
            begun.put_off.extend(queries(statements));
        }
        Ok(())
    }

    fn commit(&mut self) -> Result<()> {
        let Some(begun) = &self.transaction else { return Ok(()) };
        let (is_sent, id) = (begun.is_sent, begun.id);
        if begun.put_off.is_empty() && (!is_sent || begun.mode == Mode::Read) {
            // Nothing can go wrong with what was only read.
            self.rollback();
            return Ok(());
        }
        let ended = self.send(vec![Query::plain("COMMIT")]);
        let id = id.or_else(|| self.transaction.as_ref()?.id);
        self.transaction = None;
        match ended {
            Ok(_) => {}
            Err(Trouble::Refused(error)) if !ends_connection(&error) => {
                return Err(self.error(&Trouble::Refused(error)));
            }
            Err(_) => self.find_out(id)?,
        }
        self.link.grant_time();
        Ok(())
    }

    fn rollback(&mut self) {
        if self.transaction.take().is_some_and(|begun| begun.is_sent) {
            self.link.send_off("ROLLBACK");
        }
    }

    fn wait_at_most(&mut self, limit: Duration) {
        self.lock_limit = limit.min(LOCK_LIMIT);
    }

    fn now(&self, _: UtcDateTime) -> UtcDateTime {
        moment(self.now)
    }
}

/// The server says that it ends the connection: it does so also after a commit.
fn ends_connection(error: &tokio_postgres::Error) -> bool {
    let ends = [SqlState::ADMIN_SHUTDOWN, SqlState::CRASH_SHUTDOWN, SqlState::IDLE_IN_TRANSACTION_SESSION_TIMEOUT];
    error.code().is_some_and(|code| ends.contains(code) || code.code().starts_with("08"))
}

/// The place, from 0 on, that the last column of a row tells.
fn of_several(row: &tokio_postgres::Row) -> Option<usize> {
    let at: i64 = row.try_get(row.len().checked_sub(1)?).ok()?;
    usize::try_from(at).ok()?.checked_sub(1)
}

struct PostgresRow<'a>(&'a tokio_postgres::Row);

impl Row for PostgresRow<'_> {
    fn int(&self, column: usize) -> Result<Option<i64>> {
        match self.0.columns().get(column).map(tokio_postgres::Column::type_) {
            Some(&Type::INT4) => self.0.try_get::<_, Option<i32>>(column).map(|n| n.map(i64::from)),
            _ => self.0.try_get(column),
        }
        .map_err(|_| StoreError::damaged())
    }

    fn text(&self, column: usize) -> Result<Option<&str>> {
        self.0.try_get(column).map_err(|_| StoreError::damaged())
    }
}
