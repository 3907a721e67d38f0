//! Migrations: in one transaction, so that a board is of one version or of another, never between.

use tokio_postgres::error::SqlState;

use super::address::quoted_identifier;
use super::batch::Query;
use super::connection::{Connection, ConnectionError};
use super::identity::{Identity, MARK, read_schema};
use super::{Address, IDLE_LIMIT, LOCK_LIMIT, error};
use crate::model::text::clean;
use crate::store::db::Result;
use crate::store::error::{ErrorKind, StoreError};
use crate::store::migrations::{self, AppliedRow, Migratable, MigrationError};

mod embedded {
    refinery::embed_migrations!("migrations/postgres");
}

/// The version of a board after all migrations.
pub const VERSION: i64 = 1;

/// Number of tries when others make the same board at the same time.
const TRIES: u32 = 20;

/// Makes the board, or brings it up to date, unless somebody else has done so meanwhile.
pub fn migrate(connection: &mut Connection, address: &Address) -> Result<()> {
    for _ in 1..TRIES {
        match attempt(connection, address) {
            Err(Failed::Server(ConnectionError::Refused(error))) if is_race(&error) => {
                connection.send_without_waiting("ROLLBACK");
                std::thread::sleep(std::time::Duration::from_millis(fastrand::u64(5..50)));
            }
            // The next attempt waits for what this one began, and sees whether it was committed.
            Err(Failed::Commit(ConnectionError::Lost(_))) => {
                connection.reopen(address).map_err(|_| error::uncertain(address))?;
            }
            outcome => return outcome.map_err(|failed| failed.in_words(connection, address)),
        }
    }
    attempt(connection, address).map_err(|failed| failed.in_words(connection, address))
}

enum Failed {
    Server(ConnectionError),
    /// The schema may not be made.
    MayNotMake,
    /// At the end, when it may have been stored.
    Commit(ConnectionError),
    Migration(String),
}

impl From<ConnectionError> for Failed {
    fn from(error: ConnectionError) -> Self {
        Self::Server(error)
    }
}

impl Failed {
    fn in_words(self, connection: &mut Connection, address: &Address) -> StoreError {
        connection.send_without_waiting("ROLLBACK");
        match self {
            Self::MayNotMake => error::cannot_make(address),
            Self::Commit(ConnectionError::Silent(_) | ConnectionError::Lost(_)) => error::uncertain(address),
            Self::Server(error) | Self::Commit(error) => error::translate(address, &error),
            Self::Migration(why) => {
                error::of_board(ErrorKind::Other, address, &format!("cannot be made ({})", clean(&why, 200)))
            }
        }
    }
}

/// Another process made the same objects at the same time. Of a row of the catalogue that was changed by both, the server
/// only says that as an internal error ("tuple concurrently updated").
fn is_race(error: &tokio_postgres::Error) -> bool {
    let races = [
        SqlState::UNIQUE_VIOLATION,
        SqlState::DUPLICATE_SCHEMA,
        SqlState::DUPLICATE_TABLE,
        SqlState::DUPLICATE_OBJECT,
        SqlState::T_R_SERIALIZATION_FAILURE,
        SqlState::T_R_DEADLOCK_DETECTED,
        SqlState::INTERNAL_ERROR,
    ];
    error.code().is_some_and(|code| races.contains(code))
}

fn may_not_make(error: ConnectionError) -> Failed {
    match error {
        ConnectionError::Refused(error) if error.code() == Some(&SqlState::INSUFFICIENT_PRIVILEGE) => {
            Failed::MayNotMake
        }
        error => Failed::Server(error),
    }
}

fn attempt(connection: &mut Connection, address: &Address) -> std::result::Result<(), Failed> {
    let (board, schema_name) = (&address.board, quoted_identifier(&address.board));
    // One at a time; the lock ends with the transaction.
    connection.execute(&format!(
        "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;
         SET LOCAL lock_timeout = {};
         SET LOCAL statement_timeout = {};
         SET LOCAL idle_in_transaction_session_timeout = {};
         SELECT pg_advisory_xact_lock(hashtext('movienight'), hashtext('{board}'))",
        LOCK_LIMIT.as_millis(),
        address.limit.as_millis(),
        IDLE_LIMIT.max(address.limit / 8).as_millis()
    ))?;
    // Read again, now that nobody else can change it.
    let schema = read_schema(connection, board)?;
    if let Some(owner) = schema.other_owner.filter(|_| schema.is_owner) {
        // What a superuser or another member of the owning role makes is to be the owner's as well.
        connection.execute(&format!("SET LOCAL ROLE {}", quoted_identifier(&owner)))?;
    }
    let search_path = format!("SET LOCAL search_path = {schema_name}");
    match schema.identity {
        Identity::Ours(version) if version >= VERSION => {
            connection.send_without_waiting("ROLLBACK");
            return Ok(());
        }
        Identity::Absent => {
            connection.execute(&format!("CREATE SCHEMA {schema_name}; {search_path}")).map_err(may_not_make)?;
        }
        Identity::Blank | Identity::Ours(_) => connection.execute(&search_path)?,
        Identity::Unreleased | Identity::Foreign => {
            return Err(Failed::Migration("its schema is used for something else".to_owned()));
        }
    }
    migrations::migrate(connection, embedded::migrations::runner()).map_err(|error| match error {
        MigrationError::Database(error) => Failed::Server(error),
        MigrationError::Diverged(why) => Failed::Migration(why),
    })?;
    connection.execute(&format!("COMMENT ON SCHEMA {schema_name} IS '{MARK}{VERSION}'; COMMIT")).map_err(Failed::Commit)
}

impl Migratable for Connection {
    type Error = ConnectionError;

    fn run_script(&mut self, script: &str) -> std::result::Result<(), ConnectionError> {
        self.execute(script)
    }

    fn applied(&mut self, query: &str) -> std::result::Result<Vec<AppliedRow>, ConnectionError> {
        let answers = self.send(&[Query::plain(query)])?;
        let applied = |row: &tokio_postgres::Row| {
            let text = |column| row.try_get(column).unwrap_or_default();
            (row.try_get(0).unwrap_or_default(), text(1), text(2), text(3))
        };
        Ok(answers.iter().flatten().map(applied).collect())
    }
}
