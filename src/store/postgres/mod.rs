//! PostgreSQL: a board that several machines share. Only this folder uses tokio and tokio-postgres. Its functions
//! block.
//!
//! The server may be far away, so round trips count: BEGIN is sent with the first statements, and COMMIT with the last.

mod address;
mod boards;
mod connection;
mod error;
pub mod host;
mod open;
mod pgpass;
mod schema;

use std::time::Duration;

use time::UtcDateTime;
use tokio_postgres::types::Type;

use address::quoted_identifier;
pub use boards::{create, list};
pub use open::open;

/// The schema version in a build with PostgreSQL.
pub const SCHEMA_VERSION: Option<i64> = Some(open::SCHEMA_VERSION);

use super::db::{Driver, Examination, Mode, Result, Row, Sink, Statement};
use super::error::StoreError;
use super::location::Address;
use crate::env::{Clock, Deadline};
use crate::model::from_unix_seconds;
use connection::{Connection, ConnectionError, Query};
use host::Tls;
use schema::Schema;

/// The time limit of a transaction, as a multiple of that of a statement. A client that stops while sending a change
/// does not count as idle. This limits how long it locks everybody else out, on servers that have the setting.
const TRANSACTION_FACTOR: u32 = 4;
/// The default lock timeout.
const LOCK_LIMIT: Duration = Duration::from_secs(4);
/// The time after which the server ends an idle transaction, so that its lock is released before other clients give up.
const IDLE_LIMIT: Duration = Duration::from_secs(2);
/// The TCP keepalives of the server. A client that disappears mid-statement does not count as idle: keepalives probe it
/// after two seconds, and end its session after five.
const KEEPALIVE: &str =
    "set_config('tcp_keepalives_idle', '2', true), set_config('tcp_keepalives_interval', '1', true),
     set_config('tcp_keepalives_count', '3', true)";
/// Makes a policy that hides rows from this role an error: without these rows, the board would look different.
const ALL_ROWS: &str = "set_config('row_security', 'off', true)";
/// Clocks that differ by less than this count as equal: the server reports whole seconds, and its answer takes time.
const MIN_SKEW: time::Duration = time::Duration::seconds(3);
/// The SQL for the server's time, in seconds since the epoch.
const NOW: &str = "floor(extract(epoch FROM clock_timestamp()))::bigint";
/// The pause between two attempts to find out whether a transaction was committed.
const COMMIT_POLL: Duration = Duration::from_millis(50);

pub struct Postgres {
    connection: Connection,
    address: Address,
    read_only: bool,
    /// False if the user lacks write permissions on the tables. Writes are still attempted, to report why they fail.
    may_write: bool,
    lock_limit: Duration,
    /// How far the server's clock is ahead of this machine's.
    skew: time::Duration,
    transaction: Option<PendingTransaction>,
}

struct PendingTransaction {
    mode: Mode,
    /// True if BEGIN was sent.
    is_sent: bool,
    has_written: bool,
    /// Deferred writes, sent with the next statements or with COMMIT.
    deferred: Vec<Query>,
}

impl Postgres {
    fn new(connection: Connection, address: Address, schema: &Schema) -> Self {
        let (read_only, may_write, skew) = (schema.is_read_only, schema.may_write, time::Duration::ZERO);
        Self { connection, address, read_only, may_write, lock_limit: LOCK_LIMIT, skew, transaction: None }
    }

    /// Sends BEGIN if it was not sent yet, the deferred writes, and these queries. Returns the rows of each query.
    fn send(&mut self, queries: Vec<Query>) -> std::result::Result<Vec<Vec<tokio_postgres::Row>>, ConnectionError> {
        let pending = self.transaction.as_mut().expect("a transaction has begun");
        let is_first = !std::mem::replace(&mut pending.is_sent, true);
        let mut all = match is_first {
            true => beginning(pending.mode, &self.address, self.lock_limit, self.connection.limit),
            false => Vec::new(),
        };
        let heads = all.len();
        all.append(&mut pending.deferred);
        let first = all.len();
        all.extend(queries);
        let mut rows = self.connection.send(&all)?;
        if is_first {
            let head = rows[..heads].last().and_then(|rows| rows.first());
            let now = from_unix_seconds(head.and_then(|head| head.try_get(0).ok()).unwrap_or_default());
            let skew = now - Clock::system().now();
            self.skew = if skew.abs() < MIN_SKEW { time::Duration::ZERO } else { skew };
        }
        Ok(rows.split_off(first))
    }

    fn error(&self, error: &ConnectionError) -> StoreError {
        error::translate(&self.address, error)
    }

    /// Finds out whether a transaction was committed when the answer to its COMMIT was lost.
    fn resolve_commit(&mut self, token: Option<i64>) -> Result<()> {
        // A copy may take minutes, but this gets half of the usual time.
        let address = Address { limit: self.address.limit / 2, ..self.address.clone() };
        self.connection.limit = address.limit;
        let end = Deadline::after(address.limit);
        let found = loop {
            match self.connection.reopen(&address).and_then(|()| self.was_stored(token)) {
                Ok(true) => break Ok(()),
                Ok(false) => break Err(self.error(&ConnectionError::Lost)),
                Err(error) if error.is_final() || end.is_over() => break Err(error::uncertain(&self.address)),
                Err(_) => std::thread::sleep(COMMIT_POLL),
            }
        };
        // A retry of the change gets the usual time.
        self.connection.limit = self.address.limit;
        found
    }

    /// Returns true if the transaction with this token was committed. First waits for it to end, because every writing
    /// transaction locks the same row. After that it can no longer be committed.
    fn was_stored(&mut self, token: Option<i64>) -> std::result::Result<bool, ConnectionError> {
        self.transaction = Some(PendingTransaction::new(Mode::Write));
        let answers = self.send(vec![Query::new("SELECT 1 FROM changes WHERE token = ?1", &[token.into()])]);
        self.rollback();
        Ok(!answers?[0].is_empty())
    }
}

