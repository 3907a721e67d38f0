//! PostgreSQL: a board that several machines share. The only place that knows tokio and tokio-postgres; nothing outside
//! waits on anything but plain functions.
//!
//! A transaction is sent with the first statements that it runs, and ends with the last ones: what counts is how often a
//! command waits for an answer from the other end of the world.

mod address;
mod batch;
mod boards;
mod commits;
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
use tokio_postgres::types::Type;

pub use address::{Address, Variables};
pub use boards::{create, list};
pub use open::open;

use super::db::{Driver, Mode, Result, Row, Sink, Statement, moment};
use super::error::StoreError;
use batch::{Query, queries};
use link::{Link, Trouble};

/// The time for which a change waits for another: less than a command waits for the server, so that the server answers
/// before it is given up.
const LOCK_LIMIT: Duration = Duration::from_secs(4);
/// The server ends the transaction of a machine that fell silent after this, so that others can go on.
const IDLE_LIMIT: Duration = Duration::from_secs(10);
/// The server's time, in seconds since the epoch.
const NOW: &str = "floor(extract(epoch FROM clock_timestamp()))::bigint";
/// The interval of asking for the outcome of a transaction.
const ASK_AGAIN: Duration = Duration::from_millis(50);

/// A board on a server.
pub struct Postgres {
    link: Link,
    address: Address,
    read_only: bool,
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
    /// The token by which is found out what became of it; none: it changes nothing.
    token: Option<String>,
    /// Writes that go with the next statements, or with the end.
    put_off: Vec<Query>,
}

impl Postgres {
    /// Nothing can be written.
    pub fn is_read_only(&self) -> bool {
        self.read_only
    }

    /// Sends what begins the transaction, what was put off, and then these; returns the rows of these.
    fn send(&mut self, queries: Vec<Query>) -> std::result::Result<Vec<Vec<tokio_postgres::Row>>, Trouble> {
        let Some(begun) = &mut self.transaction else { return Err(Trouble::Lost(None)) };
        let is_first = !std::mem::replace(&mut begun.is_sent, true);
        let mut flight =
            if is_first { begun.beginning(&self.address, self.lock_limit, self.link.limit()) } else { Vec::new() };
        let heads = flight.len();
        flight.append(&mut begun.put_off);
        let first = flight.len();
        flight.extend(queries);
        let mut rows = self.link.send(&flight)?;
        if let Some(head) = rows[..heads].last().and_then(|rows| rows.first()) {
            self.now = head.try_get(0).unwrap_or_default();
        }
        Ok(rows.split_off(first))
    }

    fn error(&self, trouble: &Trouble) -> StoreError {
        error::translate(&self.address, trouble)
    }

    /// Finds out by its token whether a transaction was committed whose end nobody has seen.
    fn find_out(&mut self, token: &str) -> Result<()> {
        let mut left = self.link.left();
        while !left.is_zero() {
            let stopwatch = crate::env::Stopwatch::start();
            if let Ok(mut link) = Link::open(&self.address, left)
                && let Ok(is_committed) = commits::ask_or_give_up(&mut link, &self.address.board, token)
            {
                if !is_committed {
                    return Err(self.error(&Trouble::Lost(None)));
                }
                self.link = link;
                return Ok(());
            }
            std::thread::sleep(ASK_AGAIN);
            left = left.saturating_sub(stopwatch.elapsed());
        }
        Err(error::uncertain(&self.address))
    }
}

impl Begun {
    fn new(mode: Mode) -> Self {
        let token = (mode == Mode::Write).then(commits::new_token);
        Self { mode, is_sent: false, token, put_off: Vec::new() }
    }

    /// The queries that begin the transaction; the rows of the last of these hold the server's time. All settings end
    /// with it, because a pooler gives the session to somebody else then.
    fn beginning(&self, address: &Address, lock_limit: Duration, limit: Duration) -> Vec<Query> {
        let settings = format!(
            "set_config('search_path', '\"{}\", pg_temp', true), set_config('lock_timeout', '{}', true),
             set_config('statement_timeout', '{}', true), set_config('idle_in_transaction_session_timeout', '{}', true)",
            address.board,
            lock_limit.as_millis(),
            limit.as_millis(),
            IDLE_LIMIT.as_millis()
        );
        let parts = match self.mode {
            Mode::Read => {
                vec!["BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY".to_owned(), format!("SELECT {NOW}, {settings}")]
            }
            // Each statement after the lock sees what the change before has committed.
            Mode::Write => vec![
                "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE".to_owned(),
                format!("SELECT {settings}"),
                format!("SELECT {NOW} FROM counters FOR UPDATE"),
            ],
        };
        parts.into_iter().map(Query::plain).collect()
    }
}

impl Driver for Postgres {
    fn begin(&mut self, mode: Mode) -> Result<()> {
        if mode == Mode::Write && self.read_only {
            return Err(error::read_only(&self.address));
        }
        if self.link.is_broken() {
            let reopened = Link::open(&self.address, self.link.left());
            self.link = reopened.map_err(|trouble| self.error(&trouble))?;
        }
        self.transaction = Some(Begun::new(mode));
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
        let Some(begun) = &mut self.transaction else { return Ok(()) };
        let Some(token) = begun.token.take().filter(|_| begun.is_sent || !begun.put_off.is_empty()) else {
            // Nothing can go wrong with what was only read.
            self.rollback();
            return Ok(());
        };
        begun.put_off.extend(commits::record(&token));
        let ended = self.send(vec![Query::plain("COMMIT")]);
        self.transaction = None;
        match ended {
            Ok(_) => {}
            Err(Trouble::Refused(error)) => return Err(self.error(&Trouble::Refused(error))),
            Err(_) => self.find_out(&token)?,
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

    fn take_time(&mut self, limit: Duration) {
        self.link.set_limit(limit);
    }

    fn now(&self, _: UtcDateTime) -> UtcDateTime {
        moment(self.now)
    }
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
