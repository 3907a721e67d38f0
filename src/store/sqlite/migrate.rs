//! The schema of a file: its identity, version and migrations.

use std::path::Path;

use rusqlite::{Connection, Transaction, TransactionBehavior};

use super::{ErrorKind, Result, StoreError, translate};
use crate::store::migrations::{AppliedRow, Identity, Migratable, migrate};

mod embedded {
    refinery::embed_migrations!("migrations/sqlite");
}

/// The version that the migrations lead to, stored as `user_version`.
pub const SCHEMA_VERSION: i64 = 1;

/// The `application_id` of a board: "MVNT" in ASCII.
const APPLICATION_ID: i64 = 0x4D56_4E54;

/// The `application_id` of databases made before 0.1.0.
const UNRELEASED_ID: i64 = 0x4D4F_5649;

/// Reads the identity of a file. A single statement sees one snapshot: another process that creates or migrates the
/// file has either not begun or is done.
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

/// Migrates the database to the current version, unless another process has done so meanwhile.
pub fn bring_up_to_date(conn: &mut Connection, path: &Path) -> Result<()> {
    let failed = |error| translate(path, &error);
    let mut transaction = conn.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed)?;
    // Read again, now that no other process can change it.
    if matches!(identity(&transaction).map_err(failed)?, Identity::Ours(found) if found >= SCHEMA_VERSION) {
        return Ok(());
    }
    migrate(&mut transaction, embedded::migrations::runner(), |why| {
        StoreError::of_file(ErrorKind::Other, path, &format!("cannot be updated ({why})")).nothing_stored()
    })?;
    let versions = format!("PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {SCHEMA_VERSION}");
    transaction.execute_batch(&versions).and_then(|()| transaction.commit()).map_err(failed)
}

impl Migratable for Transaction<'_> {
    fn run_script(&mut self, script: &str) -> Result<()> {
        self.execute_batch(script).map_err(|error| failed(self, &error))
    }

    fn applied(&mut self, query: &str) -> Result<Vec<AppliedRow>> {
        let row = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?));
        let rows = self.prepare(query).and_then(|mut query| query.query_map([], row)?.collect());
        rows.map_err(|error| failed(self, &error))
    }
}

fn failed(conn: &Connection, error: &rusqlite::Error) -> StoreError {
    translate(Path::new(conn.path().unwrap_or_default()), error)
}