impl PendingTransaction {
    fn new(mode: Mode) -> Self {
        Self { mode, is_sent: false, has_written: false, deferred: Vec::new() }
    }
}

/// Returns the queries that begin a transaction. The last one returns the server's time. All settings end with the
/// transaction, because a pooler then gives the session to another client.
fn beginning(mode: Mode, address: &Address, lock: Duration, wait: Duration) -> Vec<Query> {
    // The server should give up before this client does, and a wait for a lock first, so that the error names the lock.
    let statement = wait * 3 / 4;
    let lock = lock.min(statement * 9 / 10);
    // To the server, 0 means no limit.
    let millis = |limit: Duration| limit.as_millis().max(1);
    let settings = format!(
        "set_config('search_path', '{}, pg_temp', true), set_config('lock_timeout', '{}', true),
         set_config('statement_timeout', '{}', true), set_config('idle_in_transaction_session_timeout', '{}', true),
         CASE WHEN current_setting('server_version_num')::int >= 170000
             THEN set_config('transaction_timeout', '{}', true) END,
         {KEEPALIVE}, {ALL_ROWS}",
        quoted_identifier(&address.board),
        millis(lock),
        millis(statement),
        // A client with a longer time limit also needs more time between statements.
        millis(IDLE_LIMIT.max(statement / 4)),
        millis(statement * TRANSACTION_FACTOR)
    );
    let parts = match mode {
        Mode::Read => {
            vec!["BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY".to_owned(), format!("SELECT {NOW}, {settings}")]
        }
        // At this level, each statement after the lock sees what the previous change committed.
        Mode::Write => vec![
            "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE".to_owned(),
            format!("SELECT {settings}"),
            // Without that row there is no lock, so the division by zero ends the transaction.
            format!("WITH locked AS (SELECT 1 FROM counters FOR UPDATE) SELECT {NOW}, 1 / count(*) FROM locked"),
        ],
    };
    parts.into_iter().map(Query::plain).collect()
}

impl Driver for Postgres {
    fn is_read_only(&self) -> bool {
        self.read_only || !self.may_write
    }

    fn begin(&mut self, mode: Mode) -> Result<()> {
        if mode == Mode::Write && self.read_only {
            return Err(error::read_only(&self.address));
        }
        if self.connection.is_broken {
            let reopened = self.connection.reopen(&self.address);
            reopened.map_err(|error| self.error(&error))?;
        }
        self.transaction = Some(PendingTransaction::new(mode));
        Ok(())
    }

    fn run(&mut self, statements: &[Statement<'_>], sink: Sink<'_>) -> Result<()> {
        let (owners, queries): (Vec<usize>, Vec<Query>) = Query::of(statements).unzip();
        if queries.is_empty() {
            return Ok(());
        }
        let answers = self.send(queries).map_err(|error| self.error(&error))?;
        let mut rows =
            owners.into_iter().zip(&answers).flat_map(|(owner, rows)| rows.iter().map(move |row| (owner, row)));
        rows.try_for_each(|(owner, row)| sink(owner, &PostgresRow(row)))
    }

    fn execute(&mut self, statements: &[Statement<'_>]) -> Result<()> {
        if let Some(pending) = &mut self.transaction {
            pending.has_written |= !statements.is_empty();
            pending.deferred.extend(Query::of(statements).map(|(_, query)| query));
        }
        Ok(())
    }

    fn commit(&mut self, token: Option<i64>) -> Result<()> {
        let Some(pending) = &mut self.transaction else { return Ok(()) };
        if !pending.has_written {
            self.rollback();
            return Ok(());
        }
        let ended = self.send(vec![Query::plain("COMMIT")]);
        self.transaction = None;
        match ended {
            Ok(_) => Ok(()),
            Err(error @ ConnectionError::Refused(_)) => Err(self.error(&error)),
            Err(_) => self.resolve_commit(token),
        }
    }

    fn rollback(&mut self) {
        if self.transaction.take().is_some_and(|pending| pending.is_sent) {
            self.connection.send_without_waiting("ROLLBACK");
        }
    }

    fn set_lock_timeout(&mut self, limit: Option<Duration>) {
        self.lock_limit = limit.map_or(LOCK_LIMIT, |limit| limit.min(LOCK_LIMIT));
    }

    fn examine(&mut self) -> Result<Examination> {
        let sql = "SELECT current_setting('server_version'), pg_size_pretty(sum(pg_total_relation_size(c.oid)))
                   FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = ?1 AND c.relkind = 'r'";
        let answers = self.connection.send(&[Query::new(sql, &[self.address.board.as_str().into()])]);
        let answers = answers.map_err(|error| self.error(&error))?;
        let row = answers.iter().flatten().next().ok_or_else(|| self.damaged())?;
        let text = |column: usize| row.try_get::<_, String>(column).unwrap_or_default();
        let tls = if self.address.route.tls == Tls::Off { "without TLS" } else { "with TLS" };
        let facts = format!("PostgreSQL {} {tls}, {}, schema {}", text(0), text(1), open::SCHEMA_VERSION);
        Ok(Examination { facts, problem: None })
    }

    fn damaged(&self) -> StoreError {
        error::damaged(&self.address)
    }

    fn set_time_limit(&mut self, limit: Option<Duration>) {
        self.connection.limit = limit.unwrap_or(self.address.limit);
    }

    fn corrected(&self, local: UtcDateTime) -> UtcDateTime {
        local.checked_add(self.skew).unwrap_or(local)
    }
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
