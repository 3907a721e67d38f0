//! The schema of a file: its identity, its version and its migrations.

use refinery_core::Runner;
use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::store::migrations::{AppliedRow, Migratable, MigrationError, migrate};

mod embedded {
    refinery::embed_migrations!("migrations/sqlite");
}

/// The version that the migrations lead to, kept as `user_version`.
pub const SCHEMA_VERSION: i64 = 1;

/// "MVNT" in ASCII: the `application_id` of a board.
const APPLICATION_ID: i64 = 0x4D56_4E54;

/// The `application_id` of databases made before 0.1.0.
const UNRELEASED_ID: i64 = 0x4D4F_5649;

/// The identity of a file, from its own header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Identity {
    /// A board, of that version.
    Ours(i64),
    /// A database without tables.
    Blank,
    /// A board made before 0.1.0, whose schema nobody reads any more.
    Unreleased,
    /// Another program's database.
    Foreign,
}

/// Reads who made the file, in one statement: a process that creates or migrates it at the same moment has not begun or
/// is done.
pub fn identity(conn: &Connection) -> rusqlite::Result<Identity> {
    let sql =
        "SELECT (SELECT application_id FROM pragma_application_id), (SELECT user_version FROM pragma_user_version),
                      (SELECT count(*) FROM sqlite_schema)";
    conn.query_row(sql, [], |row| {
        Ok(match (row.get::<_, i64>(0)?, row.get::<_, i64>(1)?, row.get::<_, i64>(2)?) {
            (APPLICATION_ID, version, _) => Identity::Ours(version),
            (UNRELEASED_ID, ..) => Identity::Unreleased,
            (0, _, 0) => Identity::Blank,
            _ => Identity::Foreign,
        })
    })
}

/// Brings the database up to date, unless another process has done so meanwhile.
pub fn bring_up_to_date(conn: &mut Connection) -> rusqlite::Result<()> {
    bring_to(SCHEMA_VERSION, embedded::migrations::runner(), conn)
}

fn bring_to(version: i64, runner: Runner, conn: &mut Connection) -> rusqlite::Result<()> {
    let mut transaction = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Read again, now that nobody else can change it.
    if matches!(identity(&transaction)?, Identity::Ours(found) if found >= version) {
        return transaction.rollback();
    }
    migrate(&mut transaction, runner).map_err(|error| match error {
        MigrationError::Database(error) => error,
        MigrationError::Diverged(words) => rusqlite::Error::ToSqlConversionFailure(words.into()),
    })?;
    transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    transaction.pragma_update(None, "user_version", version)?;
    transaction.commit()
}

impl Migratable for Transaction<'_> {
    type Error = rusqlite::Error;

    fn run_script(&mut self, script: &str) -> rusqlite::Result<()> {
        self.execute_batch(script)
    }

    fn applied(&mut self, query: &str) -> rusqlite::Result<Vec<AppliedRow>> {
        let mut statement = self.prepare(query)?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?;
        rows.collect()
    }
}

#[cfg(test)]
mod tests {
    use refinery_core::Migration;

    use super::*;
    use crate::store::{ErrorKind, OpenMode};

    #[test]
    fn the_next_version_is_reached_from_this_one_and_from_nothing() {
        let first = embedded::migrations::runner().get_migrations().clone();
        assert_eq!(first.len() as i64, SCHEMA_VERSION);
        let next = Migration::unapplied("V2__next", "ALTER TABLE voters ADD COLUMN next INTEGER;").unwrap();
        let both = || Runner::new(&[&first[..], std::slice::from_ref(&next)].concat());
        for begins_with_first in [true, false] {
            let file = tempfile::NamedTempFile::new().unwrap();
            let mut conn = Connection::open(file.path()).unwrap();
            assert_eq!(identity(&conn).unwrap(), Identity::Blank);
            if begins_with_first {
                bring_up_to_date(&mut conn).unwrap();
                conn.execute_batch("INSERT INTO voters (id, name, name_key) VALUES (1, 'Ana', 'ana')").unwrap();
            }
            bring_to(2, both(), &mut conn).unwrap();
            assert_eq!(identity(&conn).unwrap(), Identity::Ours(2));
            let voters: i64 =
                conn.query_row("SELECT count(*) FROM voters WHERE next IS NULL", [], |r| r.get(0)).unwrap();
            assert_eq!(voters, i64::from(begins_with_first));
            // A program that knows only this version says so.
            drop(conn);
            for open_mode in [OpenMode::Read, OpenMode::Write, OpenMode::Create] {
                let error = super::super::open(file.path(), open_mode).err().unwrap();
                assert_eq!(error.kind(), ErrorKind::TooNew);
                assert!(
                    error.to_string().contains("newer movienight (database version 2, this one knows 1)"),
                    "{error}"
                );
            }
        }
    }

    #[test]
    fn a_migration_that_fails_changes_nothing() {
        let mut conn = Connection::open_in_memory().unwrap();
        bring_up_to_date(&mut conn).unwrap();
        let mut migrations = embedded::migrations::runner().get_migrations().clone();
        migrations.push(Migration::unapplied("V2__next", "DROP TABLE edits; DROP TABLE nothing;").unwrap());
        assert!(bring_to(2, Runner::new(&migrations), &mut conn).is_err());
        assert_eq!(identity(&conn).unwrap(), Identity::Ours(SCHEMA_VERSION));
        assert!(conn.prepare("SELECT * FROM edits").is_ok());
    }
}
