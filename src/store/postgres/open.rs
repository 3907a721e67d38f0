//! Opening a board takes one query. Creating or migrating it takes one transaction.

use super::address::quoted_identifier;
use super::connection::{Connection, ConnectionError, Query};
use super::schema::{MARK, Schema, read_schema};
use super::{Address, IDLE_LIMIT, LOCK_LIMIT, Postgres, error};
use crate::store::OpenMode;
use crate::store::db::{Driver, Result};
use crate::store::error::{ErrorKind, StoreError};
use crate::store::migrations::{self, AppliedRow, Identity, Migratable, UNRELEASED, too_new};

mod embedded {
    refinery::embed_migrations!("migrations/postgres");
}

/// The version that the migrations lead to, stored in the comment of the schema.
pub const SCHEMA_VERSION: i64 = 1;

/// Opens, migrates or creates a board. `None` if it does not exist and must not be created. Safe for several processes
/// at once.
pub fn open(address: &Address, open_mode: OpenMode) -> Result<Option<Box<dyn Driver>>> {
    let mut connection = Connection::open(address).map_err(|error| error::translate(address, &error))?;
    let found = prepare(&mut connection, address, open_mode)?;
    Ok(found.map(|found| Box::new(Postgres::new(connection, address.clone(), &found)) as Box<dyn Driver>))
}

/// Creates or migrates the board if needed. Returns the schema as it was before, or `None` if the board does not exist
/// and must not be created.
pub fn prepare(connection: &mut Connection, address: &Address, open_mode: OpenMode) -> Result<Option<Schema>> {
    let found =
        read_schema(connection, Vec::new(), &address.board).map_err(|error| error::translate(address, &error))?;
    if found.identity == Identity::Blank && open_mode != OpenMode::Create {
        return Ok(None);
    }
    check(address, &found)?;
    if found.identity != Identity::Ours(SCHEMA_VERSION) && !migrate(connection, address)? {
        // The second attempt waits until the first has ended, and sees whether it was committed.
        connection.reopen(address).map_err(|_| error::uncertain(address))?;
        if !migrate(connection, address)? {
            return Err(error::uncertain(address));
        }
    }
    Ok(Some(found))
}

/// Checks that this user can use, create or migrate the board.
fn check(address: &Address, found: &Schema) -> Result<()> {
    let of = |kind, what: &str| error::of_board(kind, address, what);
    let (board, user) = (quoted_identifier(&address.board), quoted_identifier(&address.user));
    if found.is_read_only && found.identity == Identity::Blank {
        return Err(error::read_only(address));
    }
    match found.identity {
        Identity::Ours(version) if version > SCHEMA_VERSION => {
            Err(of(ErrorKind::TooNew, &too_new(version, SCHEMA_VERSION)))
        }
        Identity::Ours(_) if !found.may_use => Err(error::not_allowed(address)),
        Identity::Ours(SCHEMA_VERSION) => Ok(()),
        Identity::Ours(_) if !found.is_owner || found.is_read_only => {
            Err(of(ErrorKind::TooOld, "is of an older version")
                .with_hint("its owner must run movienight once to update it"))
        }
        Identity::Ours(_) => Ok(()),
        Identity::Unreleased => {
            let text = format!("the {address} {UNRELEASED}");
            Err(StoreError::new(ErrorKind::NotADatabase, text).with_hint(OTHER_NAME))
        }
        Identity::Foreign => {
            let text = format!("the schema {} of {} is not a movienight board", address.board, address.server);
            Err(StoreError::new(ErrorKind::NotADatabase, text).with_hint(OTHER_NAME))
        }
        Identity::Blank if found.owner.is_empty() && !found.may_create => {
            Err(of(ErrorKind::NotAllowed, &format!("does not exist, and {} may not create it", address.user))
                .with_hint(format!("the database's owner must run: CREATE SCHEMA {board} AUTHORIZATION {user};")))
        }
        Identity::Blank => Ok(()),
    }
}

const OTHER_NAME: &str = "give another name with board=NAME";

/// Creates or migrates the board, unless another process has done so meanwhile. Returns false if the connection was
/// lost during COMMIT, so that the outcome is unknown.
fn migrate(connection: &mut Connection, address: &Address) -> Result<bool> {
    let failed = |error: ConnectionError| error::translate(address, &error);
    // The advisory lock lets one process migrate at a time. It ends with the transaction.
    let begin = [
        "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE".to_owned(),
        format!("SET LOCAL lock_timeout = {}", LOCK_LIMIT.as_millis()),
        format!("SET LOCAL statement_timeout = {}", address.limit.as_millis()),
        format!("SET LOCAL idle_in_transaction_session_timeout = {}", IDLE_LIMIT.max(address.limit / 8).as_millis()),
        format!("SELECT pg_advisory_xact_lock(hashtext('movienight'), hashtext('{}'))", address.board),
    ];
    // Read again, now that no other process can change it.
    let begin = begin.into_iter().map(Query::plain).collect();
    let found = read_schema(connection, begin, &address.board).map_err(failed)?;
    check(address, &found)?;
    if found.identity == Identity::Ours(SCHEMA_VERSION) {
        connection.send_without_waiting("ROLLBACK");
        return Ok(true);
    }
    let schema = quoted_identifier(&address.board);
    let make = match found.owner.is_empty() {
        true => format!("CREATE SCHEMA {schema}"),
        // A superuser or another member of the owning role may run this, and the owner must own the new tables, too.
        false => format!("SET LOCAL ROLE {}", quoted_identifier(&found.owner)),
    };
    let is_new = !matches!(found.identity, Identity::Ours(_));
    let text = format!("{make}; SET LOCAL search_path = {schema}");
    let mut script = Script { connection, address, text, is_new };
    migrations::migrate(&mut script, embedded::migrations::runner(), |why| {
        error::of_board(ErrorKind::Other, address, &format!("cannot be updated ({why})"))
    })?;
    let text = script.text;
    match connection.execute(&format!("{text}\n;\nCOMMENT ON SCHEMA {schema} IS '{MARK}{SCHEMA_VERSION}'; COMMIT")) {
        Ok(()) => Ok(true),
        Err(ConnectionError::Lost) => Ok(false),
        Err(ConnectionError::Silent(_)) => Err(error::uncertain(address)),
        Err(error) => Err(failed(error)),
    }
}

/// The statements of a migration, sent together to save round trips.
struct Script<'a> {
    connection: &'a mut Connection,
    address: &'a Address,
    text: String,
    /// True if no migration has been applied yet.
    is_new: bool,
}

impl Migratable for Script<'_> {
    fn run_script(&mut self, script: &str) -> Result<()> {
        // The line break ends a comment at the end of a script.
        self.text += &format!("\n;\n{script}");
        Ok(())
    }

    fn applied(&mut self, query: &str) -> Result<Vec<AppliedRow>> {
        if self.is_new {
            return Ok(Vec::new());
        }
        let script = self.connection.execute(&std::mem::take(&mut self.text));
        let answers = script.and_then(|()| self.connection.send(&[Query::plain(query)]));
        let applied = |row: &tokio_postgres::Row| {
            let text = |column| row.try_get(column).unwrap_or_default();
            (row.try_get(0).unwrap_or_default(), text(1), text(2), text(3))
        };
        let answers = answers.map_err(|error| error::translate(self.address, &error))?;
        Ok(answers.iter().flatten().map(applied).collect())
    }
}
