//! Migrations with refinery, for both drivers, inside a transaction that the driver has begun. Refinery begins its own
//! transaction only after it has read which migrations are applied, so two processes at once would both migrate.

use std::error::Error;

use refinery_core::traits::sync::{Migrate, Query, Transaction};
use refinery_core::{Migration, Runner};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::db::Result;
use super::error::StoreError;
use crate::model::text::sanitize;

/// The identity of a file or a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Identity {
    /// A board of this version.
    Ours(i64),
    /// Nothing: it is empty or does not exist.
    Blank,
    /// A board made before 0.1.0, whose schema no version reads any more.
    Unreleased,
    /// Something else.
    Foreign,
}

/// Returns the problem with a board of a newer version than the one that this program knows.
pub fn too_new(version: i64, known: i64) -> String {
    format!("was made by a newer movienight (database version {version}, this one supports {known})")
}

/// The problem with a board made before 0.1.0.
pub const UNRELEASED: &str = "was made before 0.1.0, by an unreleased version";

/// A row of refinery's table: version, name, time and checksum.
pub type AppliedRow = (i32, String, String, String);

/// The operations that refinery needs of a connection.
pub trait Migratable {
    /// Runs several statements.
    fn run_script(&mut self, script: &str) -> Result<()>;

    /// Runs a query for the applied migrations.
    fn applied(&mut self, query: &str) -> Result<Vec<AppliedRow>>;
}

/// Applies the missing migrations.
///
/// # Errors
/// Fails with an error of the database. If that has unknown migrations, fails with the error that `diverged` returns
/// for refinery's message. Either way, the transaction cannot be used afterwards.
pub fn migrate(
    connection: &mut impl Migratable,
    runner: Runner,
    diverged: impl FnOnce(String) -> StoreError,
) -> Result<()> {
    let migrated = runner.set_grouped(true).run(&mut Adapter(connection));
    migrated.map(drop).map_err(|error| {
        let of_database = error.source().and_then(|source| source.downcast_ref::<StoreError>());
        of_database.cloned().unwrap_or_else(|| diverged(sanitize(&error.to_string(), 200)))
    })
}

struct Adapter<'a, C>(&'a mut C);

impl<C: Migratable> Transaction for Adapter<'_, C> {
    type Error = StoreError;

    fn execute<'a, T: Iterator<Item = &'a str>>(&mut self, queries: T) -> Result<usize> {
        let queries: Vec<&str> = queries.collect();
        // One script saves round trips. The line break ends a comment at the end of a migration.
        self.0.run_script(&queries.join("\n;\n")).map(|()| queries.len())
    }
}

impl<C: Migratable> Query<Vec<Migration>> for Adapter<'_, C> {
    fn query(&mut self, query: &str) -> Result<Vec<Migration>> {
        let migration = |(version, name, applied_on, checksum): AppliedRow| {
            // A checksum that was edited by hand must not panic: an invalid one counts as different from ours.
            let applied_on = OffsetDateTime::parse(&applied_on, &Rfc3339).unwrap_or(OffsetDateTime::UNIX_EPOCH);
            Migration::applied(version, name, applied_on, checksum.parse().unwrap_or_default())
        };
        Ok(self.0.applied(query)?.into_iter().map(migration).collect())
    }
}

impl<C: Migratable> Migrate for Adapter<'_, C> {}
