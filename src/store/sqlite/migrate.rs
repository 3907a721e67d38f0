//! Migrations: in one transaction, so that a database is of one version or of another, never between.

use refinery_core::traits::sync::{Migrate, Query, Transaction};
use refinery_core::{Migration, error};
use rusqlite::{Connection, TransactionBehavior};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

mod embedded {
    refinery::embed_migrations!("migrations");
}

/// The version that the migrations lead to; each sets it as `user_version`.
pub const SCHEMA_VERSION: i64 = 6;

/// "MOVI" in ASCII, set as `application_id` by the first migration.
pub const APPLICATION_ID: i64 = 0x4D4F_5649;

/// The identity of a file, by its own header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Identity {
    /// A database of this program's, of that version.
    Ours(i64),
    /// Nothing is in it, or nothing but what migrating begins with.
    Blank,
    /// Restored from a dump, which keeps no identity: of that version.
    Restored(i64),
    /// Somebody else's.
    Foreign,
}

/// Reads who made the file and whether it has a write-ahead log, in one transaction: whoever makes or migrates it does so
/// in one as well.
pub fn identity(conn: &Connection) -> rusqlite::Result<(Identity, bool)> {
    let snapshot = conn.unchecked_transaction()?;
    let identity = identity_inside(&snapshot)?;
    let mode: String = snapshot.pragma_query_value(None, "journal_mode", |row| row.get(0))?;
    snapshot.finish()?;
    Ok((identity, mode == "wal"))
}

fn identity_inside(conn: &Connection) -> rusqlite::Result<Identity> {
    let number = |pragma| conn.pragma_query_value(None, pragma, |row| row.get::<_, i64>(0));
    match (number("application_id")?, number("user_version")?) {
        (APPLICATION_ID, version) => Ok(Identity::Ours(version)),
        (0, _) => unnamed(conn),
        _ => Ok(Identity::Foreign),
    }
}

/// A file without an identity: blank, restored from a dump, or another program's.
fn unnamed(conn: &Connection) -> rusqlite::Result<Identity> {
    let count = |sql: &str| conn.query_row(sql, [], |row| row.get::<_, i64>(0));
    if count("SELECT count(*) FROM sqlite_schema WHERE tbl_name <> 'refinery_schema_history'")? == 0 {
        return Ok(Identity::Blank);
    }
    let ours = "SELECT count(*) FROM sqlite_schema
                WHERE type = 'table' AND name IN ('refinery_schema_history', 'proposals', 'votes', 'voters')";
    if count(ours)? < 4 {
        return Ok(Identity::Foreign);
    }
    let first =
        embedded::migrations::runner().get_migrations().iter().find(|m| m.version() == 1).map(Migration::checksum);
    let sql = "SELECT count(*) FROM refinery_schema_history WHERE version = 1 AND checksum = ?1";
    let is_ours: i64 = conn.query_row(sql, [first.unwrap_or_default().to_string()], |row| row.get(0))?;
    match is_ours {
        0 => Ok(Identity::Foreign),
        _ => Ok(Identity::Restored(count("SELECT max(version) FROM refinery_schema_history")?)),
    }
}

/// Brings the database up to date, unless somebody else has done so meanwhile.
pub fn migrate(conn: &mut Connection) -> rusqlite::Result<()> {
    let transaction = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Read again, now that nobody else can change it.
    match identity_inside(&transaction)? {
        Identity::Ours(version) if version >= SCHEMA_VERSION => return transaction.rollback(),
        Identity::Restored(_) => transaction.pragma_update(None, "application_id", APPLICATION_ID)?,
        _ => {}
    }
    let runner = embedded::migrations::runner().set_grouped(true);
    runner.run(&mut Inside(&transaction)).map_err(|error| match find_sqlite_error(&error) {
        Some(error) => error,
        None => rusqlite::Error::ToSqlConversionFailure(Box::new(error)),
    })?;
    // A database that was restored from a dump of the newest version needs no migration, and has no version yet.
    transaction.pragma_update(None, "user_version", SCHEMA_VERSION)?;
    transaction.commit()
}

/// Lets refinery work inside a transaction of ours: its own begins after it has looked at what is applied, and
/// two processes that look at the same time would both migrate.
struct Inside<'a>(&'a Connection);

impl Transaction for Inside<'_> {
    type Error = rusqlite::Error;

    fn execute<'a, T: Iterator<Item = &'a str>>(&mut self, queries: T) -> Result<usize, Self::Error> {
        let mut count = 0;
        for query in queries {
            self.0.execute_batch(query)?;
            count += 1;
        }
        Ok(count)
    }
}

impl Query<Vec<Migration>> for Inside<'_> {
    fn query(&mut self, query: &str) -> Result<Vec<Migration>, Self::Error> {
        let mut statement = self.0.prepare(query)?;
        let rows = statement.query_map([], |row| {
            // What somebody edited by hand must not end the program: an odd checksum differs from ours.
            let applied_on = OffsetDateTime::parse(&row.get::<_, String>(2)?, &Rfc3339);
            let checksum = row.get::<_, String>(3)?.parse().unwrap_or_default();
            let applied_on = applied_on.unwrap_or(OffsetDateTime::UNIX_EPOCH);
            Ok(Migration::applied(row.get(0)?, row.get(1)?, applied_on, checksum))
        })?;
        rows.collect()
    }
}

impl Migrate for Inside<'_> {}

/// The error of SQLite's inside one of refinery's.
fn find_sqlite_error(error: &error::Error) -> Option<rusqlite::Error> {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(error) = cause {
        if let Some(rusqlite::Error::SqliteFailure(code, text)) = error.downcast_ref() {
            return Some(rusqlite::Error::SqliteFailure(*code, text.clone()));
        }
        cause = error.source();
    }
    None
}
